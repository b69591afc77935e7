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

from flows.watch.reports import Wrong, thai_moment
from warehouse.store.connection import Warehouse
from warehouse.store.outbox import Message
from warehouse.store.watch import last_ended

_STUCK_AFTER = datetime.timedelta(hours=6)
_NEXT_WITHIN = datetime.timedelta(days=1)
_PATIENCE = 10  # seconds
_RESTART = "เปิดใหม่ (systemctl restart prongsai หรือ docker compose restart)"


def late_sync(warehouse: Warehouse, *, now: datetime.datetime, within: datetime.timedelta) -> Iterator[Wrong]:
    """That no sync has ended well for too long, whatever it found."""
    ended = last_ended(warehouse, "sync")
    if ended is None or now - ended > within:
        last = f"ครั้งสุดท้าย {thai_moment(ended)}" if ended else "ยังไม่เคยสำเร็จ"
        hours = int(within.total_seconds() // 3600)
        to_do = "ตรวจว่า serve ทำงานอยู่ (systemctl status prongsai หรือ docker compose ps) หรือสั่ง prongsai sync แล้วอ่านผล"
        body = f"{last}\nต้องทำ: {to_do}"
        yield Wrong(Message("sync", "late", f"ไม่มีการนำเข้าข้อมูลที่สำเร็จใน {hours} ชั่วโมง", body), overdue=True)


def late_portals(
    last_well: Mapping[Path, datetime.datetime | None], *, now: datetime.datetime, within: datetime.timedelta
) -> Iterator[Wrong]:
    """One message for each portal, by its recipe, that was not asked, or gave only trouble, for too long."""
    for recipe, well in last_well.items():
        if well is None or now - well > within:
            last = f"ครั้งสุดท้ายที่ไม่มีปัญหา {thai_moment(well)}" if well else "ยังไม่เคยสำเร็จ"
            hours = int(within.total_seconds() // 3600)
            to_do = "อ่านสาเหตุในสรุปของงาน sync รายวันในหน้า Prefect หรือสั่ง prongsai sync แล้วอ่านผล"
            title = f"พอร์ทัล {recipe} ไม่ให้ไฟล์ครบมาเกิน {hours} ชั่วโมง"
            yield Wrong(Message(f"portal {recipe}", "late", title, f"{last}\nต้องทำ: {to_do}"), overdue=True)


def low_disks(folders: Iterable[Path], *, room: int) -> Iterator[Wrong]:
    """One message for each disk of these folders with less than `room` bytes left."""
    seen = set[int]()
    for folder in folders:
        place = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.exists())
        free = shutil.disk_usage(place).free
        if free < room and place.stat().st_dev not in seen:
            seen.add(place.stat().st_dev)
            left = f"เหลือ {free // 1_000_000:,} MB ควรมีอย่างน้อย {room // 1_000_000:,} MB"
            body = f"{left}\nต้องทำ: ลบหรือย้ายไฟล์ที่ไม่ใช้ออกจากดิสก์นี้ (อย่าลบโฟลเดอร์ .prongsai)"
            yield Wrong(Message(f"disk {place}", "low", f"พื้นที่ดิสก์ใกล้เต็ม: {place}", body), overdue=True)


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
        body = f"{url}: {cause}\nต้องทำ: {_RESTART} แล้วดู journalctl -u prongsai หรือ docker compose logs"
        yield Wrong(Message("server", "silent", "เซิร์ฟเวอร์ Prefect ไม่ตอบ", body), overdue=True)
        return
    if stuck:
        hours = int(_STUCK_AFTER.total_seconds() // 3600)
        body = f"ต้องทำ: เปิดหน้า Prefect ดูงานที่ค้าง แล้ว {_RESTART} (งานที่ค้างจะถูกปิดและเริ่มใหม่)"
        yield Wrong(Message("stuck", "stuck", f"มีงานค้าง {stuck} งาน นานกว่า {hours} ชั่วโมง", body), overdue=True)
    if not coming:
        body = f"ต้องทำ: {_RESTART} แล้วตรวจหน้า Deployments ว่าไม่ได้ถูกหยุดไว้ (Paused)"
        yield Wrong(Message("planned", "none", "ไม่มีงานรอบถัดไปใน 1 วันข้างหน้า", body), overdue=True)


def _under_way_since(url: str, auth: str | None, moment: datetime.datetime) -> int:
    """How many runs are starting, running or being cancelled since before a moment, however long they waited first."""
    under_way = {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}
    states = (run["state"] for run in _asked(url, auth, "filter", under_way))
    return sum(datetime.datetime.fromisoformat(state["timestamp"]) < moment for state in states)


def _asked(url: str, auth: str | None, what: str, flow_runs: dict[str, Any]) -> Any:
    request = urllib.request.Request(  # noqa: S310
        f"{url.rstrip('/')}/flow_runs/{what}",
        data=json.dumps({"flow_runs": flow_runs}).encode(),
        headers={"Content-Type": "application/json"},
    )
    if auth:
        request.add_header("Authorization", "Basic " + base64.b64encode(auth.encode()).decode())
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        return json.load(answer)


def _text(moment: datetime.datetime) -> str:
    return moment.isoformat()
