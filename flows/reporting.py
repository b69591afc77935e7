"""The report of one organisation and period, made from the warehouse and remembered there."""

import datetime
from dataclasses import replace

from expectations.catalogue import checked_rules
from flows.settings import Settings
from reports.release import Release, make_release
from warehouse.archive import sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.earlier import earlier_totals
from warehouse.store.facts import report_facts
from warehouse.store.releases import ReleaseRecord, keep_release
from warehouse.vocabulary.fiscal import Period


def make_report(
    settings: Settings, warehouse: Warehouse, code: str, period: Period, *, now: datetime.datetime
) -> Release:
    """The release of what is current; the one that is there already, if nothing changed.

    Raises NotReady if a source has no accepted export of this period.
    """
    earlier = earlier_totals(warehouse, code, period)
    facts = replace(report_facts(warehouse, code, period), earlier=earlier, rules=checked_rules())
    template = settings.path(settings.report_template) if settings.report_template else None
    releases = settings.path(settings.releases)
    made = make_release(facts, words_file=settings.words_file(code), releases=releases, template=template)
    manifest = sha256_of(made.files["manifest"].read_bytes())
    version = int(made.folder.name.removeprefix("v"))
    keep_release(warehouse, ReleaseRecord(made.id, code, period, version, str(made.folder), manifest), now=now)
    return made
