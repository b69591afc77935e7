"""What was transferred between budget lines: the lines, and the figures of all of them."""

from collections.abc import Sequence

from reports.figure import Figure, Figures, origin_of
from reports.groups import revised
from warehouse.vocabulary.records import BudgetLine, ReportFacts


def transferred(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The lines that got or gave money, those that moved most first."""
    moved = [line for line in lines if line.transfer_in or line.transfer_out]
    return sorted(moved, key=lambda line: (-line.transfer_in - line.transfer_out, line.source_row))


def transfer_figures(facts: ReportFacts, totals: Figures) -> tuple[Figure, Figure, Figure, Figure]:
    """How many lines transferred, their budget before and after, and how much more (+) or less (−) came in than out."""
    lines = transferred(facts.budget_lines)
    rows = [line.source_row for line in lines]
    into, out = totals["transfer_in"], totals["transfer_out"]
    difference = None if into.value is None or out.value is None else into.value - out.value
    known = bool(facts.budget_lines)
    before = origin_of(facts.budget, "approved", rows)
    moved = (*origin_of(facts.budget, "transfer_in", rows), *origin_of(facts.budget, "transfer_out", rows))
    return (
        Figure(
            "lines_transferred",
            "รายการที่โอนงบประมาณ",
            "count",
            len(lines),
            origin_of(facts.budget, None, rows),
            "นับรายการ",
        ),
        Figure(
            "transferred_approved",
            "งบประมาณอนุมัติของรายการที่โอน",
            "baht",
            sum(line.approved for line in lines) if known else None,
            before,
            "ผลรวมของรายการที่มีการโอน",
        ),
        Figure(
            "transferred_revised",
            "งบประมาณหลังโอนของรายการที่โอน",
            "baht",
            sum(map(revised, lines)) if known else None,
            (*before, *moved),
            "งบประมาณอนุมัติ + โอนเพิ่ม − โอนลด ของรายการที่มีการโอน",
        ),
        Figure(
            "transfer_difference",
            "ผลต่างของโอนเพิ่มกับโอนลด",
            "baht",
            difference,
            into.origins + out.origins,
            "โอนเพิ่ม − โอนลด",
        ),
    )
