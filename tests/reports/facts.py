"""Facts of one report by hand: the six-month figures of the report that Prongsai was made for, one cell corrected."""

import datetime
from dataclasses import replace

from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.money import satang_of
from warehouse.vocabulary.records import (
    MONEY,
    AppliedCorrection,
    BudgetLine,
    CheckedRule,
    Comment,
    Correction,
    EarlierTotals,
    Export,
    Finding,
    LoadedExport,
    Organisation,
    PlanProject,
    ReportFacts,
    Severity,
    Status,
    TitleBlock,
)

ORGANISATION = Organisation("751NH", "เทศบาลตำบลคลองแสนแสบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
FIRST_HALF = Period(FiscalYear(2566), Half.FIRST)
BUDGET_LETTERS = dict(zip(("work", "category", "expense_type", "project", *MONEY), "ABCDEFGHIJ", strict=True))
PLAN_LETTERS = dict(zip(("number", "project", "dimension", "budget", "disbursed"), "ABCDE", strict=True))

_LINES = (
    ("เป็นงบกลางอุดหนุน", "ประกันสังคม", "168,000.00", "48,984.00"),
    ("เป็นงบกลางอุดหนุน", "พัฒนา", "10,000.00", "3,695.00"),
    ("เป็นงบกลางอุดหนุน", "เบี้ยยังชีพผู้สูงอายุ", "6,198,000.00", "2,755,400.00"),
    ("เป็นงบกลางอุดหนุน", "เบี้ยยังชีพคนพิการ", "1,190,400.00", "532,400.00"),
    ("เป็นงบกลางอุดหนุน", "เบี้ยยังชีพผู้พิการ", "48,000.00", "15,000.00"),
    ("เป็นงบกลางอุดหนุน", "เงินอุดหนุน", "109,730.00", "28,350.00"),
    ("รายจ่ายตามสัญญา", "เป็นงบกลางอุดหนุนเพื่อเป็นงบอุดหนุน", "555,000.00", "383,016.60"),
    ("รายจ่ายตามสัญญา", "เป็นงบกลางอุดหนุนเพื่อเป็นงบอุดหนุน", "17,000.00", "8,421.60"),
    ("รายจ่ายตามสัญญา", "ค่าจ้างมาตรฐานสินค้าและบริการ", "47,000.00", "46,854.43"),
    ("รายจ่ายตามสัญญา", "เป็นงบกลางอุดหนุนเพื่อเป็นงบอุดหนุน", "50,000.00", "0.00"),
    ("รายจ่ายตามสัญญา", "เป็นงบกลางอุดหนุนเพื่อเป็นงบอุดหนุน", "100,000.00", "0.00"),
)
_PROJECTS = (
    (
        "โครงการพัฒนาความรู้ด้านกฎหมายและระเบียบที่เกี่ยวข้องกับการปฏิบัติงานสำหรับบุคลากรองค์กรปกครองส่วนท้องถิ่น ผู้บริหารและสมาชิกสภาท้องถิ่น",
        "10,000.00",
        Status.AWAITING_REPORT,
    ),
    (
        "โครงการฝึกอบรมการส่งเสริมคุณธรรมจริยธรรมบุคลากรองค์กรปกครองส่วนท้องถิ่นเพื่อเสริมสร้างวัฒนธรรมองค์กรสุจริต",
        "30,000.00",
        Status.AWAITING_REPORT,
    ),
    ("โครงการเสริมสร้างองค์ความรู้ด้านการต่อต้านการทุจริต", "0.00", Status.AWAITING_REPORT),
    (
        "กิจกรรมยกย่องและเชิดชูเกียรติบุคคล หน่วยงาน องค์กรดีเด่น ผู้ทำคุณประโยชน์หรือเข้าร่วมในกิจกรรมของเทศบาลตำบลคลองแสนแสบ",
        "0.00",
        Status.IN_PROGRESS,
    ),
    ("โครงการสร้างภูมิคุ้มกันทางสังคมให้เด็กและเยาวชนเทศบาลตำบลคลองแสนแสบ", "15,000.00", Status.AWAITING_REPORT),
    (
        "โครงการเชิดชูเกียรติบุคลากรที่ปฏิบัติงานเป็นไปตามมาตรฐาน ด้วยความวิริยะอุตสาหะ และซื่อสัตย์สุจริต",
        "0.00",
        Status.IN_PROGRESS,
    ),
    ("มาตรการส่งเสริมการปฏิบัติงานตามประมวลจริยธรรมของเทศบาลตำบลคลองแสนแสบ", "0.00", Status.IN_PROGRESS),
)


def budget_line(row: int, expense_type: str, project: str, approved: str, disbursed: str) -> BudgetLine:
    """One line of งบกลาง without transfers or commitments."""
    approved_satang, disbursed_satang = satang_of(approved), satang_of(disbursed)
    return BudgetLine(
        source_row=row,
        programme="",
        work="งบกลาง",
        category="งบกลาง",
        expense_type=expense_type,
        project=project,
        approved=approved_satang,
        transfer_in=0,
        transfer_out=0,
        committed=0,
        disbursed=disbursed_satang,
        remaining=approved_satang - disbursed_satang,
    )


BUDGET_LINES = tuple(budget_line(row, *line) for row, line in enumerate(_LINES, 6))
PLAN_PROJECTS = tuple(
    PlanProject(row, str(row - 5), name, 1, satang_of(budget), 0, status, "")
    for row, (name, budget, status) in enumerate(_PROJECTS, 6)
)
CORRECTION = AppliedCorrection(
    Correction(
        organisation="751NH",
        source="elaas",
        period=FIRST_HALF,
        cell="I6",
        printed="68984.00",
        right="48984.00",
        reason="ยอดรวมของคอลัมน์และยอดคงเหลือของแถวต่างจากที่ควรเป็น 20,000.00 บาท ที่เซลล์นี้เซลล์เดียว",
        who="ผู้อำนวยการกองคลัง",
        when=datetime.date(2023, 4, 11),
        evidence="ทะเบียนคุมงบประมาณ",
    ),
    row=0,
    source_row=6,
    column="disbursed",
)
_FINDINGS = (
    Finding(
        "line_balance",
        Severity.CRITICAL,
        Words("แถวนี้คงเหลือไม่เท่ากับอนุมัติ + โอนเพิ่ม − โอนลด − ผูกพัน − เบิกจ่าย", "The line does not balance"),
        row=0,
        source_row=6,
        cell="I6",
        column="disbursed",
        observed="68984.00",
        expected="48984.00",
    ),
    Finding(
        "other_place_in_title",
        Severity.WARNING,
        Words("หัวตารางระบุอำเภอเมืองปทุมธานี จังหวัดปทุมธานี ซึ่งไม่ใช่ที่ตั้งของหน่วยงาน", "The title names another place"),
        source_row=3,
        cell="A3",
        observed="อำเภอเมืองปทุมธานี จังหวัดปทุมธานี",
        expected="อำเภอบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา",
    ),
    Finding(
        "months_in_title",
        Severity.WARNING,
        Words("หัวตารางระบุ ๕ เดือน แต่ช่วงตุลาคมถึงมีนาคมมี ๖ เดือน", "The title says five months"),
        source_row=2,
        cell="A2",
        observed="5",
        expected="6",
    ),
)
_PLAN_FINDINGS = (
    Finding(
        "missing_dimensions",
        Severity.WARNING,
        Words("แผนมีโครงการเฉพาะมิติที่ ๑ ไม่มีมิติที่ ๒ ๓ และ ๔", "Dimensions 2, 3 and 4 are missing"),
    ),
)


def loaded(source: str, **changes: object) -> LoadedExport:
    """An accepted export of one system."""
    budget = source == "elaas"
    standard: dict[str, object] = {
        "export": Export(
            sha256=("b" if budget else "a") * 64,
            size=10_240 if budget else 9_216,
            file_name="751NH_elaas_2566_1.xlsx" if budget else "751NH_eplannacc_2566_1.xlsx",
            origin="inbox",
            fetched_at=datetime.datetime(2023, 4, 10, 18 if budget else 3, 30, tzinfo=datetime.UTC),
            via="inbox",
            organisation="751NH",
        ),
        "source": source,
        "sheet": "รายงาน" if budget else "แผน",
        "letters": BUDGET_LETTERS if budget else PLAN_LETTERS,
        "title": TitleBlock(data_date=datetime.date(2023, 3, 31) if budget else None),
        "period": FIRST_HALF,
        "rows": 11 if budget else 7,
        "findings": _FINDINGS if budget else _PLAN_FINDINGS,
        "corrections": (CORRECTION,) if budget else (),
    }
    return LoadedExport(**(standard | changes))  # type: ignore[arg-type]


def comment(rule: str, cell: str | None, observed: str | None, text: str, **more: object) -> Comment:
    """What the municipal clerk says of a finding of the budget, or of the plan."""
    source = "elaas" if cell else "eplannacc"
    said = ("751NH", source, FIRST_HALF, rule, cell, observed, text, "ปลัดเทศบาล", datetime.date(2023, 4, 12))
    return replace(Comment(*said), **more)  # type: ignore[arg-type]


def commented(*comments: Comment) -> ReportFacts:
    """The facts with these comments, each with the export that it speaks of."""
    budget, plan = (tuple(one for one in comments if one.source == source) for source in ("elaas", "eplannacc"))
    return replace(FACTS, budget=loaded("elaas", comments=budget), plan=loaded("eplannacc", comments=plan))


FACTS = ReportFacts(ORGANISATION, FIRST_HALF, loaded("elaas"), loaded("eplannacc"), BUDGET_LINES, PLAN_PROJECTS)


def facts_of(period: Period) -> ReportFacts:
    """The same facts, as if they were of another period."""
    return replace(FACTS, period=period, budget=loaded("elaas", period=period), plan=loaded("eplannacc", period=period))


def earlier(year: int, half: Half, disbursed: str, **statuses: int) -> EarlierTotals:
    """An earlier period with a budget of 8,000,000.00."""
    amounts = dict.fromkeys(MONEY, 0) | {"approved": satang_of("8,000,000.00"), "disbursed": satang_of(disbursed)}
    plan = {status: statuses.get(status.value, 0) for status in Status}
    files = {"elaas": f"elaas_{year}_{half.value}.xlsx", "eplannacc": f"eplannacc_{year}_{half.value}.xlsx"}
    return EarlierTotals(Period(FiscalYear(year), half), amounts, plan, files)


LAST_YEAR = earlier(2565, Half.FIRST, "3,900,000.00", completed=3, in_progress=2, awaiting_report=2)
RULES = (
    CheckedRule("line_balance", "elaas", Words("คงเหลือของทุกแถวลงตัว", "every line balances")),
    CheckedRule("total_sum", "elaas", Words("ยอดรวมทุกยอดเท่ากับผลรวมของรายการ", "every total is the sum of its lines")),
    CheckedRule("one_status", "eplannacc", Words("ทุกโครงการมีสถานะเดียว", "every project has one status")),
)


BIG = 999_999_999_999_987  # 9,999,999,999,999.87 baht: thirteen digits before the point
VAST = replace(
    FACTS, budget_lines=tuple(replace(line, approved=BIG, disbursed=1, remaining=BIG - 1) for line in BUDGET_LINES)
)


def moved(line: BudgetLine, transfer_in: str, transfer_out: str) -> BudgetLine:
    """A line after transfers, in balance."""
    into, out = satang_of(transfer_in), satang_of(transfer_out)
    return replace(line, transfer_in=into, transfer_out=out, remaining=line.remaining + into - out)


TRANSFERRED = replace(
    FACTS,
    budget_lines=(
        moved(BUDGET_LINES[0], "100,000.00", "0.00"),
        moved(BUDGET_LINES[1], "50,000.00", "0.00"),
        moved(BUDGET_LINES[2], "0.00", "150,000.00"),
        *BUDGET_LINES[3:],
    ),
)
"""150,000.00 baht moved from one line to two."""
