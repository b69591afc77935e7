"""The status page, as people and screen readers read it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.flows.watch.offices import Read, page_of
from tests.warehouse.exports import (
    KHLONG,
    RUAM_CHAI,
)
from warehouse.store.connection import Warehouse
from warehouse.vocabulary.records import Organisation


def test_the_page_shows_every_organisation_and_source(warehouse: Warehouse):
    said = Read(page_of(warehouse))
    assert said.open == []
    for words in (
        "สถานะรายงานรอบ 6 เดือน ปีงบประมาณ 2566",
        "20 เมษายน 2566 เวลา 10:30 น.",
        "30 เมษายน 2566",
        "เหลือ 10 วัน",
        KHLONG.name,
        "ฉบับ v1",
        "ลงนามแล้ว รอเผยแพร่",
        "1 เมษายน 2566 (19 วันก่อน)",
        "ข้อสังเกต: เตือน 2",
        "ข้อสังเกต: ร้ายแรง 1",
        "ยังไม่มีไฟล์ e-PlanNACC",
        "<b>&.xlsx",
    ):
        assert words in said.text


def test_the_page_is_the_same_for_the_same_moment_and_needs_nothing_else(warehouse: Warehouse):
    page = page_of(warehouse)
    assert page == page_of(warehouse)
    assert not re.search(r"https?://|<script|<link|<img|src=", page.replace("src: url(data:", ""))


def test_the_page_can_be_read_aloud(warehouse: Warehouse):
    tags = Read(page_of(warehouse)).tags
    assert ("html", {"lang": "th"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert {"main", "header", "caption", "title"} <= {tag for tag, _ in tags}
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert all(attributes["data-label"] for tag, attributes in tags if tag == "td")


def test_the_page_of_nobody_is_a_page_too(warehouse: Warehouse):
    assert Read(page_of(warehouse, [])).open == []


@pytest.mark.parametrize("width", [1200, 390])
def test_the_page_fits_wide_and_narrow_screens(warehouse: Warehouse, tmp_path: Path, width: int):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium at hand")
    wide = Organisation(KHLONG.code, "เทศบาล" + "ชื่อยาว" * 20, "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
    page = tmp_path / "status.html"
    measured = "<script>document.title = [innerWidth, document.documentElement.scrollWidth].join(' ')</script></body>"
    page.write_text(page_of(warehouse, [wide, RUAM_CHAI]).replace("</body>", measured), encoding="utf-8")
    frame = f'<iframe src="status.html" width="{width}" height="900"></iframe>'
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    command = [chromium, "--headless", "--no-sandbox", *quiet, "--disable-component-update", "--disable-sync"]
    (tmp_path / "frame.html").write_text(
        f"<title></title>{frame}<script>onload = () => document.title = frames[0].document.title</script>", "utf-8"
    )
    shown = subprocess.run(
        [*command, "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom",
         f"file://{tmp_path / 'frame.html'}"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    inside, scrolled = re.search(r"<title>(\d+) (\d+)</title>", shown).groups()
    assert int(scrolled) <= int(inside) <= width
