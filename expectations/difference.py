"""How a table differs from the accepted one before it, by the same lines that the rules of history compare."""

import datetime
from collections.abc import Sequence

from expectations.case import Case
from expectations.history import Changes, earlier
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, date_words, thai_day
from warehouse.vocabulary.money import baht
from warehouse.vocabulary.records import MONEY_OF
from warehouse.vocabulary.wording import COLUMNS


def difference_of(case: Case, changed: Changes) -> Difference | None:
    """How a table differs from the one before it; None where there is none to compare with."""
    then, before = earlier(case), case.previous
    if then is None or before is None:
        return None
    now = case.reading.columns
    return Difference(
        before.export_id,
        before.file_name,
        before.period,
        before.data_date,
        before.fetched_at,
        case.reading.title.data_date,
        case.size - before.size,
        case.reading.rows - len(then["source_row"]),
        {column: sum(now[column]) - sum(then[column]) for column in MONEY_OF[case.reading.source]},
        changed.gone,
        changed.new,
    )


def cut_off_words(period: Period, data_date: datetime.date | None) -> Words:
    """The day that a table tells of, or its period where it names no day."""
    if data_date is None:
        return Words(f"รอบ {period}", f"period {period}")
    day = date_words(data_date)
    return Words(f"ข้อมูล ณ {day.th}", f"data of {day.en}")


def previous_words(one: Difference) -> Words:
    """The same of the table before, with the day on which it came where it names no day itself."""
    words = cut_off_words(one.previous_period, one.previous_date)
    if one.previous_date:
        return words
    day = date_words(thai_day(one.previous_fetched))
    return Words(f"{words.th} ที่ได้รับเมื่อ {day.th}", f"{words.en} fetched on {day.en}")


def signed(number: int) -> str:
    """+1,200 or -3, and a plain 0."""
    return f"{number:+,}" if number else "0"


def total_words(one: Difference) -> list[Words]:
    """The totals that changed, each with by how many baht."""
    return [
        Words(f"{COLUMNS[column].th} {baht(satang):+,.2f}", f"{COLUMNS[column].en} {baht(satang):+,.2f}")
        for column, satang in one.totals.items()
        if satang
    ]


def difference_words(one: Difference, period: Period) -> Words:
    """A difference in one line, both cut-offs named; `period` is that of the table itself."""
    now, then = cut_off_words(period, one.data_date), previous_words(one)
    totals = total_words(one)
    th = [f"รายการ {signed(one.rows)} (ใหม่ {len(one.new):,} หายไป {len(one.gone):,})", *(total.th for total in totals)]
    en = [f"rows {signed(one.rows)} ({len(one.new):,} new, {len(one.gone):,} gone)", *(total.en for total in totals)]
    if not one.changed:
        th, en = ["รายการและยอดรวมเท่าเดิม"], ["the same lines and totals"]
    return Words(
        f"{now.th} เทียบกับ{then.th} ({one.previous_file}): {' · '.join(th)} · ขนาดไฟล์ {signed(one.size)} ไบต์",
        f"{now.en} against {then.en} ({one.previous_file}): {' · '.join(en)} · file size {signed(one.size)} bytes",
    )


def summary_words(differences: Sequence[Difference]) -> Words:
    """Many differences in one line."""
    compared, changed = len(differences), sum(one.changed for one in differences)
    new, gone = sum(len(one.new) for one in differences), sum(len(one.gone) for one in differences)
    return Words(
        f"เทียบกับครั้งก่อน {compared:,} ตาราง: เปลี่ยนไป {changed:,} ตาราง รายการใหม่ {new:,} รายการหายไป {gone:,}",
        f"compared with the last time: {compared:,} tables, {changed:,} changed, {new:,} lines new, {gone:,} gone",
    )
