"""prongsai init: a commented prongsai.toml and the folders that it names."""

from argparse import Namespace
from importlib.resources import files
from pathlib import Path

from flows.command.say import say
from warehouse.vocabulary.errors import WrongSettings


def init(arguments: Namespace) -> int:
    """Write the settings file and the folders; what is there already stays untouched."""
    folder = Path(arguments.folder)
    settings = folder / "prongsai.toml"
    try:
        for name in ("inbox", "words"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        template = (files("flows") / "templates" / "prongsai.toml").read_text(encoding="utf-8")
        with settings.open("x", encoding="utf-8") as file:
            file.write(template)
    except FileExistsError as cause:
        raise WrongSettings(
            f"มี {settings} อยู่แล้ว ไม่ได้แก้ไข", f"{settings} is there already; it was not changed"
        ) from cause
    except OSError as cause:
        raise WrongSettings(
            f"เขียนโฟลเดอร์ {folder} ไม่ได้ ({cause.strerror})", f"{folder} cannot be written ({cause.strerror})"
        ) from cause
    say(
        arguments.lang,
        f"สร้าง {settings} แล้ว ขั้นต่อไป: ใส่รหัสและชื่อหน่วยงาน วางไฟล์ในโฟลเดอร์ inbox แล้วสั่ง prongsai run --config {settings}",
        f"wrote {settings}. Next: enter your organisation, put the files into inbox and run "
        f"prongsai run --config {settings}",
    )
    return 0
