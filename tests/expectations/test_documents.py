"""The pages about rules and corrections say what the program does."""

import re
from pathlib import Path

from expectations.confirmations_file import read_confirmations
from expectations.corrections import apply_corrections
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import read_crosswalk
from expectations.judge import judge
from expectations.rules_document import rules_document
from tests.expectations.example import example

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_rules_is_the_catalogue():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_document()


def test_the_examples_of_decisions_can_be_read_and_the_correction_repairs_the_example(tmp_path: Path):
    correction, confirmation, match = re.findall(
        r"```toml\n(.*?)```", (DOCS / "corrections.md").read_text(encoding="utf-8"), re.DOTALL
    )
    written = tmp_path / "corrections.toml", tmp_path / "confirmations.toml", tmp_path / "crosswalk.toml"
    for path, text in zip(written, (correction, confirmation, match), strict=True):
        path.write_text(text, encoding="utf-8")
    assert len(read_confirmations(written[1])) == len(read_crosswalk(written[2])) == 1
    corrected = example()
    applied, _ = apply_corrections(corrected.reading, read_corrections(written[0]))
    assert len(applied) == 1 and judge([corrected], gate=False)[0].accepted
