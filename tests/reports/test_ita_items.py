"""The list of ITA items."""

from reports.chapters.report import DOCUMENTS
from reports.ita_items import ita_items
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


def test_every_line_names_a_document_an_item_and_its_source() -> None:
    for (_, document), item in ita_items().items():
        assert document in DOCUMENTS
        assert item.item.startswith("O")
        assert item.source


def test_the_numbers_of_2566_are_confirmed_and_those_of_2567_are_not() -> None:
    confirmed = {name: ita_items()[Period(FiscalYear(2566), Half.FIRST), name] for name in DOCUMENTS}
    assert {name: (item.item, item.confirmed) for name, item in confirmed.items()} == {
        "measures": ("O43", True),
        "budget": ("O12", True),
        "plan": ("O37", True),
    }
    assert not any(ita_items()[Period(FiscalYear(2567), Half.FIRST), name].confirmed for name in DOCUMENTS)
