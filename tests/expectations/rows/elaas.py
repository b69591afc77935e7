"""Rows for the rules on budget lines."""

from tests.expectations.readings import before, budget, case
from tests.expectations.rows import Rows, fails, passes
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import LABELS, MONEY

NO_MONEY = dict.fromkeys(MONEY, 0)
NO_LABELS = dict.fromkeys(LABELS, "")
SPENT = {"committed": 0, "disbursed": 100_00, "remaining": 0}
MORE = {"disbursed": 100_01, "remaining": -1}
MUCH_MORE = {"disbursed": 100_02, "remaining": -2}
THIS = budget()


def since(now: dict[str, object], then: dict[str, object], **known: object):
    """A line as it stands now, with the same line as it stood in an earlier export."""
    return case(budget(now), previous=before(budget(then), **known))


ROWS = {
    "budget.identity": Rows(
        passing=budget({"transfer_in": 5_00, "transfer_out": 1_00, "remaining": 54_00}),
        failing=budget({"remaining": 49_99}, totals=[]),
        null=passes(budget(NO_MONEY)),
        boundary=fails(budget({"remaining": 50_01}, totals=[])),
    ),
    "budget.negative": Rows(
        passing=budget(),
        failing=budget({"transfer_out": -5_00, "remaining": 55_00}),
        null=passes(budget(NO_MONEY)),
        boundary=fails(budget({"committed": -1, "remaining": 60_01})),
    ),
    "budget.overspent": Rows(
        passing=budget(SPENT),
        failing=budget(SPENT | MUCH_MORE),
        null=passes(budget(NO_MONEY)),
        boundary=passes(budget(SPENT | MORE)),
    ),
    "budget.overspent_rounding": Rows(
        passing=budget(SPENT),
        failing=budget(SPENT | MORE),
        null=passes(budget(NO_MONEY)),
        boundary=passes(budget(SPENT | MUCH_MORE)),
    ),
    "budget.duplicate": Rows(
        passing=budget({"project": "ก"}, {"project": "ข"}),
        failing=budget({"project": "ก"}, {"project": "ข"}, {"project": "ก"}),
        null=fails(budget(NO_LABELS, NO_LABELS)),
        boundary=passes(budget({"project": "ก"}, {"project": "ก", "expense_type": "ค่าใช้สอย"})),
    ),
    "names.programme": Rows(
        passing=budget({"programme": "แผนงานการศาสนา วัฒนธรรม และนันทนาการ", "work": "กีฬาและนันทนาการ"}),
        failing=budget({"programme": "การศาสนา วัฒนธรม และนันทนาการ"}),
        null=passes(budget({"programme": ""})),
        boundary=passes(budget({"programme": "แผนงาน บริหารงานทั่วไป"})),
    ),
    "names.work": Rows(
        passing=budget({"work": "งานสารสนเทศ"}),
        failing=budget({"work": "บริหารทัวไป"}),
        null=passes(budget({"work": ""})),
        boundary=fails(case(budget({"work": "สารสนเทศ"}), period=Period(FiscalYear(2564), Half.FIRST))),
    ),
    "names.category": Rows(
        passing=budget({"category": "งบลงทุน"}),
        failing=budget({"category": "งบลงทน"}),
        null=passes(budget({"category": ""})),
        boundary=passes(case(budget({"category": "งบกลาง"}), period=None)),
    ),
    "names.expense_type": Rows(
        passing=budget({"expense_type": "เบี้ยยังชีพผู้สูงอายุ"}),
        failing=budget({"expense_type": "ค่าวัสดุุุ"}),
        null=passes(budget({"expense_type": ""})),
        boundary=passes(budget({"expense_type": "อื่นๆ"})),
    ),
    "names.misplaced": Rows(
        passing=budget({"programme": "การศาสนาวัฒนธรรมและนันทนาการ", "work": "กีฬาและนันทนาการ"}),
        failing=budget({"programme": "สร้างความเข้มแข็งของชุมชน", "work": "กีฬาและนันทนาการ"}),
        null=passes(budget({"programme": "", "work": "กีฬาและนันทนาการ"})),
        boundary=passes(budget({"programme": "ไม่รู้จัก", "work": "กีฬาและนันทนาการ"})),
    ),
    "history.disbursed_fell": Rows(
        passing=since({"disbursed": 40_00}, {"disbursed": 30_00}),
        failing=since({"disbursed": 30_00, "remaining": 60_00}, {"disbursed": 40_00}),
        null=passes(case(THIS, previous=None)),
        boundary=passes(since({"disbursed": 40_00}, {"disbursed": 40_00})),
    ),
    "history.approved_changed": Rows(
        passing=since({"transfer_in": 5_00, "remaining": 55_00}, {}),
        failing=since({"approved": 105_00, "remaining": 55_00}, {}),
        null=passes(case(THIS, previous=None)),
        boundary=passes(since({"approved": 105_00, "transfer_in": 5_00, "remaining": 60_00}, {})),
    ),
}  # fmt: skip
