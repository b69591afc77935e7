"""What one sync works with, and what the verdicts of that sync depend on."""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from connectors.declaration import layouts_text
from expectations.catalogue import catalogue_text, rules_version
from expectations.confirmations_file import Confirmation
from expectations.crosswalk_file import Match
from flows.ownership import Owners
from flows.settings import Settings
from warehouse.store.connection import Warehouse, open_warehouse
from warehouse.vocabulary.records import RULES_VERSION, Correction, JudgedExport, Organisation

READING_VERSION = 2
"""Raised when the code would read or judge the same bytes otherwise: then every export is judged anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sync is restricted to; None for all."""

    source: str | None = None
    organisation: str | None = None

    @property
    def everything(self) -> bool:
        """Whether a sync of it looks at everything: what the watchdog waits for."""
        return self.source is None and self.organisation is None

    def includes(self, table: JudgedExport) -> bool:
        """Whether this table is asked for."""
        source = table.reading.source if table.reading else None
        organisation = table.organisation.code if table.organisation else None
        return self.source in (None, source) and self.organisation in (None, organisation)


@dataclass(frozen=True)
class Job:
    """All that one sync works with, built once."""

    settings: Settings
    warehouse: Warehouse
    organisations: Sequence[Organisation]
    corrections: Sequence[Correction]
    confirmations: Sequence[Confirmation]
    matches: Sequence[Match] | None  # None: no crosswalk file
    wanted: Wanted
    now: datetime.datetime
    one_core: bool = False  # True where other processes work on the other lots
    fingerprints: dict[tuple[str | None, tuple[str, ...]], str] = field(default_factory=dict)

    def fingerprint(self, hint: str | None, others: tuple[str, ...] = ()) -> str:
        """What a verdict depends on beside the bytes, as the version of the rules and a hash of all of it.

        Its place told `hint`, and other codes.
        """
        if (hint, others) not in self.fingerprints:
            said = [*map(asdict, self._said_of[hint]), self.matches is None]
            depends = _hash_of([self._said_of_all, hint, others, said])
            self.fingerprints[hint, others] = rules_version() + depends[RULES_VERSION:]
        return self.fingerprints[hint, others]

    @cached_property
    def _said_of_all(self) -> str:
        return _hash_of([READING_VERSION, catalogue_text(), layouts_text()])

    @cached_property
    def asked_of(self) -> Sequence[Organisation]:
        """The organisations that are asked for."""
        return [one for one in self.organisations if self.wanted.organisation in (None, one.code)]

    @cached_property
    def owners(self) -> Owners:
        """Whose an export may be."""
        return Owners(self.organisations)

    @cached_property
    def _said_of(self) -> Mapping[str | None, list[Organisation | Correction | Confirmation | Match]]:
        """What the settings say of each organisation, by its code; for None of all."""
        said: dict[str | None, list[Organisation | Correction | Confirmation | Match]] = defaultdict(list)
        for owner in self.organisations:
            said[owner.code].append(owner)
            said[None].append(owner)
        decisions: tuple[Correction | Confirmation | Match, ...]
        decisions = (*self.corrections, *self.confirmations, *(self.matches or ()))
        for decision in decisions:
            said[decision.organisation].append(decision)
            said[None].append(decision)
        return said


def _hash_of(depends: object) -> str:
    return hashlib.sha256(json.dumps(depends, ensure_ascii=False, default=str).encode()).hexdigest()


def new_job(
    settings: Settings,
    wanted: Wanted,
    *,
    now: datetime.datetime,
    warehouse: Warehouse | None = None,
    one_core: bool = False,
) -> Job:
    """A job by the settings, on their warehouse if no other is given; `now` (UTC) is when its exports come."""
    return Job(
        settings,
        warehouse or open_warehouse(settings.warehouse_url),
        settings.all_organisations(),
        settings.all_corrections(),
        settings.all_confirmations(),
        settings.all_matches(),
        wanted,
        now,
        one_core,
    )
