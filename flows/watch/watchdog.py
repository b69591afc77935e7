"""The watchdog, independent of Prefect: gathers all that is wrong, and still speaks when the warehouse does not."""

import datetime
import math
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flows.arrivals import last_well
from flows.release_state import release_states
from flows.server import password
from flows.settings import Settings
from flows.watch.alerts import Target, resolved, send, targets_of
from flows.watch.citations import dead_citations, dead_evidence
from flows.watch.machine import late_portals, late_sync, low_disks, silent_server
from flows.watch.reports import late_reports, not_made, period_of_cause, stopped_files, untried_reports
from flows.watch.wrong import Wrong
from warehouse.archive import sha256_of
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import open_causes
from warehouse.store.releases import failed_reports
from warehouse.vocabulary.errors import Words, WrongSettings
from warehouse.vocabulary.fiscal import Period, thai_day

_MARKER = "told-without-warehouse"
_PORTAL_EVERY = datetime.timedelta(days=1)  # as flows/deployments.py has them asked
_DOWN = Words("ตรวจสถานะไม่ได้", "The watch cannot look")


def wrong_now(
    settings: Settings, warehouse: Warehouse, period: Period, *, now: datetime.datetime, watchdog: bool
) -> list[Wrong]:
    """What is wrong with reports and files; the watchdog looks at the machine too, and at all that it told before."""
    organisations, inbox = settings.all_organisations(), settings.path(settings.inbox)
    told = {period_of_cause(cause) for cause in open_causes(warehouse)} if watchdog else set[Period | None]()
    periods = {period, *(one for one in told if one)}
    states, calendar = release_states(settings.path(settings.releases)), settings.calendar()
    wrong = [*late_reports(warehouse, organisations, periods, states, calendar, inbox, today=thai_day(now))]
    wrong += stopped_files(warehouse, organisations, periods)
    within = datetime.timedelta(hours=settings.sync_within_hours)
    untried = untried_reports(warehouse, organisations, periods, since=now - within) if watchdog else []
    wrong += not_made(failed_reports(warehouse), untried, organisations)
    wrong += dead_evidence(dead_citations(settings, warehouse))
    if watchdog:
        wrong += late_sync(warehouse, now=now, within=within)
        visits = {recipe: last_well(settings, recipe) for recipe in settings.portals}
        wrong += late_portals(visits, now=now, within=_PORTAL_EVERY + within)
        folders = (settings.path(settings.state), settings.path(settings.releases))
        wrong += low_disks(folders, room=settings.disk_room)
        if url := os.environ.get("PREFECT_API_URL"):
            wrong += silent_server(url, now=now, auth=password())
    return wrong


def unseen_causes(wrong: Sequence[Wrong]) -> set[str]:
    """What could not be looked at: what a Prefect server would have told that is silent, or that nobody named."""
    if not os.environ.get("PREFECT_API_URL"):
        return {"server", "stuck", "planned"}
    return {"stuck", "planned"} if "server" in {one.cause for one in wrong} else set()


def alert_targets(settings: Settings) -> list[Target]:
    """The targets of the settings; raises WrongSettings if there are none."""
    written = [one.get_secret_value() for one in settings.alerts]
    if not written:
        raise WrongSettings(
            "ยังไม่ได้ตั้งค่า alerts ใน prongsai.toml จึงไม่รู้ว่าจะแจ้งใคร",
            "prongsai.toml has no alerts: there is nobody to tell",
        )
    return targets_of(written, os.environ, settings.folder)


def escalation_targets(settings: Settings, told: Sequence[Target]) -> list[Target]:
    """Who is told too of what is overdue and of a watch that cannot look, if anybody; not those told of everything."""
    known = {one.name for one in told}
    written = [one.get_secret_value() for one in settings.escalate]
    above = targets_of(written, os.environ, settings.folder, "escalate")
    return [one for one in above if one.name not in known]


def tell_without_outbox(settings: Settings, targets: Sequence[Target], words: Words, *, now: datetime.datetime) -> None:
    """Tell each target that nothing can be looked at, and why; not again before it is time to repeat."""
    repeat = settings.alert_repeat_hours * 3600
    message = Wrong("warehouse", "down", _DOWN, words).message
    markers = {target: _marker(settings, target) for target in targets}
    due = [one for one, marker in markers.items() if not 0 <= now.timestamp() - _told_at(marker) < repeat]
    told = [one for one in due if send(one, message) is None]
    with suppress(OSError):  # the state folder is not there either: better told too often than not
        for one in told:
            markers[one].parent.mkdir(parents=True, exist_ok=True)
            markers[one].touch()  # empty: there is room for it on a full disk too
            os.utime(markers[one], (now.timestamp(), now.timestamp()))


def tell_that_warehouse_is_back(settings: Settings, targets: Sequence[Target]) -> None:
    """Tell each target that `tell_without_outbox` told that this is over; one that is down hears it the next time."""
    over = resolved(Wrong("warehouse", "down", _DOWN, Words("", "")).message)
    markers = {_marker(settings, target): target for target in targets}
    for marker in settings.path(settings.state).glob(f"{_MARKER}*"):
        if marker not in markers or send(markers[marker], over) is None:  # nobody waits for what a former target heard
            marker.unlink()


def _marker(settings: Settings, target: Target) -> Path:
    """The file that is as old as what this target was told last, until it heard that it is over."""
    return settings.path(settings.state) / f"{_MARKER}.{sha256_of(target.name.encode())[:8]}"


def _told_at(marker: Path) -> float:
    try:
        return marker.stat().st_mtime
    except OSError:
        return -math.inf
