"""The status page, as people and screen readers read it."""

import re

from tests.flows.watch.offices import Read, page_of
from tests.warehouse.exports import KHLONG
from warehouse.store.connection import Warehouse


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
    assert not re.search(r"https?://|<link|<img|src=", page.replace("src: url(data:", ""))


def test_the_page_can_be_read_aloud(warehouse: Warehouse):
    tags = Read(page_of(warehouse)).tags
    assert ("html", {"lang": "th"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert {"main", "header", "caption", "title"} <= {tag for tag, _ in tags}
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    cells = [place for place, (tag, _) in enumerate(tags) if tag == "td"]
    assert cells and all(
        tags[place + 1] == ("span", {"class": "label"}) for place in cells
    )  # on a phone it is the head


def test_the_page_of_nobody_is_a_page_too(warehouse: Warehouse):
    assert Read(page_of(warehouse, [])).open == []
