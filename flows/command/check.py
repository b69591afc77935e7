"""prongsai check: read files and check them, write nothing."""

import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from connectors.limits import Limits
from expectations.case import Case
from expectations.judge import Judgement, judge
from flows.command.say import complain, finding_json, say, say_findings, say_line
from flows.ownership import Owners, period_of
from flows.reading import read_tables
from flows.settings import Settings
from warehouse.archive import sha256_of
from warehouse.vocabulary.errors import Language, Unreadable, Words
from warehouse.vocabulary.money import baht_plain
from warehouse.vocabulary.organisations import code_of
from warehouse.vocabulary.records import MONEY_OF, Organisation, Reading, Status, TitleBlock

ACCEPTED, CRITICAL, UNREADABLE = 0, 1, 2


def check(settings: Settings | None, arguments: Namespace) -> int:
    """Check each file and say what was found; the exit code of the worst."""
    language: Language = arguments.lang
    organisations = settings.all_organisations() if settings else ()
    limits = settings.limits if settings else Limits()
    worst = ACCEPTED
    for name in arguments.files:
        worst = max(worst, _check_file(Path(name), limits, organisations, arguments.json, language))
    return worst


def _check_file(
    path: Path, limits: Limits, organisations: Sequence[Organisation], as_json: bool, language: Language
) -> int:
    try:
        content = file_content(path, limits)
        readings = read_tables(content, limits)
    except Unreadable as cause:
        if as_json:
            say_line(json.dumps(_unreadable(path, cause.words.said_in(language)), ensure_ascii=False))
        else:
            complain(language, Words(f"{path}: {cause.words.th}", f"{path}: {cause.words.en}"))
        return UNREADABLE
    cases = [Case(one, _owner(one.title, organisations), period_of(one.title)) for one in readings]
    judgements = judge(cases, gate=False)
    for case, judgement in zip(cases, judgements, strict=True):
        if as_json:
            said = _as_json(path, sha256_of(content), case, judgement, language)
            say_line(json.dumps(said, ensure_ascii=False))
        else:
            _say(path, case, judgement, language)
    return ACCEPTED if all(one.accepted for one in judgements) else CRITICAL


def file_content(path: Path, limits: Limits) -> bytes:
    """The bytes of a file that was named; raises Unreadable if it cannot be had."""
    try:
        with path.open("rb") as file:
            return file.read(limits.bytes + 1)
    except FileNotFoundError as cause:
        raise Unreadable("ไม่พบไฟล์นี้ โปรดตรวจชื่อและโฟลเดอร์", "there is no such file; check its name and folder") from cause
    except OSError as cause:
        raise Unreadable(
            f"เปิดไฟล์ไม่ได้ ({cause.strerror}) โปรดตรวจว่าเป็นไฟล์และมีสิทธิ์อ่าน",
            f"the file cannot be opened ({cause.strerror}); check that it is a file that you may read",
        ) from cause


def _owner(title: TitleBlock, organisations: Sequence[Organisation]) -> Organisation | None:
    """The configured owner; with no settings whoever the title names, so that a file can be checked anywhere."""
    if organisations:
        return Owners(organisations).expected(title, None)
    if title.organisation is None:
        return None
    return Organisation(
        code_of(title.organisation) or "", title.organisation, title.district or "", title.province or ""
    )


def _say(path: Path, case: Case, judgement: Judgement, language: Language) -> None:
    reading, period = case.reading, case.period
    owner = case.organisation.name if case.organisation else "?"
    verdict = (
        ("ผ่าน" if judgement.accepted else "ไม่ผ่าน")
        if language == "th"
        else ("accepted" if judgement.accepted else "rejected")
    )
    totals = _totals(reading)
    say(
        language,
        f"{path}: {reading.source} {owner} รอบ {period or '?'}: {reading.rows} รายการ — {verdict}",
        f"{path}: {reading.source} {owner} period {period or '?'}: {reading.rows} rows — {verdict}",
    )
    for column in ("approved", "budget", "disbursed"):
        if column in totals:
            from warehouse.vocabulary.wording import COLUMNS

            say_line(f"    {COLUMNS[column].said_in(language)} {totals[column]}")
    say_findings(language, judgement.findings)


def _totals(reading: Reading) -> dict[str, str]:
    return {column: baht_plain(sum(reading.columns[column])) for column in MONEY_OF[reading.source]}


def _as_json(path: Path, sha256: str, case: Case, judgement: Judgement, language: Language) -> dict[str, Any]:
    reading, owner, period = case.reading, case.organisation, case.period
    code = owner.code if owner else None
    said = _blank(path) | {
        "sha256": sha256,
        "source": reading.source,
        "organisation": {"code": code or None, "name": reading.title.organisation},
        "fiscal_year": reading.title.fiscal_year.year if reading.title.fiscal_year else None,
        "half": period.half.value if period else None,
        "rows": reading.rows,
        "totals": _totals(reading),
        "accepted": judgement.accepted,
        "findings": [finding_json(one, language) for one in judgement.findings],
    }
    if "status" in reading.columns:
        said["statuses"] = {one.value: reading.columns["status"].count(one.value) for one in Status}
    return said


def _blank(path: Path) -> dict[str, Any]:
    blank = {"file": str(path), "sha256": None, "source": None, "organisation": {"code": None, "name": None}}
    return blank | {
        "fiscal_year": None,
        "half": None,
        "rows": 0,
        "totals": {},
        "accepted": False,
        "error": None,
        "findings": [],
    }


def _unreadable(path: Path, error: str) -> dict[str, Any]:
    sha256 = sha256_of(path.read_bytes()) if path.is_file() else None
    return _blank(path) | {"sha256": sha256, "error": error}
