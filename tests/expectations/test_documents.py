"""The pages about rules and corrections say what the program does."""

import re
from pathlib import Path

from expectations.comments_file import read_comments
from expectations.confirmations_file import read_confirmations
from expectations.corrections import apply_corrections
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import read_crosswalk
from expectations.judge import judge
from expectations.rules_document import rules_document
from tests.expectations.example import example

READERS = read_confirmations, read_comments, read_crosswalk
DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_rules_is_the_catalogue():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_document()


def test_the_examples_of_decisions_can_be_read_and_the_correction_repairs_the_example(tmp_path: Path):
    correction, confirmation, comment, match = re.findall(
        r"```toml\n(.*?)```", (DOCS / "corrections.md").read_text(encoding="utf-8"), re.DOTALL
    )
    written = [tmp_path / f"{number}.toml" for number in range(4)]
    for path, text in zip(written, (correction, confirmation, comment, match), strict=True):
        path.write_text(text, encoding="utf-8")
    assert [len(read(path)) for read, path in zip(READERS, written[1:], strict=True)] == [1, 1, 1]
    corrected = example()
    applied, _ = apply_corrections(corrected.reading, read_corrections(written[0]))
    assert len(applied) == 1 and judge([corrected], gate=False)[0].accepted
