"""docs/rules.md, written from the catalogue: `python -m expectations.rules_document > docs/rules.md`."""

import sys

from expectations.catalogue import Rule, rules_of
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.wording import SEVERITIES

_SECTIONS = {
    "defect": Words("สิ่งที่อ่านไม่ได้ และการแก้ไข", "What could not be read, and corrections"),
    "export": Words("ทั้งไฟล์: หน่วยงาน รอบ และข้อมูลครั้งก่อน", "The whole file: owner, period, and the last export"),
    "line": Words("รายการงบประมาณ (e-LAAS)", "Budget lines (e-LAAS)"),
    "total": Words("ยอดรวมที่พิมพ์", "Printed totals"),
    "located": Words("เซลล์ที่ทำให้ยอดไม่ลงตัว", "The cells that break the balances"),
    "project": Words("โครงการในแผน (e-PlanNACC)", "Plan projects (e-PlanNACC)"),
    "evidence": Words("ลิงก์หลักฐานที่มาตรการอ้าง", "Web pages that the measures cite"),
}
_INTRODUCTION = """\
# กฎการตรวจสอบ / The rules

**ไทย** ทุกไฟล์ถูกตรวจด้วยกฎทั้งหมดนี้ ระดับร้ายแรงทำให้ไฟล์ไม่ผ่าน ระดับเตือนพิมพ์ไว้ในภาคผนวกของรายงาน ระดับแจ้งให้ทราบเก็บไว้เป็นหลักฐาน
ลิงก์หลักฐานไม่ใช่ส่วนของไฟล์ จึงไม่พิมพ์ในรายงาน บอกในสถานะ หน้าสถานะ หน้าข้อสังเกต และการแจ้งเตือน
ข้อความในวงเล็บปีกกาคือส่วนที่เติมตามไฟล์ กฎแก้ได้ที่ `expectations/catalogue.csv` และรายชื่อที่ `expectations/names/`

**English** Every file is checked by all of these. A critical finding closes the gate, a warning is printed in the
report, an info is kept for the record. A cited web page is no part of a file: no report tells of it, but status,
status page, findings page and alerts. Words in braces are filled in from the file. The rules are lines of
`expectations/catalogue.csv`, the lists of names are in `expectations/names/`. This page is written by
`python -m expectations.rules_document`.
"""


def rules_document() -> str:
    """The page: for each scope a table of its rules, in the order of the catalogue."""
    sections = [f"## {words.th} / {words.en}\n\n{_table(rules_of(scope))}" for scope, words in _SECTIONS.items()]
    return "\n".join([_INTRODUCTION, *sections])


def _table(rules: list[Rule]) -> str:
    head = ["กฎ / rule", "ระดับ / severity", "ข้อสังเกต / finding", "ต้องทำ / what to do", "เหตุผล / ground"]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, ["---"] * len(head), *map(_cells, rules)])


def _cells(rule: Rule) -> list[str]:
    severity = SEVERITIES[rule.severity]
    cells = [
        f"`{rule.rule}`",
        f"{severity.th} / {severity.en}",
        f"{rule.words.th}<br>{rule.words.en}",
        f"{rule.fix.th}<br>{rule.fix.en}",
        f"{rule.category}: {rule.ground}",
    ]
    return [cell.replace("|", "\\|") for cell in cells]


if __name__ == "__main__":
    sys.stdout.write(rules_document())
