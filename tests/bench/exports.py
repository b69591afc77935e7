"""Workbooks of made-up municipalities, shaped as e-LAAS and e-PlanNACC print them: the workload of the benchmarks."""

import csv
import random
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import xlsxwriter

from warehouse.vocabulary.thai import to_thai_digits

WORKS = ("บริหารทั่วไป", "บริหารงานคลัง", "ป้องกันและบรรเทาสาธารณภัย", "ระดับก่อนวัยเรียนและประถมศึกษา", "ไฟฟ้าและประปา")
TYPES = {
    "งบบุคลากร": ("เงินเดือน (ฝ่ายการเมือง)", "เงินเดือน (ฝ่ายประจำ)"),
    "งบดำเนินงาน": ("ค่าตอบแทน", "ค่าใช้สอย", "ค่าวัสดุ", "ค่าสาธารณูปโภค"),
    "งบลงทุน": ("ค่าครุภัณฑ์", "ค่าที่ดินและสิ่งก่อสร้าง"),
}
BUDGET_HEADINGS = ("งาน", "งบ", "ประเภทรายจ่าย", "โครงการ", "งบประมาณอนุมัติ (บาท)", "โอนเพิ่ม (บาท)", "โอนลด (บาท)")
BUDGET_HEADINGS += ("ผูกพัน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)")
PLAN_HEADINGS = ("ลำดับ", "รายการโครงการ", "มิติ", "งบประมาณ (บาท)", "เบิกจ่าย (บาท)", "สถานะ", "", "", "หมายเหตุ")
STATUSES = ("รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ")


def write_exports(folder: Path, organisations: int, *, lines: int = 300, year: int = 2566) -> None:
    """organisations.csv, and FOLDER/inbox/<code>/ with one export of each source; the same for the same arguments."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "organisations.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["code", "name", "district", "province"])
        for number in range(organisations):
            out.writerow([f"{number:05d}", f"เทศบาลตำบลทดสอบ {number + 1}", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา"])
    write = partial(_write_both, folder / "inbox", lines, year)
    with ProcessPoolExecutor() as pool:
        list(pool.map(write, range(organisations), chunksize=20))


def _write_both(inbox: Path, lines: int, year: int, number: int) -> None:
    place = inbox / f"{number:05d}"
    place.mkdir(parents=True, exist_ok=True)
    chance = random.Random(number)
    name = f"เทศบาลตำบลทดสอบ {number + 1}"
    write_budget(place / f"elaas_{year}-03-31.xlsx", name, chance, lines, year)
    write_plan(place / f"eplannacc_{year}-03-31.xlsx", name, chance, 30, year)


def write_budget(path: Path, name: str, chance: random.Random, lines: int, year: int) -> None:
    """A budget follow-up with a subtotal a (งาน, งบ) and a total."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("รายงาน")
        sheet.write(0, 0, f"รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. {to_thai_digits(str(year))}")
        months = to_thai_digits(f"เดือนตุลาคม {year - 1} ถึงเดือนมีนาคม {year}")
        sheet.write(1, 0, f"รอบ ๖ เดือน ({months})")
        sheet.write(2, 0, f"{name} อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา")
        sheet.write_row(4, 0, BUDGET_HEADINGS)
        groups = [(work, category) for work in WORKS for category in TYPES]
        row, total = 5, [0] * 6
        for place, (work, category) in enumerate(groups):
            subtotal = [0] * 6
            for line in range(lines // len(groups) + (place < lines % len(groups))):
                types = TYPES[category]
                amounts = _amounts(chance)
                sheet.write_row(row, 0, (work, category, types[line % len(types)], f"โครงการที่ {line + 1} ของ{work}"))
                sheet.write_row(row, 4, [amount / 100 for amount in amounts])
                subtotal = [a + b for a, b in zip(subtotal, amounts, strict=True)]
                row += 1
            sheet.write_row(row, 3, (f"รวม{category}", *(amount / 100 for amount in subtotal)))
            total = [a + b for a, b in zip(total, subtotal, strict=True)]
            row += 1
        sheet.write_row(row, 3, ("รวมทั้งสิ้น", *(amount / 100 for amount in total)))


def _amounts(chance: random.Random) -> list[int]:
    approved = chance.randrange(1000, 300_000_000)
    moved_in = chance.choice((0, 0, 0, chance.randrange(5_000_000)))
    moved_out = chance.choice((0, 0, 0, chance.randrange(approved // 2 + 1)))
    committed = chance.choice((0, 0, chance.randrange((approved + moved_in - moved_out) // 3 + 1)))
    disbursed = chance.randrange(approved + moved_in - moved_out - committed + 1)
    remaining = approved + moved_in - moved_out - committed - disbursed
    return [approved, moved_in, moved_out, committed, disbursed, remaining]


def write_plan(path: Path, name: str, chance: random.Random, projects: int, year: int) -> None:
    """A plan follow-up of four dimensions."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("แผน")
        sheet.write(0, 0, f"รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต ของ{name} พ.ศ. {year} รอบ 6 เดือน")
        sheet.write_row(1, 0, PLAN_HEADINGS)
        sheet.write_row(2, 5, STATUSES)
        for number in range(projects):
            budget = chance.choice((0, chance.randrange(1, 10_000_000)))
            status = chance.randrange(3)
            paid = 0 if status == 0 else budget if status == 2 else chance.randrange(budget + 1)
            cells = (number + 1, f"โครงการส่งเสริมธรรมาภิบาลที่ {number + 1}", number * 4 // projects + 1)
            sheet.write_row(3 + number, 0, (*cells, budget / 100, paid / 100))
            sheet.write(3 + number, 5 + status, "✓")
