"""The web pages that reports cite as evidence: tried now and then, and who must mend which. It never stops a report."""

import datetime
import time
from collections.abc import Callable, Iterator, Sequence

from connectors.links import dead_links
from expectations.catalogue import catalogue
from expectations.evidence import Citation, DeadCitation, dead_among
from flows.settings import Settings
from flows.watch.wrong import Wrong, joined
from reports.words import evidence_of
from warehouse.store.connection import Warehouse
from warehouse.store.links import dead_links_known, keep_links
from warehouse.vocabulary.errors import Words, WrongSettings

_MOST_NAMED = 10


def citations(settings: Settings) -> Iterator[Citation]:
    """Every link in the words files of all organisations; none of a file that cannot be read: the report tells that."""
    for code in (one.code for one in settings.all_organisations()):
        path = settings.words_file(code)
        try:
            links = evidence_of(path) if path else []
        except WrongSettings:
            continue
        file = (settings.words / f"{code}.toml").as_posix()
        yield from (Citation(code, file, number, link.title, link.address) for number, link in links)


def try_citations(
    settings: Settings,
    warehouse: Warehouse,
    *,
    now: datetime.datetime,
    wait: Callable[[float], None] = time.sleep,
) -> list[DeadCitation]:
    """Try every page that is cited, remember how it stands, and give those that cannot be opened."""
    addresses = {one.address for one in citations(settings)}
    keep_links(warehouse, addresses, dead_links(sorted(addresses), wait=wait), now=now)
    return dead_citations(settings, warehouse)


def dead_citations(settings: Settings, warehouse: Warehouse) -> list[DeadCitation]:
    """What is cited now and could not be opened when it was last tried."""
    dead = dead_links_known(warehouse)
    return dead_among(citations(settings), dead) if dead else []  # no words file is read where none can be named


def dead_evidence(dead: Sequence[DeadCitation]) -> Iterator[Wrong]:
    """One message for all dead links; a new stage of it whenever another one dies."""
    if not dead:
        return
    told = [_told(one) for one in dead[:_MOST_NAMED]]
    if (more := len(dead) - _MOST_NAMED) > 0:
        told.append(Words(f"และอีก {more} ลิงก์ (prongsai status)", f"and {more} more (prongsai status)"))
    fix = catalogue()[dead[0].finding.rule].fix
    to_do = Words(f"ต้องทำ: {fix.th}", f"To do: {fix.en}")
    stage = max(one.link.since for one in dead).isoformat(timespec="seconds")
    organisations = len({one.citation.organisation for one in dead})
    title = Words(
        f"ลิงก์หลักฐานเปิดไม่ได้ {len(dead)} ลิงก์ ของ {organisations} หน่วยงาน",
        f"Evidence links that cannot be opened: {len(dead)}, of {organisations} organisations",
    )
    yield Wrong("evidence", stage, title, joined("\n", [*told, to_do]))


def _told(one: DeadCitation) -> Words:
    code, said = one.citation.organisation, one.finding.message
    return Words(f"{code}: {said.th}", f"{code}: {said.en}")
