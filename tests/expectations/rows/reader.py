"""Rows for what a reader could not take, and for corrections."""

import datetime
from dataclasses import replace

from expectations.case import Case
from expectations.catalogue import rules_of
from tests.expectations.readings import OWNER, PERIOD, budget, case
from tests.expectations.rows import Row, Rows, fails, passes
from warehouse.vocabulary.records import Correction, Defect

SAID = Correction(
    OWNER.code, "elaas", PERIOD, "J6", "40.00", "41.00", "พิมพ์ผิด", "ผู้อำนวยการกองคลัง", datetime.date(2023, 4, 12)
)
OTHER = replace(SAID, right="42.00")
EXPIRED = replace(SAID, printed="39.00")


def reading_with(*defects: Defect) -> Case:
    reading = budget()
    reading.defects += defects
    return case(reading)


# A defect is a finding whatever it says; another kind of defect is no finding of this rule.
ROWS: dict[str, Rows | dict[str, Row]] = {
    rule.rule: Rows(
        passing=reading_with(),
        failing=reading_with(Defect(rule.rule, 7, "approved", "E7", "x", "y", 1)),
        null=fails(reading_with(Defect(rule.rule))),
        boundary=passes(reading_with(Defect("row.hidden" if rule.rule != "row.hidden" else "sheet.hidden"))),
    )
    for rule in rules_of("defect")
    if not rule.rule.startswith("correction.")
}
ROWS |= {
    "correction.applied": {
        "passing": passes(budget()),
        "failing": fails(budget(), SAID),
        "null": fails(budget({"disbursed": 0}), replace(SAID, printed="-")),
        "boundary": fails(budget(), replace(SAID, printed=" ๔๐.๐๐ ")),
    },
    "correction.expired": {
        "passing": passes(budget(), SAID),
        "failing": fails(budget(), EXPIRED),
        "null": fails(budget({"disbursed": 0}), SAID),
        "boundary": fails(budget(), replace(SAID, cell="J5")),
    },
    "correction.twice": {
        "passing": passes(budget(), SAID, replace(SAID, cell="J7")),
        "failing": fails(budget(), SAID, OTHER),
        "null": passes(budget()),
        "boundary": passes(budget(), SAID, replace(SAID, who="อีกคน")),
    },
    "correction.unreadable": {
        "passing": passes(budget(), SAID),
        "failing": fails(budget(), replace(SAID, right="สี่สิบ")),
        "null": passes(budget(), replace(SAID, right="-")),
        "boundary": fails(budget(), replace(SAID, right="41.005")),
    },
}
