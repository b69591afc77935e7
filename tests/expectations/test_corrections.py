"""Corrections: applied while the printed value stands, expired when it does not."""

import datetime
from dataclasses import replace

import pytest

from expectations.corrections import apply_corrections, printed_in
from expectations.judge import judge
from tests.expectations.example import OWNER, example
from tests.expectations.readings import PERIOD, budget, case, plan, true_total
from warehouse.vocabulary.records import Correction, Defect, Reading, Severity

SAID = Correction(
    OWNER.code, "elaas", PERIOD, "I6", "68,984.00", "48,984.00", "พิมพ์ผิด", "ผู้อำนวยการกองคลัง", datetime.date(2023, 4, 12)
)


def rules_after(reading: Reading, *corrections: Correction) -> list[str]:
    return [finding.rule for finding in apply_corrections(reading, corrections)[1]]


def test_the_correction_of_the_example_opens_its_gate_and_is_told():
    corrected = example()
    [applied], [finding] = apply_corrections(corrected.reading, [SAID])
    assert (applied.row, applied.source_row, applied.column) == (0, 6, "disbursed")
    assert (finding.rule, finding.severity, finding.row, finding.cell) == ("correction.applied", Severity.INFO, 0, "I6")
    assert (finding.observed, finding.expected) == ("68,984.00", "48,984.00")
    assert corrected.reading.columns["disbursed"][0] == 48_984_00
    assert judge([corrected], gate=False)[0].findings == ()


def test_a_correction_whose_printed_value_is_gone_has_expired_and_changes_nothing():
    fixed = example()
    fixed.reading.columns["disbursed"][0] = 48_984_00
    applied, [finding] = apply_corrections(fixed.reading, [SAID])
    assert (applied, finding.rule, finding.severity) == ([], "correction.expired", Severity.WARNING)
    assert (finding.observed, finding.expected) == ("48984.00", "68,984.00")
    assert judge([fixed], gate=False)[0].findings == ()


def test_a_printed_total_is_corrected_under_its_label():
    reading = budget({}, {})
    reading.totals = [true_total(reading, approved=2000_00)]
    [applied], _ = apply_corrections(reading, [replace(SAID, cell="F8", printed="2,000.00", right="๒๐๐")])
    assert (applied.row, reading.totals[0].amounts["approved"]) == ("รวมทั้งสิ้น", 200_00)
    assert judge([case(reading)], gate=False)[0].findings == ()


def test_a_label_that_is_printed_once_is_corrected_for_the_rows_that_it_stands_for():
    reading = budget({"work": "สารสนเทส"}, {"work": "สารสนเทส"}, {"work": "บริหารทั่วไป"}, {"work": "สารสนเทส"})
    said = replace(SAID, cell="B6", printed="สารสนเทส", right="สารสนเทศ")
    assert rules_after(reading, said) == ["correction.applied"]
    assert reading.columns["work"] == ["สารสนเทศ", "สารสนเทศ", "บริหารทั่วไป", "สารสนเทส"]


def test_a_project_name_is_corrected_in_its_own_row_alone():
    reading = budget({"project": "ถนน"}, {"project": "ถนน"})
    apply_corrections(reading, [replace(SAID, cell="E6", printed="ถนน", right="ถนนสายหลัก")])
    assert reading.columns["project"] == ["ถนนสายหลัก", "ถนน"]


def test_a_dimension_that_is_blank_cannot_be_matched_but_a_wrong_one_is_corrected():
    reading = plan({"dimension": 7})
    assert rules_after(reading, replace(SAID, cell="C6", printed="7", right="๒")) == ["correction.applied"]
    assert reading.columns["dimension"] == [2]
    assert rules_after(reading, replace(SAID, cell="C6", printed="2", right="สอง")) == ["correction.unreadable"]
    assert rules_after(reading, replace(SAID, cell="F6", printed="✓", right="-")) == ["correction.expired"]


def test_a_status_is_corrected_at_any_tick_of_its_row_by_the_words_for_it():
    reading = plan({"status": "awaiting_report"})
    said = replace(SAID, cell="F6", printed="รอรายงาน", right="อยู่ระหว่างดำเนินการ")
    [applied], [finding] = apply_corrections(reading, [said])
    assert (applied.column, applied.row, finding.rule) == ("status", 0, "correction.applied")
    assert (reading.columns["status"], reading.columns["tick_count"]) == (["in_progress"], [1])
    assert judge([case(reading)], gate=False)[0].accepted
    assert rules_after(plan({"status": "completed"}), said) == ["correction.expired"]
    assert rules_after(plan({"status": "awaiting_report"}), replace(said, cell="H6", right="completed")) == [
        "correction.applied"
    ]
    assert rules_after(plan({"status": "awaiting_report"}), replace(said, right="เสร็จ")) == ["correction.unreadable"]


@pytest.mark.parametrize(("status", "ticks"), [(None, 0), ("awaiting_report", 2)])
def test_a_row_without_a_tick_or_with_two_is_corrected_by_how_many_it_has(status: str | None, ticks: int):
    reading = plan({"status": status, "tick_count": ticks})
    assert printed_in(reading, "G6") == str(ticks)
    said = replace(SAID, cell="G6", printed=str(ticks), right="ดำเนินการแล้วเสร็จ")
    assert rules_after(reading, said) == ["correction.applied"]
    assert (reading.columns["status"], reading.columns["tick_count"]) == (["completed"], [1])


def test_a_status_that_is_printed_as_a_word_is_corrected_in_its_cell():
    reading = plan({"status": "awaiting_report"})
    reading.letters = {"project": "B", "status": "F"}
    assert printed_in(reading, "F6") == "รอรายงาน"
    assert rules_after(reading, replace(SAID, cell="F6", printed="รอรายงาน", right="ดำเนินการแล้วเสร็จ")) == [
        "correction.applied"
    ]
    assert reading.columns["status"] == ["completed"]


def test_two_ticks_of_one_row_are_one_status_so_corrections_that_differ_are_both_refused():
    reading = plan({"status": "awaiting_report"})
    one = replace(SAID, cell="F6", printed="รอรายงาน", right="ดำเนินการแล้วเสร็จ")
    assert rules_after(reading, one, replace(one, cell="G6", right="อยู่ระหว่างดำเนินการ")) == ["correction.twice"]
    assert reading.columns["status"] == ["awaiting_report"]


def test_a_tick_that_could_not_be_read_is_corrected_by_what_stands_in_it():
    reading = plan({"status": None, "tick_count": 0})
    reading.defects = [Defect("cell.unreadable", 6, "in_progress", "G6", "ไม่ทราบ", row=0)]
    assert rules_after(reading, replace(SAID, cell="G6", printed="ไม่ทราบ", right="in_progress")) == [
        "correction.applied"
    ]
    assert (reading.columns["status"], reading.defects) == (["in_progress"], [])


def test_a_cell_that_could_not_be_read_is_corrected_by_what_stands_in_it():
    reading = budget({"disbursed": 0})
    reading.defects = [Defect("cell.unreadable", 6, "disbursed", "J6", "4O.00", row=0)]
    assert rules_after(reading, replace(SAID, cell="J6", printed="0.00", right="40.00")) == ["correction.expired"]
    assert rules_after(reading, replace(SAID, cell="J6", printed="4O.00", right="40.00")) == ["correction.applied"]
    assert (reading.columns["disbursed"], reading.defects) == ([40_00], [])


def test_two_corrections_of_one_cell_that_differ_are_both_refused_and_the_same_twice_is_one():
    other = replace(SAID, right="58,984.00")
    assert rules_after(example().reading, SAID, other) == ["correction.twice"]
    corrected = example().reading
    applied, _ = apply_corrections(corrected, [SAID, replace(SAID, reason="อีกเหตุผล")])
    assert len(applied) == 1 and corrected.columns["disbursed"][0] == 48_984_00


def test_two_corrections_that_write_the_same_amounts_otherwise_are_one():
    other = replace(SAID, printed="68984.00", right="๔๘,๙๘๔.๐๐")
    assert rules_after(example().reading, SAID, other) == ["correction.applied"]


def test_corrections_of_several_cells_are_each_told_and_a_bad_one_stops_no_other():
    bad, expired = replace(SAID, cell="E6", printed="168,000.00", right="มาก"), replace(SAID, cell="ZZ99")
    reading = example().reading
    assert rules_after(reading, bad, expired, SAID) == [
        "correction.unreadable",
        "correction.expired",
        "correction.applied",
    ]
    assert reading.columns["approved"][0] == 168_000_00
