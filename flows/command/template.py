"""prongsai template: the Word template of the report, for a clerk to edit."""

from argparse import Namespace
from pathlib import Path

from flows.command.say import say
from reports.docx import copy_template


def template(arguments: Namespace) -> int:
    """Copy the template out; what is there already stays untouched."""
    path = copy_template(Path(arguments.folder))
    say(
        arguments.lang,
        f"คัดลอกแม่แบบไว้ที่ {path} แก้ใน Word แล้วระบุ report_template ใน prongsai.toml",
        f"copied the template to {path}; edit it in Word, then name it as report_template in prongsai.toml",
    )
    return 0
