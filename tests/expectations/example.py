"""The budget of the example as it is read: eleven lines, two printed totals, and one wrong cell."""

from typing import Any

from expectations.case import Case
from tests.expectations.readings import FIRST_ROW, PERIOD, budget, case, true_total
from warehouse.vocabulary.records import MONEY, Organisation

OWNER = Organisation("751NH", "เทศบาลตำบลคลองแสนแสบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
_APPROVED_AND_DISBURSED = (
    (168_000_00, 48_984_00),
    (10_000_00, 3_695_00),
    (6_198_000_00, 2_755_400_00),
    (1_190_400_00, 532_400_00),
    (48_000_00, 15_000_00),
    (109_730_00, 28_350_00),
    (555_000_00, 383_016_60),
    (17_000_00, 8_421_60),
    (47_000_00, 46_854_43),
    (50_000_00, 0),
    (100_000_00, 0),
)


def example(**known: Any) -> Case:
    """The example, to be changed at will. The wrong cell is I6, which prints 68,984.00."""
    lines = [
        {"approved": approved, "committed": 0, "disbursed": disbursed, "remaining": approved - disbursed}
        for approved, disbursed in _APPROVED_AND_DISBURSED
    ]
    labels = {"programme": "", "work": "งบกลาง", "category": "งบกลาง", "expense_type": "งบกลาง"}
    reading = budget(*(line | labels for line in lines), organisation=OWNER.name, data_date=None, call_date=None)
    below = FIRST_ROW + reading.rows
    reading.totals = [true_total(reading, "รวมงบกลาง", row=row) for row in (below, below + 1)]
    reading.columns["disbursed"][0] = 68_984_00
    reading.letters = dict(zip(("work", "category", "expense_type", "project", *MONEY), "ABCDEFGHIJ", strict=True))
    return case(reading, **({"organisation": OWNER, "period": PERIOD} | known))
