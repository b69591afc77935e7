"""Rows for the web pages that an organisation's own words cite."""

from expectations.evidence import Citation
from tests.expectations.readings import FETCHED_AT, OWNER, budget, case
from tests.expectations.rows import Row
from warehouse.store.links import DeadLink
from warehouse.vocabulary.errors import Words

CITED = Citation(OWNER.code, "words/751E0.toml", 2, "คู่มือ", "https://example.go.th/guide")
DEAD = DeadLink(CITED.address, FETCHED_AT, Words("ไม่พบหน้านี้", "there is no such page"))
OTHER = DeadLink(f"{CITED.address}/", FETCHED_AT, DEAD.said)

# Nothing is found of a page that was never tried, nor of another address, be it by a stroke.
ROWS = {
    "evidence.link_dead": {
        "passing": Row(case(budget()), False, cited=(CITED,)),
        "failing": Row(case(budget()), True, cited=(CITED,), dead=(DEAD,)),
        "null": Row(case(budget()), False, dead=(DEAD,)),
        "boundary": Row(case(budget()), False, cited=(CITED,), dead=(OTHER,)),
    }
}
