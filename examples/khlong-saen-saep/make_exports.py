"""Write the two example exports into inbox/, as an officer would hand them in; README.md says what is real in them."""

import datetime
from pathlib import Path

import xlsxwriter

INBOX = Path(__file__).parent / "inbox" / "751NH"
PLACE = "เทศบาลตำบลคลองแสนแสบ อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา"
PRINTED_ON = datetime.datetime(2023, 4, 10, tzinfo=datetime.UTC)

BUDGET_HEADINGS = (
    "งาน", "งบ", "ประเภทรายจ่าย", "โครงการ",
    "งบประมาณอนุมัติ (บาท)", "โอนเพิ่ม (บาท)", "โอนลด (บาท)", "ผูกพัน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)",
)  # fmt: skip
# Labels are printed once and blank below. 68984.00 is the printed figure; 48984.00 is what row and column both need.
BUDGET_LINES = (
    ("งบกลาง", "งบกลาง", "งบกลาง", "เงินสมทบกองทุนประกันสังคม", 168000.00, 0, 0, 0, 68984.00, 119016.00),
    ("", "", "", "เงินสมทบกองทุนเงินทดแทน", 10000.00, 0, 0, 0, 3695.00, 6305.00),
    ("", "", "", "เบี้ยยังชีพผู้สูงอายุ", 6198000.00, 0, 0, 0, 2755400.00, 3442600.00),
    ("", "", "", "เบี้ยยังชีพความพิการ", 1190400.00, 0, 0, 0, 532400.00, 658000.00),
    ("", "", "", "เบี้ยยังชีพผู้ป่วยเอดส์", 48000.00, 0, 0, 0, 15000.00, 33000.00),
    ("", "", "", "สำรองจ่าย", 109730.00, 0, 0, 0, 28350.00, 81380.00),
    ("", "", "รายจ่ายตามข้อผูกพัน", "รายจ่ายตามข้อผูกพัน รายการที่ 1", 555000.00, 0, 0, 0, 383016.60, 171983.40),
    ("", "", "", "รายจ่ายตามข้อผูกพัน รายการที่ 2", 17000.00, 0, 0, 0, 8421.60, 8578.40),
    ("", "", "", "รายจ่ายตามข้อผูกพัน รายการที่ 3", 47000.00, 0, 0, 0, 46854.43, 145.57),
    ("", "", "", "รายจ่ายตามข้อผูกพัน รายการที่ 4", 50000.00, 0, 0, 0, 0, 50000.00),
    ("", "", "", "รายจ่ายตามข้อผูกพัน รายการที่ 5", 100000.00, 0, 0, 0, 0, 100000.00),
    ("", "", "", "รวมงบกลาง", 8493130.00, 0, 0, 0, 3822121.63, 4671008.37),
    ("", "", "", "รวมงบกลาง", 8493130.00, 0, 0, 0, 3822121.63, 4671008.37),
)

STATUSES = ("รอรายงาน", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ")
PLAN_PROJECTS = (
    (
        "โครงการพัฒนาความรู้ด้านกฎหมายและระเบียบที่เกี่ยวข้องกับการปฏิบัติงานสำหรับบุคลากรองค์กรปกครองส่วนท้องถิ่น ผู้บริหารและสมาชิกสภาท้องถิ่น",
        10000.00,
        "รอรายงาน",
    ),
    (
        "โครงการฝึกอบรมการส่งเสริมคุณธรรมจริยธรรมบุคลากรองค์กรปกครองส่วนท้องถิ่นเพื่อเสริมสร้างวัฒนธรรมองค์กรสุจริต",
        30000.00,
        "รอรายงาน",
    ),
    ("โครงการเสริมสร้างองค์ความรู้ด้านการต่อต้านการทุจริต", 0.00, "รอรายงาน"),
    (
        "กิจกรรมยกย่องและเชิดชูเกียรติบุคคล หน่วยงาน องค์กรดีเด่น ผู้ทำคุณประโยชน์หรือเข้าร่วมในกิจกรรมของเทศบาลตำบลคลองแสนแสบ",
        0.00,
        "อยู่ระหว่างดำเนินการ",
    ),
    ("โครงการสร้างภูมิคุ้มกันทางสังคมให้เด็กและเยาวชนเทศบาลตำบลคลองแสนแสบ", 15000.00, "รอรายงาน"),
    (
        "โครงการเชิดชูเกียรติบุคลากรที่ปฏิบัติงานเป็นไปตามมาตรฐาน ด้วยความวิริยะอุตสาหะ และซื่อสัตย์สุจริต",
        0.00,
        "อยู่ระหว่างดำเนินการ",
    ),
    ("มาตรการส่งเสริมการปฏิบัติงานตามประมวลจริยธรรมของเทศบาลตำบลคลองแสนแสบ", 0.00, "อยู่ระหว่างดำเนินการ"),
)


def write_budget(path: Path) -> None:
    """The budget follow-up of e-LAAS: 11 lines and the two printed totals รวมงบกลาง."""
    book, sheet, head, cell, money = _workbook(path, "รายงาน")
    sheet.write(0, 0, "รายงานผลการดำเนินงานตามแผนการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖")
    sheet.write(1, 0, "รอบ ๖ เดือน (เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)")
    sheet.write(2, 0, PLACE)
    sheet.write_row(4, 0, BUDGET_HEADINGS, head)
    for row, line in enumerate(BUDGET_LINES, start=5):
        sheet.write_row(row, 0, line[:4], cell)
        for column, amount in enumerate(line[4:], start=4):
            sheet.write_number(row, column, amount, money)
    sheet.set_column(0, 2, 18)
    sheet.set_column(3, 3, 36)
    sheet.set_column(4, 9, 16)
    book.close()


def write_plan(path: Path) -> None:
    """The follow-up of the anti-corruption plan: 7 projects, ticks under the merged heading สถานะ."""
    book, sheet, head, cell, money = _workbook(path, "แผน")
    sheet.write(0, 0, "รายงานผลการดำเนินงานตามแผนปฏิบัติการป้องกันการทุจริต พ.ศ. 2566 รอบ 6 เดือน")
    sheet.write(1, 0, PLACE)
    headings = ("ลำดับ", "รายการโครงการ", "มิติ", "งบประมาณ (บาท)", "เบิกจ่าย (บาท)")
    for column, heading in enumerate(headings):
        sheet.merge_range(3, column, 4, column, heading, head)
    sheet.merge_range(3, 5, 3, 7, "สถานะ", head)
    sheet.write_row(4, 5, STATUSES, head)
    sheet.merge_range(3, 8, 4, 8, "หมายเหตุ", head)
    for number, (project, budget, status) in enumerate(PLAN_PROJECTS, start=1):
        sheet.write_row(4 + number, 0, (number, project, 1), cell)
        sheet.write_row(4 + number, 3, (budget, 0), money)
        sheet.write_row(4 + number, 5, ["✓" if status == one else "" for one in STATUSES] + [""], cell)
    sheet.set_column(1, 1, 60)
    sheet.set_column(3, 8, 16)
    book.close()


def _workbook(path: Path, name: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": "ตัวอย่าง", "created": PRINTED_ON})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 1, "num_format": "#,##0.00", "valign": "top"})
    return book, book.add_worksheet(name), head, cell, money


if __name__ == "__main__":
    write_budget(INBOX / "elaas_2566-03-31.xlsx")
    write_plan(INBOX / "eplannacc_2566-03-31.xlsx")
