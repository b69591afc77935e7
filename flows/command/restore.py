"""prongsai restore: a backup back into empty places."""

from argparse import Namespace
from pathlib import Path

from flows.command.backup import beside
from flows.command.say import say
from flows.settings import Settings
from warehouse.backup import restore as restore_all


def restore(settings: Settings, arguments: Namespace) -> int:
    """Bring a backup back into the empty places that the settings name."""
    files, left = restore_all(
        Path(arguments.file),
        url=settings.warehouse_url,
        archive=settings.archive,
        releases=settings.path(settings.releases),
        beside=beside(settings),
    )
    say(
        arguments.lang,
        f"กู้คืน {len(files)} ไฟล์แล้ว สั่ง prongsai status เพื่อตรวจ",
        f"restored {len(files)} files; see prongsai status",
    )
    if left:
        say(
            arguments.lang,
            f"ไม่ได้กู้คืน (มีอยู่แล้ว หรือ prongsai.toml ไม่ได้บอกที่): {', '.join(left)}",
            f"not restored (there already, or prongsai.toml names no place for it): {', '.join(left)}",
        )
    return 0
