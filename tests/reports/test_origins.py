"""What a reader is told who asks where a figure comes from."""

from dataclasses import replace

from reports.figures import figures_of
from reports.origins import origin_notes
from tests.reports.facts import FACTS, RULES


def test_a_note_names_file_sheet_cells_and_formula() -> None:
    note = origin_notes(FACTS, figures_of(FACTS))["disbursed"]
    assert (note.printed, note.formula) == ("3,822,121.63", "ผลรวมของทุกรายการ")
    assert note.cells == ("ไฟล์ 751NH_elaas_2566_1.xlsx แผ่นงาน รายงาน เซลล์ I6:I16",)
    assert note.checks == ("e-LAAS: พบข้อสังเกต 3 ข้อ แก้ไขแล้ว 1 ข้อ (ภาคผนวก ก)",)


def test_the_rules_that_a_file_passed_are_told_and_those_it_broke_are_not() -> None:
    facts = replace(FACTS, rules=RULES)
    (check,) = origin_notes(facts, figures_of(facts))["disbursed"].checks
    assert "ผ่านการตรวจ 1 จาก 2 ข้อ (ภาคผนวก ข)" in check
    assert "คงเหลือของทุกแถวลงตัว" not in check


def test_of_a_file_that_other_rules_judged_no_rule_is_said_to_be_passed() -> None:
    older = replace(FACTS.budget, rules_version="0123456789ab")
    facts = replace(FACTS, budget=older, rules=RULES, rules_version="ba9876543210")
    (check,) = origin_notes(facts, figures_of(facts))["disbursed"].checks
    assert check == "e-LAAS: ตรวจด้วยกฎรุ่น 0123456789ab พบข้อสังเกต 3 ข้อ แก้ไขแล้ว 1 ข้อ (ภาคผนวก ก)"


def test_a_figure_without_cells_has_its_formula_alone() -> None:
    note = origin_notes(FACTS, figures_of(FACTS))["percent_of_year"]
    assert (note.cells, note.checks) == ((), ())
    assert note.formula == "จำนวนเดือนที่ผ่านไป ÷ 12 × 100"
