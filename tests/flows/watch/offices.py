"""Two offices as the watch finds them, the moment at which it looks, and their page."""

import datetime
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from expectations.evidence import DeadCitation
from flows.cli import main
from flows.release_state import ReleaseState
from flows.watch.deadlines import Calendar
from flows.watch.reports import stopped_files
from flows.watch.status_page import status_page
from tests.warehouse.exports import FIRST_HALF, KHLONG, RUAM_CHAI
from warehouse.store.connection import Warehouse
from warehouse.store.status import report_status
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import Organisation

INBOX = Path("inbox")
BOTH = [KHLONG, RUAM_CHAI]
NOW = datetime.datetime(2023, 4, 20, 3, 30, tzinfo=datetime.UTC)
BROKEN = Words("แม่แบบ <b> ผิด", "the template is wrong")


def page_of(
    warehouse: Warehouse,
    organisations: list[Organisation] = BOTH,
    now: datetime.datetime = NOW,
    dead: Sequence[DeadCitation] = (),
) -> str:
    reports = report_status(warehouse, organisations, FIRST_HALF)
    wrong = [*stopped_files(warehouse, organisations, [FIRST_HALF])]
    states = {"751E0-2566-1-v1": ReleaseState.APPROVED}
    return status_page(reports, wrong, states, FIRST_HALF, Calendar().deadline_of(FIRST_HALF), INBOX, dead, now=now)


def status(place: Path, *flags: str) -> int:
    """What `prongsai status` gives by the settings of a place."""
    return main(["status", "--config", str(place / "prongsai.toml"), *flags])


class Read(HTMLParser):
    """What a page is made of: tags in order with their attributes, ids and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {*self.open}:
            self.text += data
