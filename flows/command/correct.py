"""prongsai correct: record a person's decision that a printed value is wrong."""

import datetime
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from expectations.case import Case
from expectations.corrections import apply_corrections, printed_in
from expectations.corrections_file import read_corrections
from expectations.decision_draft import proposals, proposed, record
from expectations.decision_file import add_decisions
from expectations.judge import judge
from flows.command.check import file_content
from flows.command.say import now, say
from flows.ownership import Owners, period_of
from flows.reading import read_tables
from flows.settings import Settings
from warehouse.vocabulary.errors import NotReady
from warehouse.vocabulary.fiscal import Period, thai_day
from warehouse.vocabulary.records import Correction, Reading, Source

Decision = dict[str, str | int | datetime.date]


def correct(settings: Settings, arguments: Namespace) -> int:
    """Add a correction of one cell, or what the checks suggest, to the corrections file; the next sync applies it.

    A file that was moved out of the inbox no sync reads again: `prongsai backfill` does, from the archive.
    """
    readings = read_tables(file_content(Path(arguments.file), settings.limits), settings.limits)
    decisions = [one for reading in readings for one in _decisions(settings, reading, arguments)]
    if not decisions:
        raise _nothing_to_correct(arguments)
    path = settings.path(settings.corrections)
    add_decisions(path, [record("correction", one) for one in decisions], read_corrections)
    handled = settings.handled and settings.path(settings.handled).resolve()
    is_handled = handled and Path(arguments.file).resolve().is_relative_to(handled)
    for one in decisions:
        change = f"{one['cell']}: {one['printed']} → {one['right']}"
        period = f"{one['fiscal_year']}-{one['half']}"
        command = f"prongsai backfill --from {period} --to {period} --yes" if is_handled else "prongsai sync"
        say(
            arguments.lang,
            f"บันทึกการแก้ไข {change} ใน {path} แล้ว สั่ง {command} เพื่อใช้",
            f"recorded {change} in {path}; run {command} to apply it",
        )
    return 0


def _decisions(settings: Settings, reading: Reading, arguments: Namespace) -> Iterator[Decision]:
    owner, period = Owners(settings.all_organisations()).expected(reading.title, None), period_of(reading.title)
    if owner is None or period is None:
        raise NotReady(
            "ไม่รู้ว่าไฟล์เป็นของหน่วยงานหรือรอบใด โปรดแก้หัวรายงานก่อน",
            "whose file this is, or of which period, is not known; mend its title first",
        )
    meant = (owner.code, reading.source, period)
    known = [one for one in settings.all_corrections() if (one.organisation, one.source, one.period) == meant]
    for cell, printed, right in _changes(Case(reading, owner, period), meant, known, arguments):
        yield {
            "organisation": owner.code,
            "source": reading.source,
            "fiscal_year": period.fiscal_year.year,
            "half": period.half.value,
            "cell": cell,
            "printed": printed,
            "right": right,
            "reason": arguments.reason,
            "who": arguments.who,
            "when": thai_day(now()),
            "evidence": arguments.evidence,
        }


def _changes(
    case: Case, meant: tuple[str, Source, Period], known: Sequence[Correction], arguments: Namespace
) -> list[tuple[str, str, str]]:
    """(cell, printed, right) of each value that is to be corrected in this table, beside those that are already."""
    printed = None if arguments.suggested else printed_in(case.reading, arguments.cell)
    apply_corrections(case.reading, known)
    if not arguments.suggested:
        if printed != printed_in(case.reading, arguments.cell):
            raise NotReady(
                f"เซลล์ {arguments.cell} มีการแก้ไขอยู่แล้ว โปรดแก้หรือลบรายการนั้นในไฟล์การแก้ไขก่อน",
                f"cell {arguments.cell} is corrected already; mend or delete that record in the corrections file first",
            )
        if printed is None:
            return []
        said = (arguments.reason, arguments.who, thai_day(now()))
        wanted = Correction(*meant, arguments.cell, printed, arguments.to, *said)
        if not apply_corrections(case.reading, [wanted])[0]:
            raise NotReady(
                f'"{arguments.to}" ไม่ใช่ค่าของเซลล์ {arguments.cell} ซึ่งพิมพ์ "{printed}" โปรดระบุค่าชนิดเดียวกัน',
                f'"{arguments.to}" is no value for cell {arguments.cell}, which prints "{printed}"',
            )
        return [(arguments.cell, printed, str(printed_in(case.reading, arguments.cell)))]
    [judgement] = judge([case], gate=False)
    return [proposed(one) for one in proposals(judgement.findings)]


def _nothing_to_correct(arguments: Namespace) -> NotReady:
    if arguments.suggested:
        return NotReady(
            "ไม่มีค่าที่การตรวจเสนอ นอกจากที่บันทึกไว้แล้ว ซึ่ง prongsai sync นำไปใช้ ถ้ายังมีค่าผิด โปรดระบุ --cell และ --to เอง",
            "nothing to suggest beside what is recorded and prongsai sync applies; else name --cell and --to",
        )
    return NotReady(
        f"ไม่มีค่าที่แก้ได้ในเซลล์ {arguments.cell} ของตารางในไฟล์นี้",
        f"no table of this file has a value in cell {arguments.cell}",
    )
