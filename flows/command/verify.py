"""prongsai verify: whether a release is what people signed; needs neither settings nor database nor network."""

import json
from argparse import Namespace
from pathlib import Path

from flows.command.say import say_line
from reports.sign.keys import known_keys
from reports.sign.verify import ALTERED, HOLDS, UNSIGNED, Check
from reports.sign.verify import verify as verified
from warehouse.vocabulary.errors import Language, Words

_MARKS = {True: "✓", False: "✗", None: "–"}
_VERDICTS = {
    HOLDS: Words("ถูกต้อง: ไม่ถูกแก้ไขหลังลงนาม และลงนามครบ", "It holds: signed off, and unaltered since"),
    ALTERED: Words("ไม่ถูกต้อง: มีสิ่งที่ถูกแก้ไข ดูบรรทัด ✗", "It does not hold: something was altered, see ✗"),
    UNSIGNED: Words("ไฟล์ครบไม่ถูกแก้ไข แต่ยังไม่ได้ลงนามครบ", "The files are unaltered, but it is not signed off"),
}


def verify(arguments: Namespace) -> int:
    """Say in both languages what holds and what not; exit code 0 holds, 1 altered, 3 unaltered but not signed off."""
    trusted = known_keys(Path(arguments.trust)) if arguments.trust else None
    said = verified(Path(arguments.folder), trusted)
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


def _say(check: Check, language: Language) -> None:
    """One line in the language asked for, and below it the other one: who verifies may be anyone."""
    other: Language = "en" if language == "th" else "th"
    say_line(f"  {_MARKS[check.holds]} {check.words.said_in(language)}")
    say_line(f"      {check.words.said_in(other)}")
