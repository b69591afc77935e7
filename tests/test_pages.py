"""Our pages in a real browser: Thai first, all of our words in English at one click, fit for a phone and for axe.

The report's own page is walked in tests/reports/test_page_in_a_browser.py.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from expectations.evidence import Citation, DeadCitation
from expectations.page import PageItem, findings_page
from flows.pages.start_page import start_page
from reports.comparison import comparison
from reports.comparison_page import comparison_page
from reports.sign.pages import pages_of
from tests.browser import Page, browser
from tests.expectations.example import example
from tests.expectations.readings import budget, case, plan
from tests.expectations.test_page import item
from tests.flows.watch.conftest import warehouse
from tests.flows.watch.offices import BROKEN, NOW, page_of
from tests.reports.sign.signing import WARNING, write_release
from tests.reports.test_comparison import write_earlier
from tests.warehouse.exports import FIRST_HALF, KHLONG, RUAM_CHAI
from warehouse.store.connection import Warehouse
from warehouse.store.links import DeadLink
from warehouse.store.releases import keep_failure
from warehouse.vocabulary.errors import Words

__all__ = ["warehouse"]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
FOUND = "axe.run().then(found => { told = JSON.stringify(found.violations.map(each => each.id)) }); null"
PHONE, DESKTOP = 390, 1280
# What files and people say stays as they said it: names, the sheet as it was read, what is to be pasted.
THAI_LEFT = """(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), left = [];
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent, within = walker.currentNode.parentElement;
        if (/[ก-๙]/.test(text) && !within.closest("script, style, pre, .language, .sheet td")) left.push(text.trim());
    }
    return [...new Set(left)].sort().join("|");
})()"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def shown() -> Iterator[Page]:
    with browser() as page:
        yield page


def dead_link(code: str) -> DeadCitation:
    cited = Citation(code, f"words/{code}.toml", 2, "คู่มือประชาชน", "https://example.go.th/guide")
    return DeadCitation(cited, DeadLink(cited.address, NOW, Words("ไม่พบหน้านี้ (404)", "not found (404)")))


def status(warehouse: Warehouse, folder: Path) -> tuple[str, set[str]]:
    long = replace(KHLONG, name="เทศบาล" + "ชื่อยาว" * 20)
    keep_failure(warehouse, RUAM_CHAI.code, FIRST_HALF, BROKEN, now=NOW)
    names = {long.name, RUAM_CHAI.name}
    places = {f"{one.code} · {one.district} · {one.province}" for one in (KHLONG, RUAM_CHAI)}
    return page_of(warehouse, [long, RUAM_CHAI], dead=[dead_link(RUAM_CHAI.code)]), names | places


def findings(warehouse: Warehouse, folder: Path) -> tuple[str, set[str]]:
    read = [item(example(), "elaas_2566-03-31.xlsx"), item(case(plan({"tick_count": 2}, {"number": "9"})), "plan.xlsx")]
    unread = PageItem("scan.pdf", None, (), error=Words("ไม่มีตัวอักษรให้อ่าน", "no text"))
    words = PageItem("words/00123.toml", None, (dead_link(RUAM_CHAI.code).finding,), RUAM_CHAI)
    page = findings_page([*read, item(case(budget({}, {})), "passed.csv"), unread, words])
    return page, {"รายงาน", "คู่มือประชาชน", RUAM_CHAI.name} | {one.organisation.name for one in read if one.organisation}


def what_changed(warehouse: Warehouse, folder: Path) -> tuple[str, set[str]]:
    write_earlier(folder, 2565, 2, figure="8.00")
    write_release(folder, figure="1.00")
    newest = write_release(folder, 2, figure="3.50", findings=[{**WARNING, "rule": "other"}])
    return comparison_page(newest, comparison(newest)), {"เทศบาลตำบลคลองแสนแสบ"}


def published(path: str) -> tuple[str, set[str]]:
    names = ["report.html", "report.pdf", "budget.pdf", "report.xlsx", "plan.csv", "manifest.json"]
    record = {
        "code": "751NH", "organisation": "เทศบาลตำบลคลองแสนแสบ", "period": "2566-1", "version": 1, "files": names,
        "published_at": "2023-04-20T02:00:00+00:00", "changes": None, "reason": "", "signers": ["ผู้อนุมัติ: ปลัดเทศบาล"],
        "approvals": "v1.approvals.jsonl",
    }  # fmt: skip
    change = {"title": "ร้อยละการเบิกจ่าย", "before": None, "after": "45.00"}
    corrected = record | {"version": 2, "changes": [change], "reason": "แก้ยอดเบิกจ่าย"}
    return pages_of([record, corrected], "751NH")[path].decode(), {"เทศบาลตำบลคลองแสนแสบ", "ปลัดเทศบาล", "แก้ยอดเบิกจ่าย"}


def start(warehouse: Warehouse, folder: Path) -> tuple[str, set[str]]:
    pages = folder / "findings"
    pages.mkdir(parents=True)
    (pages / "20230420T033000Z.html").touch()
    for code in (KHLONG.code, "99999"):
        (folder / code / "2566-1/v3").mkdir(parents=True)
    return start_page(pages, folder, {KHLONG.code: KHLONG.name}), {KHLONG.name}


PAGES = {
    "start": start,
    "status": status,
    "findings": findings,
    "comparison": what_changed,
    "all": lambda *_: published("index.html"),
    "one": lambda *_: published("751NH/index.html"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_thai_and_at_one_click_english_for_everyone_on_every_screen(
    name: str, shown: Page, warehouse: Warehouse, tmp_path: Path
):
    content, names = PAGES[name](warehouse, tmp_path / "releases")
    page = tmp_path / f"{name}.html"
    page.write_text(content, "utf-8")
    shown.go(page.as_uri())
    shown.until("document.querySelector('.language') !== null")
    title = shown.said("document.title")
    for language in ("th", "en"):
        if language == "en":
            thai = shown.said("document.body.innerText")
            shown.click("English")
        for width in (PHONE, DESKTOP):
            shown.size(width, 900)
            assert shown.said("document.documentElement.scrollWidth") <= width, (language, width)
            shown.said(f"globalThis.told = ''; if (!globalThis.axe) {{ {AXE} }} {FOUND}")
            shown.until("told !== ''")
            assert (shown.said("told"), language, width) == ("[]", language, width)
    left = re.sub("|".join(names), "", shown.said(THAI_LEFT))
    assert [one for one in left.split("|") if re.search("[ก-๙]", one)] == []
    assert title != shown.said("document.title") or name == "one"
    assert shown.said("document.querySelectorAll('[data-en]:not([lang=en])').length") == 0
    shown.click("ภาษาไทย")
    assert (shown.said("document.body.innerText"), shown.said("document.title")) == (thai, title)
