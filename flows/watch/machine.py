"""What is wrong with the machine just now: no sync or portal for too long, a full disk, a silent or stuck server."""

import base64
import datetime
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.server import password_wanted
from flows.watch.wrong import Wrong, joined
from warehouse.store.connection import Warehouse
from warehouse.store.watch import last_ended
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import moment_words

_STUCK_AFTER = datetime.timedelta(hours=6)
_NEXT_WITHIN = datetime.timedelta(days=1)
_PATIENCE = 10  # seconds
_RESTART = Words(
    "เปิดใหม่ (systemctl restart prongsai หรือ docker compose restart)",
    "start it again (systemctl restart prongsai, or docker compose restart)",
)
_NEVER = Words("ยังไม่เคยสำเร็จ", "It has never ended well")


def late_sync(warehouse: Warehouse, *, now: datetime.datetime, within: datetime.timedelta) -> Iterator[Wrong]:
    """That no sync has ended well for too long, whatever it found."""
    ended = last_ended(warehouse, "sync")
    if ended is None or now - ended > within:
        hours, at = int(within.total_seconds() // 3600), moment_words(ended) if ended else None
        last = Words(f"ครั้งสุดท้าย {at.th}", f"The last one: {at.en}") if at else _NEVER
        title = Words(f"ไม่มีการนำเข้าข้อมูลที่สำเร็จใน {hours} ชั่วโมง", f"No sync has ended well for {hours} hours")
        to_do = Words(
            "ตรวจว่า serve ทำงานอยู่ (systemctl status prongsai หรือ docker compose ps) หรือสั่ง prongsai sync แล้วอ่านผล",
            "see that serve runs (systemctl status prongsai, or docker compose ps), or run prongsai sync",
        )
        yield Wrong("sync", "late", title, _body(last, to_do), overdue=True)


def late_portals(
    last_well: Mapping[Path, datetime.datetime | None], *, now: datetime.datetime, within: datetime.timedelta
) -> Iterator[Wrong]:
    """One message for each portal, by its recipe, that was not asked, or gave only trouble, for too long."""
    for recipe, well in last_well.items():
        if well is None or now - well > within:
            hours, at = int(within.total_seconds() // 3600), moment_words(well) if well else None
            last = Words(f"ครั้งสุดท้ายที่ไม่มีปัญหา {at.th}", f"Last without trouble: {at.en}") if at else _NEVER
            title = Words(
                f"พอร์ทัล {recipe} ไม่ให้ไฟล์ครบมาเกิน {hours} ชั่วโมง",
                f"Portal {recipe} has not given all its files for over {hours} hours",
            )
            to_do = Words(
                "อ่านสาเหตุในสรุปของงาน sync รายวันในหน้า Prefect หรือสั่ง prongsai sync แล้วอ่านผล",
                "read the cause in the summary of the daily sync in Prefect, or run prongsai sync",
            )
            yield Wrong(f"portal {recipe}", "late", title, _body(last, to_do), overdue=True)


def low_disks(folders: Iterable[Path], *, room: int) -> Iterator[Wrong]:
    """One message for each disk of these folders with less than `room` bytes left."""
    seen = set[int]()
    for folder in folders:
        place = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
        free = shutil.disk_usage(place).free
        if free < room and place.stat().st_dev not in seen:
            seen.add(place.stat().st_dev)
            left, least = f"{free // 1_000_000:,} MB", f"{room // 1_000_000:,} MB"
            title = Words(f"พื้นที่ดิสก์ใกล้เต็ม: {place}", f"Disk nearly full: {place}")
            said = Words(f"เหลือ {left} ควรมีอย่างน้อย {least}", f"{left} left; there should be {least} or more")
            to_do = Words(
                "ลบหรือย้ายไฟล์ที่ไม่ใช้ออกจากดิสก์นี้ (อย่าลบโฟลเดอร์ .prongsai)",
                "remove files that nobody needs from this disk (never the folder .prongsai)",
            )
            yield Wrong(f"disk {place}", "low", title, _body(said, to_do), overdue=True)


def silent_server(url: str, *, now: datetime.datetime, auth: str | None) -> Iterator[Wrong]:
    """That the Prefect server at the API's address does not answer, has runs stuck, or has no next run planned."""
    try:
        stuck = _under_way_since(url, auth, now - _STUCK_AFTER)
        planned = {
            "state": {"type": {"any_": ["SCHEDULED"]}},
            # Late ones are scheduled too, but no sign that the scheduler still plans.
            "next_scheduled_start_time": {"after_": _text(now), "before_": _text(now + _NEXT_WITHIN)},
        }
        coming = int(_asked(url, auth, "count", planned))
    except (OSError, ValueError) as cause:  # urllib's errors are OSErrors; an answer that is no JSON is a ValueError
        yield _silent(url, cause)
        return
    if stuck:
        hours = int(_STUCK_AFTER.total_seconds() // 3600)
        title = Words(f"มีงานค้าง {stuck} งาน นานกว่า {hours} ชั่วโมง", f"Runs stuck for over {hours} hours: {stuck}")
        to_do = Words(
            f"เปิดหน้า Prefect ดูงานที่ค้าง แล้ว {_RESTART.th} (งานที่ค้างจะถูกปิดและเริ่มใหม่)",
            f"see the stuck runs in Prefect, then {_RESTART.en}; they are ended and begun anew",
        )
        yield Wrong("stuck", "stuck", title, _body(None, to_do), overdue=True)
    if not coming:
        title = Words("ไม่มีงานรอบถัดไปใน 1 วันข้างหน้า", "No run is planned for the next day")
        to_do = Words(
            f"{_RESTART.th} แล้วตรวจหน้า Deployments ว่าไม่ได้ถูกหยุดไว้ (Paused)",
            f"{_RESTART.en}, then see in Prefect that no deployment is paused",
        )
        yield Wrong("planned", "none", title, _body(None, to_do), overdue=True)


def _body(said: Words | None, to_do: Words) -> Words:
    what_to_do = Words(f"ต้องทำ: {to_do.th}", f"To do: {to_do.en}")
    return joined("\n", [said, what_to_do] if said else [what_to_do])


def _silent(url: str, cause: Exception) -> Wrong:
    """That it does not answer, or asks for a password: then to start it anew would not help."""
    title = Words("เซิร์ฟเวอร์ Prefect ไม่ตอบ", "The Prefect server does not answer")
    to_do = Words(
        f"{_RESTART.th} แล้วดู journalctl -u prongsai หรือ docker compose logs",
        f"{_RESTART.en}, then see journalctl -u prongsai or docker compose logs",
    )
    if isinstance(cause, urllib.error.HTTPError) and (advice := password_wanted(cause.code)):
        title = Words("เซิร์ฟเวอร์ Prefect ไม่รับรหัสผ่านของคำสั่งนี้", "The Prefect server does not take this command's password")
        to_do = advice
    said = f"{url}: {cause}"
    return Wrong("server", "silent", title, _body(Words(said, said), to_do), overdue=True)


def _under_way_since(url: str, auth: str | None, moment: datetime.datetime) -> int:
    """How many runs are starting, running or being cancelled since before a moment, however long they waited first."""
    under_way = {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}
    since, known = dict[str, str](), -1
    while len(since) > known:  # one answer holds no more than the server's limit, 200 by default
        known = len(since)
        page = _asked(url, auth, "filter", under_way, sort="ID_DESC", offset=known)
        since |= {run["id"]: run["state"]["timestamp"] for run in page}
    return sum(datetime.datetime.fromisoformat(when) < moment for when in since.values())


def _asked(url: str, auth: str | None, what: str, flow_runs: dict[str, Any], **more: object) -> Any:
    request = urllib.request.Request(  # noqa: S310
        f"{url.rstrip('/')}/flow_runs/{what}",
        data=json.dumps({"flow_runs": flow_runs, **more}).encode(),
        headers={"Content-Type": "application/json"},
    )
    if auth:
        request.add_header("Authorization", "Basic " + base64.b64encode(auth.encode()).decode())
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        return json.load(answer)


def _text(moment: datetime.datetime) -> str:
    return moment.isoformat()
