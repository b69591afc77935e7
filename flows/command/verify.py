"""prongsai verify: whether a release is what people signed; needs neither settings nor database nor network."""

import json
from argparse import Namespace
from pathlib import Path

from flows.command.say import say_line
from reports.sign.keys import known_keys
from reports.sign.verify import ALTERED, HOLDS, UNSIGNED, Check
from reports.sign.verify import verify as verified
from warehouse.vocabulary.errors import Language, Words, WrongSettings

_MARKS = {True: "✓", False: "✗", None: "–"}
_VERDICTS = {
    HOLDS: Words("ถูกต้อง: ไม่ถูกแก้ไขหลังลงนาม และลงนามครบ", "It holds: signed off, and unaltered since"),
    ALTERED: Words("ไม่ถูกต้อง: มีสิ่งที่ถูกแก้ไข ดูบรรทัด ✗", "It does not hold: something was altered, see ✗"),
    UNSIGNED: Words(
        "ไฟล์ครบไม่ถูกแก้ไข แต่ลายเซ็นไม่ครบหรือไม่มีกุญแจให้เทียบ ดูบรรทัด –",
        "The files are unaltered, but signatures are missing or not known: see –",
    ),
}


def verify(arguments: Namespace) -> int:
    """Say in both languages what holds and what not; exit code 0 holds, 1 altered, 3 unaltered but not proven."""
    trusted = known_keys(_folder(arguments.trust)) if arguments.trust else None
    said = verified(_folder(arguments.folder), trusted)
    release = said.manifest.get("release")
    if arguments.json:
        checks = [{"holds": one.holds, "th": one.words.th, "en": one.words.en} for one in said.checks]
        say_line(json.dumps({"release": release, "code": said.code, "checks": checks}, ensure_ascii=False))
        return said.code
    say_line(f"{release or arguments.folder}")
    for check in said.checks:
        _say(check, arguments.lang)
    _say(Check({HOLDS: True, ALTERED: False, UNSIGNED: None}[said.code], _VERDICTS[said.code]), arguments.lang)
    return said.code


def _folder(named: str) -> Path:
    folder = Path(named)
    if not folder.is_dir():
        raise WrongSettings(f"ไม่พบโฟลเดอร์ {named} โปรดตรวจชื่อ", f"there is no folder {named}; check its name")
    return folder


def _say(check: Check, language: Language) -> None:
    """One line in the language asked for, and below it the other one: who verifies may be anyone."""
    other: Language = "en" if language == "th" else "th"
    say_line(f"  {_MARKS[check.holds]} {check.words.said_in(language)}")
    say_line(f"      {check.words.said_in(other)}")
