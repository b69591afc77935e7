"""The status of a project is the one that its row tells, by a tick or in words."""

from tests.connectors.sheets import PLAN_HEADING, kinds, plan, project, read

WORDED = [[*PLAN_HEADING[0][:5], "สถานะโครงการ", "หมายเหตุ"]]


def worded(word: str) -> tuple[object, object, list[str]]:
    reading = read(plan([1.0, "โครงการ ก", 1.0, 100.0, 50.0, word, ""], heading=WORDED))
    return reading.columns["status"][0], reading.columns["tick_count"][0], kinds(reading)


def test_the_ticked_column_is_the_status():
    reading = read(plan(*(project(1 + place, f"โครงการ {place}", 1.0, 100.0, 0.0, place) for place in range(3))))
    assert reading.columns["status"] == ["awaiting_report", "in_progress", "completed"]
    assert reading.columns["tick_count"] == [1, 1, 1]


def test_no_tick_and_two_ticks_are_counted_for_the_checks():
    row = project(2, "โครงการ ข", 1.0, 100.0, 0.0, 0)
    row[6] = "/"
    reading = read(plan(project(1, "โครงการ ก", 1.0, 100.0, 0.0, -1), row))
    assert reading.columns["tick_count"] == [0, 2]
    assert reading.columns["status"] == [None, "awaiting_report"]


def test_a_status_in_words_is_understood():
    assert worded("อยู่ระหว่างดำเนินการ") == ("in_progress", 1, [])
    assert worded("แล้วเสร็จ") == ("completed", 1, [])
    assert worded("ยังไม่ได้ดำเนินการ") == ("awaiting_report", 1, [])
    assert worded("ไม่สามารถดำเนินการได้") == ("not_feasible", 1, [])
    assert worded("รอรายงานผล") == ("awaiting_report", 1, [])


def test_a_status_that_is_left_open_is_none():
    assert worded("") == worded(" - ") == (None, 0, [])


def test_a_word_that_is_no_status_is_refused_and_named():
    reading = read(plan([1.0, "โครงการ ก", 1.0, 100.0, 50.0, "เกือบเสร็จ", ""], heading=WORDED))
    (defect,) = reading.defects
    assert (defect.kind, defect.cell, defect.observed, defect.row) == ("cell.unreadable", "F4", "เกือบเสร็จ", 0)
    assert reading.columns["tick_count"] == [0]
    assert worded("หมายเหตุ")[2] == ["cell.unreadable"]  # a heading, but no status


def test_ticks_and_words_that_disagree_are_two_statuses():
    heading = [[*PLAN_HEADING[0][:5], "รอรายงาน", "ดำเนินการแล้วเสร็จ", "สถานะ"]]
    rows = [[1.0, "ก", 1.0, 5.0, 5.0, "", "✓", "แล้วเสร็จ"], [2.0, "ข", 1.0, 5.0, 5.0, "✓", "", "แล้วเสร็จ"]]
    reading = read(plan(*rows, heading=heading))
    assert reading.columns["tick_count"] == [1, 2]
    assert reading.columns["status"] == ["completed", "awaiting_report"]
