"""prongsai backup: database, archive, releases and people's decisions in one file."""

from argparse import Namespace
from pathlib import Path

from flows.command.say import now, say
from flows.settings import Settings
from warehouse.backup import back_up
from warehouse.store.connection import open_warehouse

_DECIDED = ("corrections", "confirmations", "crosswalk", "comments", "words", "deadlines", "ita_items")
_NAMED = ("organisations", "report_template")  # those that are there only if settings name them


def backup(settings: Settings, arguments: Namespace) -> int:
    """Write everything into one file, while the rest goes on."""
    target = Path(arguments.file)
    files = back_up(
        open_warehouse(settings.warehouse_url),
        archive=settings.archive,
        releases=settings.path(settings.releases),
        target=target,
        now=now(),
        beside=beside(settings),
    )
    say(
        arguments.lang,
        f"สำรองข้อมูล {len(files)} ไฟล์ไว้ที่ {target} แล้ว (ไม่รวม prongsai.toml inbox และกุญแจ .key ของผู้ลงนาม)",
        f"backed up {len(files)} files into {target} (not prongsai.toml, the inbox, or signers' .key files)",
    )
    return 0


def beside(settings: Settings) -> dict[str, Path]:
    """What people wrote that reports and publishing hang on, by its setting; signers' public keys too."""
    paths = {name: getattr(settings, name) for name in (*_DECIDED, *_NAMED)}
    known = {name: settings.path(path) for name, path in paths.items() if path}
    return {**known, "signers": settings.path(settings.state) / "signers"}
