"""The findings page: everything that an officer needs, and nothing that a browser must fetch."""

import re
import tomllib
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from expectations.case import Case
from expectations.corrections import apply_corrections
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import read_crosswalk
from expectations.judge import judge
from expectations.page import PageItem, findings_page
from expectations.sheet import sheet_of
from tests.expectations.example import example
from tests.expectations.readings import OWNER, budget, case, plan
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Severity


def item(judged: Case, file_name: str = "ไฟล์.xlsx") -> PageItem:
    findings = judge([judged], gate=False)[0].findings
    return PageItem(file_name, judged.reading, findings, judged.organisation, judged.period)


class Tags(HTMLParser):
    """Every opening tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page() -> str:
    return findings_page(
        [
            item(example(), "elaas_2566-03-31.xlsx"),
            item(case(plan({"tick_count": 2}, {"number": "9"})), "แผน.xlsx"),
            item(case(budget({}, {})), "ผ่าน.csv"),
            PageItem("ภาพ.pdf", None, (), error=Words("ไม่มีตัวอักษรให้อ่าน", "no text")),
        ]
    )


def test_the_wrong_cell_is_marked_in_its_row_and_column_with_the_value_that_repairs_it(page: str):
    tables = page.split('<table class="sheet">')[1:]
    [table] = [one for one in tables if "elaas_2566-03-31.xlsx" in one.partition("</caption>")[0]]
    assert '<th scope="col">I</th>' in table and ">เบิกจ่าย</span></th>" in table
    [row] = [row for row in table.split("</table>")[0].split("<tr") if "<del>" in row]
    assert '<th scope="row">6</th>' in row
    assert "<del>68,984.00</del>" in row and "<ins>48,984.00</ins>" in row
    assert "ร้ายแรง" in row  # told in words too, not by colour alone


def test_the_page_counts_and_puts_what_must_be_done_first(page: str):
    assert "ตรวจ 4 ตาราง ผ่าน 1 ตาราง ไม่ผ่าน 3 ตาราง" in page
    assert page.index("elaas_2566-03-31.xlsx") < page.index("ผ่าน.csv")
    assert "เทียบเซลล์นี้กับระบบ e-LAAS" in page and "ไม่มีตัวอักษรให้อ่าน" in page
    assert "ไม่มีสิ่งที่ต้องแก้" in findings_page([item(case(budget({}, {})))])


def test_the_page_fetches_nothing_and_runs_nothing_but_its_language_switch(page: str):
    tags = Tags(page).opened
    assert not {tag for tag, _ in tags} & {"link", "img", "iframe", "object"}
    assert [names for tag, names in tags if tag == "script"] == [{}]
    assert not re.search(r"https?://|url\(|@import", page)
    assert all(
        value is None or value.startswith("#") for _, names in tags for key, value in names.items() if key == "href"
    )
    assert not [key for _, names in tags for key in names if key.startswith("on")]


def test_the_page_can_be_read_aloud_and_walked_through(page: str):
    tags = Tags(page).opened
    identifiers = Counter(names["id"] for _, names in tags if "id" in names)
    assert set(identifiers.values()) == {1}
    links = {str(names["href"])[1:] for tag, names in tags if tag == "a"}
    assert links <= identifiers.keys()
    assert {names["aria-labelledby"] for _, names in tags if "aria-labelledby" in names} <= identifiers.keys()
    assert tags[0] == ("html", {"lang": "th"}) and [tag for tag, _ in tags].count("h1") == 1
    assert all("scope" in names for tag, names in tags if tag == "th")


def test_the_same_run_gives_the_same_bytes_in_whatever_order_it_came():
    items = [item(example(), "ข.xlsx"), item(case(budget(months=5)), "ก.xlsx")]
    assert findings_page(items) == findings_page(items[::-1])


def test_what_a_file_says_is_text_and_never_markup():
    spoilt = case(budget({"project": "<script>alert(1)</script>", "remaining": 1}, organisation='"><img src=x>'))
    page = findings_page([item(spoilt, "<b>ไฟล์</b>.xlsx")])
    assert "<script>alert" not in page and "<img" not in page and "<b>ไฟล์" not in page
    assert "&lt;script&gt;" in page


def test_the_correction_that_the_page_proposes_is_a_correction_once_a_person_has_filled_it_in(
    page: str, tmp_path: Path
):
    draft = re.findall(r"<pre tabindex=\"0\">(.*?)</pre>", page, re.DOTALL)[0].replace("&#34;", '"')
    assert tomllib.loads(draft)["correction"][0]["who"] == ""
    filled = draft.replace('reason = ""', 'reason = "พิมพ์ผิด"').replace('who = ""', 'who = "ผู้อำนวยการ"')
    path = tmp_path / "corrections.toml"
    path.write_text(filled.replace('when = ""', "when = 2023-04-12"), encoding="utf-8")
    corrected = example()
    applied, _ = apply_corrections(corrected.reading, read_corrections(path))
    assert len(applied) == 1 and judge([corrected], gate=False)[0].accepted


def test_a_likely_match_is_proposed_for_the_crosswalk(tmp_path: Path):
    judged = case(plan({"project": 'อบรม "ธรรมาภิบาล"'}), budget=budget({"project": 'โครงการอบรม "ธรรมาภิบาล"'}).columns)
    page = findings_page([item(judged)])
    draft = page.split('<pre tabindex="0">')[1].split("</pre>")[0].replace("&#34;", '"')
    path = tmp_path / "crosswalk.toml"
    path.write_text(draft.replace('who = ""', 'who = "ก"').replace('when = ""', "when = 2023-04-12"), encoding="utf-8")
    [match] = read_crosswalk(path)
    assert (match.organisation, match.project) == (OWNER.code, 'อบรม "ธรรมาภิบาล"')
    assert "<del>" not in page  # a suggestion is no wrong value


def test_a_long_table_shows_the_rows_with_findings_and_those_beside_them():
    long = case(budget(*[{}] * 200))
    long.reading.columns["disbursed"][50] += 9_00
    long.reading.columns["remaining"][199] += 1_00
    sheet = sheet_of(long.reading, item(long).findings)
    assert [row.number for row in sheet.rows] == [6, 55, 56, 57, 204, 205, 206]
    assert [row.skipped for row in sheet.rows] == [0, 48, 0, 0, 146, 0, 0]
    assert sheet.rows[1].cells[1].text == "บริหารทั่วไป" and sheet.rows[2].cells[1].text == ""
    assert (sheet.rows[-1].total, sheet.skipped_below) == (True, 0)


def test_ticks_statuses_and_whole_rows_are_shown_as_they_are_printed():
    reading = plan({"status": "completed"}, {"tick_count": 0, "status": None})
    sheet = sheet_of(reading, item(case(reading)).findings)
    assert tuple(heading.th for heading in sheet.headings[5:8]) == ("รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ")
    assert [cell.text for cell in sheet.rows[0].cells[5:8]] == ["", "", "✓"]
    assert sheet.rows[1].severity is Severity.CRITICAL
