"""A release against the version before, the cut-off before and the same half of the year before; and as a page."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from reports.comparison import comparison, earlier_periods
from reports.comparison_page import comparison_page
from reports.earlier import COMPARING, earlier_figures
from reports.figures import figures_of
from tests.reports.facts import FACTS
from tests.reports.reading import Page
from tests.reports.sign.signing import WARNING, write_release
from warehouse.vocabulary.errors import Damaged
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period


def write_earlier(releases: Path, year: int, half: int, version: int = 1, **more: object) -> Path:
    """A release of another period on the same organisation's shelf."""
    release = f"751NH-{year}-{half}-v{version}"
    period = {"fiscal_year": year, "half": half}
    folder = write_release(releases / "elsewhere" / release, 1, release=release, period=period, previous=None, **more)
    place = releases / "751NH" / f"{year}-{half}" / f"v{version}"
    place.parent.mkdir(parents=True, exist_ok=True)
    return folder.rename(place)


def told(folder: Path) -> Page:
    """The page of a release."""
    return Page(comparison_page(folder, comparison(folder)))


@pytest.mark.parametrize(("half", "last", "same"), [(Half.FIRST, "2565-2", "2565-1"), (Half.FULL, "2566-1", "2565-2")])
def test_each_period_has_the_cut_off_before_it_and_the_same_half_before(half: Half, last: str, same: str) -> None:
    assert tuple(map(str, earlier_periods(Period(FiscalYear(2566), half)))) == (last, same)


def test_it_is_compared_with_the_newest_version_of_each_earlier_period(tmp_path: Path) -> None:
    write_earlier(tmp_path, 2565, 2, 1, figure="1.00")
    write_earlier(tmp_path, 2565, 2, 2, figure="8.00")
    found = comparison(write_release(tmp_path, figure="3.50"))
    assert found.version.previous is None
    assert found.cut_off and found.cut_off.previous == "751NH-2565-2-v2"
    assert [(one.before, one.after, one.by) for one in found.cut_off.figures] == [("8.00", "3.50", Decimal("-4.50"))]
    assert found.last_year is None


def test_the_figures_that_compare_are_not_compared_again(tmp_path: Path) -> None:
    assert [figure.key for figure in earlier_figures(FACTS, figures_of(FACTS))] == list(COMPARING)
    figures = {key: {"title": "ก", "value": "1", "printed": "1"} for key in ("disbursed", *COMPARING)}
    write_earlier(tmp_path, 2565, 1, figures={key: {**one, "value": "2"} for key, one in figures.items()})
    found = comparison(write_release(tmp_path, figures=figures))
    assert found.last_year and [one.key for one in found.last_year.figures] == ["disbursed"]


def test_the_page_tells_each_figure_with_what_it_was_and_the_difference(tmp_path: Path) -> None:
    write_earlier(tmp_path, 2565, 2, figure="8.00")
    write_release(tmp_path, figure="1.00")
    new = {**WARNING, "rule": "other", "cell": "I6", "message": {"th": "ยอด <b>ไม่ลงตัว</b>", "en": ""}}
    page = told(write_release(tmp_path, 2, figure="3.50", findings=[{**WARNING, "resolved": True}, new]))
    assert "751NH-2566-1-v1: ตัวเลขต่างกัน 1 รายการ" in page.text
    assert "วันตัดยอดก่อน (30 กันยายน 2565)" in page.text
    assert "ไม่มีฉบับของรอบ 2565-1 ให้เทียบ" in page.text
    cells = page.text.split("วันตัดยอดก่อน (30 กันยายน 2565)")[-1]
    assert cells.index("3.50") < cells.index("1.00 +2.50") < cells.index("8.00 −4.50")
    assert "เตือน เซลล์ I6 ยอด <b>ไม่ลงตัว</b>" in page.text
    assert "หัวตารางระบุ ๕ เดือน" in page.text.split("ข้อสังเกตที่หมดไป")[1]
    assert "elaas.xlsx" in page.text
    assert "เริ่มนับใหม่ทุกต้นปีงบประมาณ" in page.text


def test_a_first_version_without_earlier_periods_says_so(tmp_path: Path) -> None:
    page = told(write_release(tmp_path))
    assert "ฉบับนี้เป็นฉบับแรกของรอบ" in page.text
    assert page.text.count("ให้เทียบ") >= 2


def test_the_page_needs_nothing_else_and_is_the_same_every_time(tmp_path: Path) -> None:
    write_release(tmp_path, figure="1.00")
    folder = write_release(tmp_path, 2)
    page = told(folder)
    assert not [tag for tag, _ in page.elements if tag in ("link", "img", "iframe")]
    assert [tag for tag, _ in page.elements].count("h1") == 1
    names = [attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes]
    assert len(names) == len(set(names))
    assert comparison_page(folder, comparison(folder)) == comparison_page(folder, comparison(folder))


def test_an_earlier_release_that_was_changed_is_called_damaged(tmp_path: Path) -> None:
    write_release(tmp_path, figure="1.00")
    folder = write_release(tmp_path, 2)
    (folder / "report.html").write_text("เปลี่ยน", "utf-8")
    with pytest.raises(Damaged, match=r"report\.html"):
        comparison(folder)
    assert json.loads((folder / "manifest.json").read_bytes())["previous"] == "751NH-2566-1-v1"
