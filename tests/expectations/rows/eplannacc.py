"""Rows for the rules on plan projects."""

import datetime

from expectations.crosswalk_file import Match
from tests.expectations.readings import OWNER, PERIOD, before, budget, case, plan
from tests.expectations.rows import Rows, fails, passes

ROAD = budget({"project": "ปรับปรุงถนนสายหลัก"}, {"project": "โครงการอบรมคุณธรรม"}).columns
TRAINING = {"project": "อบรมคุณธรรม"}
CASES = {"budget": ROAD, "matches": ()}


def match(project: str, budget_line: str) -> tuple[Match]:
    return (Match(OWNER.code, PERIOD.fiscal_year, project, budget_line, "ผู้อนุมัติ", datetime.date(2023, 4, 1)),)


MATCHED = {"budget": ROAD, "matches": match("อบรมคุณธรรม", "โครงการอบรมคุณธรรม")}
UNPAID = {"disbursed": 0}

ROWS = {
    "plan.one_status": Rows(
        passing=plan(),
        failing=plan({"tick_count": 2}),
        null=fails(plan({"tick_count": 0, "status": None})),
        boundary=passes(plan({"tick_count": 1})),
    ),
    "plan.dimension": Rows(
        passing=plan({"dimension": 1}),
        failing=plan({"dimension": 5}),
        null=fails(plan({"dimension": None})),
        boundary=passes(plan({"dimension": 4})),
    ),
    "plan.negative": Rows(
        passing=plan(),
        failing=plan({"disbursed": -1_00}),
        null=passes(plan({"budget": 0, "disbursed": 0})),
        boundary=fails(plan({"budget": -1, "disbursed": 0})),
    ),
    "plan.awaiting_paid": Rows(
        passing=plan({"status": "awaiting_report"} | UNPAID),
        failing=plan({"status": "awaiting_report", "disbursed": 5_00}),
        null=passes(plan({"status": None, "tick_count": 0})),
        boundary=fails(plan({"status": "awaiting_report", "disbursed": 1})),
    ),
    "plan.completed_unpaid": Rows(
        passing=plan({"status": "completed"}),
        failing=plan({"status": "completed"} | UNPAID),
        null=passes(plan({"status": "completed", "budget": 0} | UNPAID)),
        boundary=passes(plan({"status": "completed", "disbursed": 1})),
    ),
    "plan.over_budget": Rows(
        passing=plan({"budget": 100_00, "disbursed": 99_00}),
        failing=plan({"budget": 100_00, "disbursed": 100_01}),
        null=passes(plan({"budget": 0, "disbursed": 0})),
        boundary=passes(plan({"budget": 100_00, "disbursed": 100_00})),
    ),
    "plan.duplicate": Rows(
        passing=plan({"project": "ก"}, {"project": "ข"}),
        failing=plan({"project": "ก"}, {"project": "ก"}),
        null=passes(plan({"project": ""})),
        boundary=passes(plan({"project": "ก"}, {"project": "ก "})),
    ),
    "plan.numbering": Rows(
        passing=plan({"number": "1"}, {"number": "๒"}, {"number": "1"}),
        failing=plan({"number": "1"}, {"number": "3"}),
        null=passes(plan({"number": "1"}, {"number": ""})),
        boundary=fails(plan({"number": "2"}, {"number": "2"})),
    ),
    "history.paid_fell": Rows(
        passing=case(plan(), previous=before(plan({"disbursed": 39_99}, {}, {}, {}))),
        failing=case(plan(), previous=before(plan({"disbursed": 41_00}, {}, {}, {}))),
        null=passes(case(plan(), previous=None)),
        boundary=passes(case(plan(), previous=before(plan()))),
    ),
    "history.status_back": Rows(
        passing=case(plan({"status": "completed"}), previous=before(plan({"status": "in_progress"}))),
        failing=case(plan({"status": "in_progress"}), previous=before(plan({"status": "completed"}))),
        null=passes(case(plan({"status": "in_progress"}), previous=before(plan({"status": None})))),
        boundary=passes(case(plan({"status": "not_feasible"}), previous=before(plan({"status": "completed"})))),
    ),
    "crosswalk.unmatched": Rows(
        passing=case(plan(TRAINING), **MATCHED),
        failing=case(plan(TRAINING), **CASES),
        null=passes(case(plan(TRAINING), budget=None)),
        boundary=passes(case(plan(TRAINING | {"budget": 0, "disbursed": 0}), **CASES)),
    ),
    "crosswalk.paid": Rows(
        passing=case(plan(TRAINING), **MATCHED),
        failing=case(plan(TRAINING | {"disbursed": 30_00}), **MATCHED),
        null=passes(case(plan(TRAINING), budget=None, matches=MATCHED["matches"])),
        boundary=fails(case(plan(TRAINING | {"disbursed": 40_01}), **MATCHED)),
    ),
    "crosswalk.expired": Rows(
        passing=case(plan(TRAINING), **MATCHED),
        failing=case(plan(TRAINING), budget=ROAD, matches=match("อบรมคุณธรรม", "ไม่มีแล้ว")),
        null=passes(case(plan(TRAINING), budget=None, matches=match("ไม่มี", "ไม่มีแล้ว"))),
        boundary=passes(case(plan(TRAINING), budget=ROAD, matches=())),
    ),
    "plan.all_dimensions": Rows(
        passing=plan({}, {}, {}, {}),
        failing=plan({}),
        null=fails(plan({"dimension": None}, {}, {}, {})),
        boundary=fails(plan({}, {}, {}, {"dimension": 5})),
    ),
}
