"""prongsai backup: database, archive and releases in one file."""

from argparse import Namespace
from pathlib import Path

from flows.command.say import now, say
from flows.settings import Settings
from warehouse.backup import back_up
from warehouse.store.connection import open_warehouse


def backup(settings: Settings, arguments: Namespace) -> int:
    """Write everything into one file, while the rest goes on."""
    target = Path(arguments.file)
    files = back_up(
        open_warehouse(settings.warehouse_url),
        archive=settings.archive,
        releases=settings.path(settings.releases),
        target=target,
        now=now(),
    )
    say(arguments.lang, f"สำรองข้อมูล {len(files)} ไฟล์ไว้ที่ {target} แล้ว", f"backed up {len(files)} files into {target}")
    return 0
