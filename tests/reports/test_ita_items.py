"""The list of ITA items, and an own file before it."""

import json
from pathlib import Path

import pytest

from reports.ita_items import DOCUMENTS, ita_items, items_of
from reports.release import make_release
from tests.reports.facts import FACTS
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

FIRST_HALF = Period(FiscalYear(2566), Half.FIRST)
OWN = "fiscal_year,half,document,item,confirmed,source\n2566,1,plan,O99,yes,ประกาศของปีนั้น\n"


def test_every_line_names_a_document_an_item_and_its_source() -> None:
    for (_, document), item in ita_items().items():
        assert document in DOCUMENTS
        assert item.item.startswith("O")
        assert item.source


def test_the_numbers_of_2566_are_confirmed_and_those_of_2567_are_not() -> None:
    confirmed = {name: ita_items()[FIRST_HALF, name] for name in DOCUMENTS}
    assert {name: (item.item, item.confirmed) for name, item in confirmed.items()} == {
        "measures": ("O43", True),
        "budget": ("O12", True),
        "plan": ("O37", True),
    }
    assert not any(ita_items()[Period(FiscalYear(2567), Half.FIRST), name].confirmed for name in DOCUMENTS)


def test_an_own_file_goes_first_and_makes_a_version_that_says_so(tmp_path: Path) -> None:
    own = tmp_path / "ita_items.csv"
    own.write_text(OWN, encoding="utf-8-sig")
    assert {name: one.item for name, one in items_of(FIRST_HALF, own).items()} == {
        "measures": "O43",
        "budget": "O12",
        "plan": "O99",
    }
    first = make_release(FACTS, words_file=None, releases=tmp_path / "releases")
    made = make_release(FACTS, words_file=None, releases=tmp_path / "releases", own_items=own)
    assert (first.new, made.new, made.id) == (True, True, "751NH-2566-1-v2")
    assert "O99" in (made.folder / "plan.html").read_text("utf-8")
    documents = json.loads(made.files["manifest"].read_text("utf-8"))["documents"]
    assert documents["plan"]["ita_item"]["item"] == "O99" and documents["budget"]["ita_item"]["item"] == "O12"
    assert not make_release(FACTS, words_file=None, releases=tmp_path / "releases", own_items=own).new


@pytest.mark.parametrize(
    "line", ["2566,3,plan,O9,yes,x", "2566,1,other,O9,yes,x", "2566,1,plan,,yes,x", "2566,1,plan,O9,maybe,x", "2566,1"]
)
def test_a_line_that_is_none_is_a_wrong_setting_with_its_number(line: str, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(f"{OWN}{line}\n", encoding="utf-8")
    with pytest.raises(WrongSettings, match="line 3"):
        items_of(FIRST_HALF, tmp_path / "own.csv")
