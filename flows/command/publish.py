"""prongsai publish: put a signed release where everyone can read it."""

from argparse import Namespace
from pathlib import Path

from flows.command.say import now, say, say_line
from flows.reporting import make_report
from flows.settings import Settings
from reports.manifest import period_of
from reports.release import read_manifest
from reports.sign.keys import known_keys
from reports.sign.ledger import release_folder
from reports.sign.publish import publish as published
from warehouse.store.connection import open_warehouse


def publish(settings: Settings, arguments: Namespace) -> int:
    """Publish, read back, record; nothing but looking if it is published already."""
    folder = release_folder(settings.path(settings.releases), arguments.release)
    done = published(
        folder,
        arguments.to,
        now=now(),
        sign_off=settings.sign_off,
        known=known_keys(settings.path(settings.state) / "signers"),
        current=lambda: _current(settings, folder),
        address=arguments.address,
    )
    th, en = ("เผยแพร่แล้ว", "published") if done.new else ("เผยแพร่อยู่แล้ว ไม่เปลี่ยนแปลง", "published already, unchanged")
    say(arguments.lang, f"{done.release}: {th} ที่ {done.target}", f"{done.release}: {en} at {done.target}")
    for path in done.paths:
        say_line(f"    {path}")
    if arguments.address:
        count = len(done.paths)
        say(arguments.lang, f"อ่านกลับจากเว็บไซต์ตรงกันทั้ง {count} ไฟล์", f"all {count} files read back from the web the same")
    return 0


def _current(settings: Settings, folder: Path) -> Path:
    """The release that what the warehouse knows now makes: the same one, if nothing changed since it was made."""
    manifest = read_manifest(folder)
    period = period_of(manifest)
    warehouse = open_warehouse(settings.warehouse_url)
    return make_report(settings, warehouse, manifest["organisation"]["code"], period, now=now()).folder
