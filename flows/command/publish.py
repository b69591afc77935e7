"""prongsai publish: put a signed release where everyone can read it."""

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.address import NAMED, address_of
from flows.command.say import now, say, say_line
from flows.job import Job, Wanted, new_job
from flows.reporting import make_report
from flows.settings import Settings
from reports.manifest import period_of
from reports.release import read_manifest
from reports.sign.keys import known_keys
from reports.sign.ledger import release_folder
from reports.sign.publish import publish as published
from warehouse.store.connection import open_warehouse
from warehouse.store.load import facts_accepted
from warehouse.vocabulary.errors import NotReady, WrongSettings


def publish(settings: Settings, arguments: Namespace) -> int:
    """Publish, read back, record; put back what is missing of what was published before."""
    target = _target(settings, arguments.to)
    address = arguments.address or (None if arguments.to else settings.publish_address)  # --to is another place
    folder = release_folder(settings.path(settings.releases), arguments.release)
    done = published(
        folder,
        target,
        now=now(),
        sign_off=settings.sign_off,
        known=known_keys(settings.path(settings.state) / "signers"),
        current=lambda: _current(settings, folder),
        address=address,
    )
    th, en = ("เผยแพร่แล้ว", "published")
    if not done.new:
        th, en = "เผยแพร่อยู่แล้ว ใส่สิ่งที่ขาดหรือต่างไปคืนแล้ว", "published already; what was missing there is put back"
    say(arguments.lang, f"{done.release}: {th} ที่ {done.target}", f"{done.release}: {en} at {done.target}")
    for path in done.paths:
        say_line(f"    {path}")
    if address:
        count = len(done.paths)
        say(arguments.lang, f"อ่านกลับจากเว็บไซต์ตรงกันทั้ง {count} ไฟล์", f"all {count} files read back from the web the same")
    return 0


def _target(settings: Settings, told: str | None) -> str:
    """Where to publish: --to, else the setting. Raises WrongSettings for a password that everyone here could see."""
    written = told or (settings.publish_to.get_secret_value() if settings.publish_to else "")
    whole = written.startswith("file://")  # an address of fsspec, and no file that holds one
    target = written if whole else address_of(written, os.environ, settings.folder)
    if not target:
        named = written if written.startswith(NAMED) else "--to"
        raise WrongSettings(
            f"ไม่รู้ว่าเผยแพร่ที่ใด ({named} ว่างหรืออ่านไม่ได้) โปรดระบุ --to หรือตั้ง publish_to ใน prongsai.toml",
            f"where to publish is not known ({named} is empty or not readable): say --to, or set publish_to",
        )
    if "://" in target:
        if target == told and "@" in target and ":" in target.partition("://")[2].rpartition("@")[0]:
            raise WrongSettings(
                "รหัสผ่านในคำสั่งเห็นได้จากรายการโปรเซสของเครื่อง โปรดเก็บที่อยู่ไว้ในตัวแปรแล้วใช้ --to env:ชื่อ หรือตั้ง publish_to",
                "a password in a command is seen in the list of processes: keep the address in a variable and say "
                "--to env:NAME, or set publish_to",
            )
        return target
    return target if told else str(settings.folder / target)


def _current(settings: Settings, folder: Path) -> Path:
    """The release that what the warehouse knows now makes: the same one, if nothing changed since it was made.

    Raises NotReady if its files were not checked by the rules, settings and corrections of now.
    """
    manifest = read_manifest(folder)
    code, period = manifest["organisation"]["code"], period_of(manifest)
    warehouse = open_warehouse(settings.warehouse_url)
    job = new_job(settings, Wanted(None, code), now=now(), warehouse=warehouse)
    if older := [one["source"] for one in manifest["inputs"] if not _checked_as_now(job, code, one)]:
        raise NotReady(
            f"เผยแพร่ไม่ได้: {', '.join(older)} ตรวจด้วยกฎหรือการแก้ไขชุดก่อน โปรดสั่ง prongsai sync (ถ้าไฟล์ไม่อยู่ใน inbox แล้ว "
            "สั่ง prongsai backfill) แล้ว prongsai report ถ้ายังเป็นเช่นนี้เพราะการแก้ไขถูกถอนออก ให้เปิดไฟล์ บันทึกใหม่ "
            "แล้วสั่ง prongsai sync",
            f"not published: {', '.join(older)} passed older rules or corrections; run prongsai sync (or backfill, if "
            "the file is not in the inbox any more), then prongsai report. If it stays so as a correction "
            "was taken back, open the file, save it again and run prongsai sync",
        )
    return make_report(settings, warehouse, code, period, now=now()).folder


def _checked_as_now(job: Job, code: str, told: Mapping[str, Any]) -> bool:
    """Whether an input of a release is accepted by what verdicts depend on now; its place told the code, or none.

    The facts that count are those of its last judgement: they must be the same, as a correction may be taken back.
    """
    accepted = facts_accepted(job.warehouse, told["sha256"], code, told["source"])
    keys = {job.fingerprint(hint) for hint in (code, None)}
    as_now = [facts for judged_by, facts in accepted if judged_by in keys]
    return bool(as_now) and as_now[-1] == accepted[-1][1]
