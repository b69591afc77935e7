"""What a release says otherwise than the version before."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from reports.sign.difference import Changed, difference
from tests.reports.sign.signing import WARNING, write_release
from warehouse.vocabulary.errors import Damaged


def test_the_first_version_has_nothing_before_it(tmp_path: Path) -> None:
    found = difference(write_release(tmp_path))
    assert (found.previous, found.figures) == (None, ())


def test_figures_findings_and_files_that_differ_are_told(tmp_path: Path) -> None:
    write_release(tmp_path, figure="1.00")
    solved = {**WARNING, "resolved": True}
    new = {**WARNING, "rule": "other", "cell": None}
    found = difference(write_release(tmp_path, 2, figure="3.50", findings=[solved, new]))
    assert (found.release, found.previous) == ("751NH-2566-1-v2", "751NH-2566-1-v1")
    assert found.figures == (Changed("disbursed", "เบิกจ่าย", "1.00", "3.50", Decimal("2.50")),)
    assert (found.new_findings, found.gone_findings) == (("elaas:other",), ("elaas:months_in_title:A2",))
    assert found.new_inputs == ("elaas.xlsx",)


def test_what_changed_besides_figures_is_told(tmp_path: Path) -> None:
    comments = [{"comment": "ทราบแล้ว", "who": "ปลัดเทศบาล", "when": "2023-04-12"}]
    write_release(tmp_path, words={"sha256": "a"}, template=None)
    more = {"words": {"sha256": "b"}, "template": None, "findings": [{**WARNING, "comments": comments}]}
    found = difference(write_release(tmp_path, 2, **more))
    assert [one.en for one in found.others] == [
        "the organisation's words",
        "the comment on finding elaas:months_in_title:A2",
    ]
    assert (found.figures, found.new_findings) == ((), ())


def test_a_figure_that_came_or_went_has_no_difference_in_baht(tmp_path: Path) -> None:
    write_release(tmp_path)
    figure = {"title": "ใหม่", "value": None, "printed": None}
    found = difference(write_release(tmp_path, 2, figures={"new": {**figure, "value": 7, "printed": "7"}}))
    assert {(one.key, one.before, one.after, one.by) for one in found.figures} == {
        ("new", None, "7", None),
        ("disbursed", "3822121.63", None, None),
    }


def test_a_missing_version_before_is_called_damaged(tmp_path: Path) -> None:
    folder = write_release(tmp_path, 2)
    with pytest.raises(Damaged, match="v1"):
        difference(folder)
    assert json.loads((folder / "manifest.json").read_bytes())["previous"] == "751NH-2566-1-v1"
