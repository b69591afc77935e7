"""prongsai diff: what a release says otherwise than the version before."""

import json
from argparse import Namespace
from dataclasses import asdict

from flows.command.say import say, say_line
from flows.settings import Settings
from reports.sign.difference import Changed, Difference, difference
from reports.sign.ledger import release_folder
from warehouse.vocabulary.errors import Language


def diff(settings: Settings, arguments: Namespace) -> int:
    """Print the figures that differ, new and gone findings and new files."""
    found = difference(release_folder(settings.path(settings.releases), arguments.release))
    if arguments.json:
        say_line(json.dumps(asdict(found), ensure_ascii=False, default=str))
    else:
        _say(found, arguments.lang)
    return 0


def _say(found: Difference, language: Language) -> None:
    if found.previous is None:
        say(language, f"{found.release} เป็นฉบับแรก", f"{found.release} is the first version")
        return
    count = len(found.figures)
    say(
        language,
        f"{found.release} เทียบกับ {found.previous}: ตัวเลขเปลี่ยน {count} รายการ",
        f"{found.release} against {found.previous}: {count} figures changed",
    )
    for figure in found.figures:
        _say_figure(figure, language)
    for key in found.new_findings:
        say(language, f"  + ข้อสังเกตใหม่ {key}", f"  + new finding {key}")
    for key in found.gone_findings:
        say(language, f"  - ข้อสังเกตที่หมดไป {key}", f"  - finding gone {key}")
    for name in found.new_inputs:
        say(language, f"  + ไฟล์ใหม่ {name}", f"  + new file {name}")


def _say_figure(figure: Changed, language: Language) -> None:
    absent = "ไม่มีข้อมูล" if language == "th" else "no value"
    before, after = figure.before or absent, figure.after or absent
    by = "" if figure.by is None else f"  ({figure.by:+,})"
    say_line(f"  {figure.title if language == 'th' else figure.key}: {before} → {after}{by}")
