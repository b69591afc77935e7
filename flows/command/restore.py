"""prongsai restore: a backup back into empty places."""

from argparse import Namespace
from pathlib import Path

from flows.command.say import say
from flows.settings import Settings
from warehouse.backup import restore as restore_all


def restore(settings: Settings, arguments: Namespace) -> int:
    """Bring a backup back into the empty places that the settings name."""
    files = restore_all(
        Path(arguments.file),
        url=settings.warehouse_url,
        archive=settings.archive,
        releases=settings.path(settings.releases),
    )
    say(
        arguments.lang,
        f"กู้คืน {len(files)} ไฟล์แล้ว สั่ง prongsai status เพื่อตรวจ",
        f"restored {len(files)} files; see prongsai status",
    )
    return 0
