"""The page in a real browser: axe finds nothing, tables are searched and sorted, labels switch to English.

Needs Chromium; axe-core comes in a wheel.
"""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest

from reports.chapters.report import documents_of
from reports.figures import figures_of
from reports.html import html_of
from reports.origins import origin_notes
from reports.release import Release, make_release
from reports.words import words_of
from tests.reports.facts import BUDGET_LINES, FACTS, TRANSFERRED, VAST
from tests.reports.reading import needs_poppler, pdf_text, without_spaces

AXE = files("axe_playwright_python") / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--virtual-time-budget=20000",
    "--dump-dom",
]
PHONE, DESKTOP = 390, 1280
FRAME = """<iframe src="page.html" width="{width}" height="844"></iframe><script>setInterval(() => {{
    const told = frames[0].document.documentElement.dataset.told;
    if (told !== undefined) document.documentElement.dataset.told = told;
}}, 50)</script>"""
"""No window of Chromium is as narrow as a phone."""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


def told_by(release: Release, folder: Path, script: str, width: int = DESKTOP) -> object:
    """What a script that sets `told` says of the page, shown so wide."""
    page = release.files["html"].read_text("utf-8")
    page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)  # a test's script is not ours
    asked = f"<script>{script};document.documentElement.dataset.told ??= JSON.stringify(told)</script></body>"
    copy = folder / "page.html"
    copy.write_text(page.replace("</body>", asked), "utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width), "utf-8")
    command = [str(CHROMIUM), *FLAGS, profile, f"--window-size={DESKTOP + 100},900", frame.as_uri()]
    made = subprocess.run(command, capture_output=True, check=True, text=True, timeout=100)
    found = re.search(r'data-told="([^"]*)"', made.stdout)
    assert found, made.stderr[-2000:]
    return json.loads(unescape(found[1]))


@pytest.fixture(scope="module")
def transferred(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The example with transfers, and so with every table that a report may have."""
    return make_release(TRANSFERRED, words_file=None, releases=tmp_path_factory.mktemp("transferred"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_no_violation(transferred: Release, tmp_path: Path, width: int) -> None:
    run = (
        "let told = null; document.querySelectorAll('details').forEach(each => { each.open = true; });"
        "document.documentElement.dataset.told = ''; axe.run().then(found => {"
        "document.documentElement.dataset.told = JSON.stringify(found.violations.map(each => each.id)); })"
    )
    assert told_by(transferred, tmp_path, AXE.read_text("utf-8") + ";" + run, width) == []


def test_a_table_is_searched_and_sorted(example: Release, tmp_path: Path) -> None:
    script = """
    const table = document.getElementById("table-budget-lines");
    const rows = () => [...table.tBodies[0].rows].filter(row => !row.hidden);
    const search = table.closest(".scroll").previousElementSibling.querySelector("input"), told = {};
    search.value = "๑๔๕.๕๗"; search.dispatchEvent(new Event("input"));
    told.found = rows().map(row => row.cells[1].textContent);
    search.value = ""; search.dispatchEvent(new Event("input"));
    const head = [...table.querySelectorAll("thead th")].find(cell => cell.textContent.startsWith("เบิกจ่าย"));
    head.querySelector("button").click();
    told.ascending = rows().map(row => row.cells[6]?.textContent).slice(0, 3);
    head.querySelector("button").click();
    told.descending = rows().map(row => row.cells[6]?.textContent)[0];
    told.sort = head.ariaSort;
    head.querySelector("button").click();
    told.restored = rows().map(row => row.className).join(" ")"""
    assert told_by(example, tmp_path, script) == {
        "found": ["ค่าจ้างมาตรฐานสินค้าและบริการ", "8,493,130.00"],  # the line, and the total that stays
        "ascending": ["0.00", "0.00", "3,695.00"],
        "descending": "2,755,400.00",
        "sort": "descending",
        "restored": "group " + "line " * 11 + "subtotal total",
    }


def test_labels_switch_to_english_and_back(example: Release, tmp_path: Path) -> None:
    script = """
    const told = [], say = () => told.push(document.querySelector("#budget-title").textContent.trim());
    document.querySelector(".language").click(); say();
    document.querySelector(".language").click(); say()"""
    assert told_by(example, tmp_path, script) == ["Budget execution, first six months", "ผลการใช้จ่ายงบประมาณ รอบ ๖ เดือน"]


def test_no_part_of_the_page_is_wider_than_a_phone(transferred: Release, tmp_path: Path) -> None:
    script = "const told = [innerWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]"
    assert told_by(transferred, tmp_path, script, PHONE) == [PHONE, 0]


@needs_poppler
def test_printed_the_head_of_a_table_stands_with_its_words_on_every_page_that_it_goes_on_to(tmp_path: Path) -> None:
    facts = replace(FACTS, budget_lines=tuple(replace(BUDGET_LINES[0], source_row=row) for row in range(6, 106)))
    figures = figures_of(facts)
    document = documents_of(facts, figures, words_of(None, ()), 1, ())["budget"]
    page, printed = tmp_path / "page.html", tmp_path / "printed.pdf"
    page.write_text(html_of(document, origin_notes(facts, figures)), "utf-8")
    command = [str(CHROMIUM), *FLAGS[:-1], f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}"]
    subprocess.run([*command, page.as_uri()], capture_output=True, check=True, timeout=100)
    pages = [without_spaces(each) for each in pdf_text(printed.read_bytes()).split("\f")]
    going_on = [each for each in pages if each.count("48,984.00") > 5]
    assert len(going_on) > 2
    assert [each for each in going_on if "งบประมาณอนุมัติ(บาท)" not in each] == []


@pytest.mark.parametrize(("width", "unfolded"), [(PHONE, False), (DESKTOP, True)])
def test_the_contents_are_folded_on_a_phone_alone(example: Release, tmp_path: Path, width: int, unfolded: bool) -> None:
    assert told_by(example, tmp_path, "const told = document.querySelector('nav details').open", width) is unfolded


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_figure_at_a_glance_is_clipped(tmp_path: Path, width: int) -> None:
    vast = make_release(VAST, words_file=None, releases=tmp_path / "releases", digits="thai")
    script = """
    const told = [...document.querySelectorAll(".key-figures > div")].filter(each => {
        const box = each.getBoundingClientRect(), value = each.querySelector("a.figure").getBoundingClientRect();
        return value.left < box.left || value.right > box.right;
    }).length"""
    assert told_by(vast, tmp_path, script, width) == 0
