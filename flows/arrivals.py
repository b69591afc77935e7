"""Fetching: what waits in the inbox and what the portals hand out, one arrival after another."""

import json
import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.fetched import Fetched
from connectors.inbox import Waiting, arrived
from connectors.inbox import read as read_inbox
from flows.settings import Settings
from warehouse.archive import archived_bytes, archived_exports
from warehouse.vocabulary.errors import ProngsaiError
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Organisation


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file, or why it could not be had; `clash` names other organisations that its path tells."""

    origin: str
    fetched: Fetched | ProngsaiError
    clash: tuple[str, ...] = ()


def waiting_files(
    settings: Settings,
    organisations: Collection[Organisation],
    organisation: str | None,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> list[Waiting]:
    """The files of the inbox, of one organisation or of all; one that is still being copied gets a chance to settle."""
    inbox = settings.path(settings.inbox)
    files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    if not all(file.settled for file in files):
        wait(settings.settle_seconds)
        files = arrived(inbox, organisations, now=time.time(), settled_after=settings.settle_seconds)
    return [file for file in files if organisation is None or file.organisation in (None, organisation)]


def inbox_arrivals(settings: Settings, files: Sequence[Waiting]) -> Iterator[Arrival]:
    """The bytes of waiting files, read one at a time."""
    for file, fetched in zip(files, read_inbox(files, settings.limits), strict=True):
        yield Arrival(str(file.path), fetched, file.others)


def archived_arrivals(settings: Settings) -> Iterator[Arrival]:
    """Everything that ever came, in the order in which it came, from the archive."""
    for export in archived_exports(settings.archive):
        content = archived_bytes(settings.archive, export.sha256)
        fetched = Fetched(content, export.file_name, export.origin, export.via, export.organisation)
        yield Arrival(export.origin, fetched)


def portal_arrivals(
    settings: Settings, recipe: Path, organisations: Collection[Organisation], period: Period
) -> Iterator[Arrival]:
    """The files of one portal that are new since the last time; a file counts as taken when the next is asked for.

    A portal that refuses us or does not answer is one arrival that says so: the other files go on.
    """
    from connectors import portal

    path = settings.path(recipe)
    remembered = settings.path(settings.state) / "portals" / f"{path.stem}.json"
    state: portal.State = json.loads(remembered.read_text(encoding="utf-8")) if remembered.is_file() else {}
    try:
        declared = portal.read_recipe(path)
        secrets = portal.secrets_of(declared, os.environ)
        for fetched in portal.fetch(
            declared, organisations, period, state=state, secrets=secrets, limits=settings.limits
        ):
            yield Arrival(fetched.origin if isinstance(fetched, Fetched) else str(path), fetched)
            _keep(remembered, json.dumps(state))
    except ProngsaiError as error:
        yield Arrival(str(path), error)
    _keep(remembered, json.dumps(state))


def _keep(path: Path, text: str) -> None:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
