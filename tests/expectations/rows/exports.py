"""Rows for the rules on an export as a whole, and on its printed totals."""

import datetime
from dataclasses import replace

from expectations.confirmations_file import Confirmation
from tests.expectations.readings import OWNER, PERIOD, before, budget, case, plan, true_total
from tests.expectations.rows import Rows, fails, passes
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import MONEY

TRUE = budget()
FULL = Period(PERIOD.fiscal_year, Half.FULL)
NO_TITLE = budget(**dict.fromkeys(("organisation", "district", "province", "fiscal_year", "half", "months"), None))
NO_DAYS = budget(first_month=None, last_month=None, data_date=None, call_date=None)
BLANK = dict.fromkeys(MONEY, 0)
UNPAID = {"budget": 0, "disbursed": 0}
TEN = budget(*[{}] * 10)


def confirmation(rows_before: int, rows: int) -> tuple[Confirmation, ...]:
    """A person's word for so many rows in place of so many."""
    said = "รายการถูกยกเลิก", "ผู้อำนวยการกองคลัง", datetime.date(2023, 4, 12)
    return (Confirmation(OWNER.code, "elaas", PERIOD, rows_before, rows, *said),)


def totalled(label: str = "รวมทั้งสิ้น", **wrong: int):
    """The true table under a total of which some amounts are wrong."""
    return budget(totals=[true_total(TRUE, label, **wrong)])


ROWS = {
    "organisation.unknown": Rows(
        passing=TRUE,
        failing=case(TRUE, organisation=None),
        null=fails(case(NO_TITLE, organisation=None)),
        boundary=passes(NO_TITLE),
    ),
    "organisation.name": Rows(
        passing=TRUE,
        failing=budget(organisation="เทศบาลตำบลอื่น"),
        null=passes(NO_TITLE),
        boundary=fails(budget(organisation=OWNER.name + "ๆ")),
    ),
    "organisation.district": Rows(
        passing=TRUE,
        failing=budget(district="เมืองปทุมธานี", province="ปทุมธานี"),
        null=passes(NO_TITLE),
        boundary=passes(case(TRUE, organisation=replace(OWNER, district=""))),
    ),
    "organisation.province": Rows(
        passing=TRUE,
        failing=budget(province="ปทุมธานี"),
        null=passes(NO_TITLE),
        boundary=passes(case(TRUE, organisation=replace(OWNER, province=""))),
    ),
    "organisation.place": Rows(
        passing=TRUE,
        failing=budget(district="วังน้ำเขียว"),
        null=passes(budget(district=None)),
        boundary=passes(budget(district="เมือง")),
    ),
    "period.missing": Rows(
        passing=TRUE,
        failing=case(TRUE, period=None),
        null=fails(case(NO_TITLE, period=None)),
        boundary=passes(NO_TITLE),
    ),
    "period.other": Rows(
        passing=TRUE,
        failing=budget(fiscal_year=FiscalYear(2565)),
        null=passes(NO_TITLE),
        boundary=fails(case(TRUE, period=FULL)),
    ),
    "period.months": Rows(
        passing=TRUE, failing=budget(months=5), null=passes(NO_DAYS), boundary=fails(budget(months=7))
    ),
    "period.range": Rows(
        passing=TRUE,
        failing=budget(first_month=datetime.date(2021, 10, 1), last_month=datetime.date(2022, 3, 1)),
        null=passes(NO_DAYS),
        boundary=fails(budget(last_month=datetime.date(2023, 4, 1))),
    ),
    "period.data_date": Rows(
        passing=TRUE,
        failing=budget(data_date=datetime.date(2023, 3, 1)),
        null=passes(NO_DAYS),
        boundary=fails(budget(data_date=PERIOD.cut_off - datetime.timedelta(1))),
    ),
    "period.called_early": Rows(
        passing=TRUE,
        failing=budget(data_date=None, call_date=datetime.date(2023, 3, 30)),
        null=passes(NO_DAYS),
        boundary=passes(budget(call_date=PERIOD.cut_off)),
    ),
    "history.rows_gone": Rows(
        passing=case(TEN, previous=before(TEN)),
        failing=case(budget(*[{}] * 79), previous=before(budget(*[{}] * 100))),
        null=passes(case(TRUE, previous=None)),
        boundary=passes(case(budget(*[{}] * 8), previous=before(TEN))),
    ),
    "history.line_gone": Rows(
        passing=case(TEN, previous=before(TRUE)),
        failing=case(TRUE, previous=before(budget({}, {}, {}))),
        null=passes(case(TRUE, previous=None)),
        boundary=passes(case(TRUE, previous=before(TEN, FULL))),
    ),
    "confirmation.applied": Rows(
        passing=case(TEN, previous=before(TEN)),
        failing=case(TRUE, previous=before(TEN), confirmations=confirmation(10, 2)),
        null=fails(case(TRUE, previous=None, confirmations=confirmation(10, 2))),
        boundary=passes(case(TRUE, previous=before(TEN), confirmations=confirmation(9, 2))),
    ),
    "confirmation.expired": Rows(
        passing=case(TRUE, previous=before(TEN), confirmations=confirmation(10, 2)),
        failing=case(TRUE, previous=before(TEN), confirmations=confirmation(9, 2)),
        null=passes(case(TEN, previous=None, confirmations=confirmation(10, 2))),
        boundary=fails(case(TEN, previous=before(TRUE), confirmations=confirmation(10, 2))),
    ),
    "budget.transfers": Rows(
        passing=budget({"transfer_in": 5_00, "remaining": 55_00}, {"transfer_out": 5_00, "remaining": 45_00}),
        failing=budget({"transfer_in": 5_00, "remaining": 55_00}),
        null=passes(budget(BLANK)),
        boundary=fails(budget({"transfer_in": 1, "remaining": 50_01})),
    ),
    "total.none": Rows(
        passing=TRUE,
        failing=budget(totals=[]),
        null=fails(budget(BLANK, totals=[])),
        boundary=passes(totalled()),
    ),
    "total.identity": Rows(
        passing=TRUE,
        failing=budget({"remaining": 59_00}, {}),
        null=passes(totalled(**BLANK)),
        boundary=fails(budget({"remaining": 50_01}, {})),
    ),
    "total.sum": Rows(
        passing=plan(totals=None),
        failing=totalled(approved=300_00, remaining=200_00),
        null=fails(plan(*[UNPAID] * 4, totals=[true_total(plan(*[UNPAID] * 4), budget=1_00)])),
        boundary=fails(plan(totals=[true_total(plan(), budget=400_01)])),
    ),
    "total.count": Rows(
        passing=totalled("รวม ๒ รายการ"),
        failing=totalled("รวม 69 รายการ"),
        null=passes(totalled("")),
        boundary=fails(totalled("รวม 3 รายการ")),
    ),
    "balance.cell": Rows(
        passing=TRUE,
        failing=budget({"disbursed": 50_00}, {}, totals=[true_total(TRUE)]),
        null=passes(budget({"disbursed": 50_00}, totals=[])),
        boundary=fails(budget({"disbursed": 40_01}, {}, totals=[true_total(TRUE)])),
    ),
    "balance.candidate": Rows(
        passing=TRUE,
        failing=budget({"disbursed": 50_00}, totals=[]),
        null=passes(budget(BLANK)),
        boundary=passes(budget({"disbursed": 50_00}, {}, totals=[true_total(TRUE)])),
    ),
    "balance.unexplained": Rows(
        passing=budget(*[{}] * 30),
        failing=budget(*[{"disbursed": 41_00}] * 30),
        null=passes(budget(*[BLANK] * 30)),
        boundary=passes(budget(*[{"disbursed": 41_00}] * 20, totals=[])),
    ),
}
