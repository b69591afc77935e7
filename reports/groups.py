"""Budget lines in groups, with subtotals that we compute ourselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.figure import percent
from warehouse.vocabulary.records import LABELS, MONEY, BudgetLine

TABLE_LEVELS = ("programme", "work", "category")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that share a label, split further into parts where a deeper level says more; amounts in satang."""

    level: str
    label: str
    lines: tuple[BudgetLine, ...]
    parts: tuple["Group", ...]

    @property
    def is_named_by_file(self) -> bool:
        """Whether the label stands in the file; what sums up other groups is named by us."""
        return bool(getattr(self.lines[0], self.level) == self.label)

    @property
    def amounts(self) -> tuple[int, ...]:
        """The six money columns of these lines, summed."""
        return totals(self.lines)

    @property
    def revised(self) -> int:
        """approved + transfer_in - transfer_out of these lines."""
        return sum(map(revised, self.lines))

    @property
    def disbursed(self) -> int:
        """What these lines paid."""
        return sum(line.disbursed for line in self.lines)

    @property
    def percent_disbursed(self) -> Decimal | None:
        """Paid of the revised budget, in percent."""
        return percent(self.disbursed, self.revised)


def totals(lines: Sequence[BudgetLine]) -> tuple[int, ...]:
    """The six money columns summed, in the order of MONEY."""
    return tuple(sum(getattr(line, column) for line in lines) for column in MONEY)


def revised(line: BudgetLine) -> int:
    """What one line may spend after transfers."""
    return line.approved + line.transfer_in - line.transfer_out


def grouped(lines: Sequence[BudgetLine], levels: Sequence[str] = TABLE_LEVELS) -> tuple[Group, ...]:
    """The lines as a tree, groups in the order printed.

    A level that is blank everywhere, or says again what the level above it says, gives no group of its own.
    """
    if not levels:
        return ()
    level, deeper = levels[0], levels[1:]
    if all(not getattr(line, level) for line in lines):
        return grouped(lines, deeper)
    return tuple(
        Group(level, label, members, _parts(members, label, deeper)) for label, members in split(lines, level).items()
    )


def _parts(lines: Sequence[BudgetLine], label: str, levels: Sequence[str]) -> tuple[Group, ...]:
    parts = grouped(lines, levels)
    return parts[0].parts if len(parts) == 1 and parts[0].label in ("", label) else parts


def split(lines: Sequence[BudgetLine], level: str) -> dict[str, tuple[BudgetLine, ...]]:
    """The lines by their label at one level, in the order of first appearance."""
    by_label: dict[str, list[BudgetLine]] = {}
    for line in lines:
        by_label.setdefault(getattr(line, level), []).append(line)
    return {label: tuple(members) for label, members in by_label.items()}


def telling_level(lines: Sequence[BudgetLine]) -> str:
    """The outermost level with more than one value: what a summary and a chart are made by."""
    for level in LABELS:
        if len(split(lines, level)) > 1:
            return level
    return "project"


def largest_unspent(lines: Sequence[BudgetLine], number: int = 5) -> list[BudgetLine]:
    """The lines with most money left, largest first."""
    left = [line for line in lines if line.remaining > 0]
    return sorted(left, key=lambda line: (-line.remaining, line.source_row))[:number]


def summary_groups(lines: Sequence[BudgetLine], level: str, most: int = 12) -> list[Group]:
    """One group a label, in the order printed; where there are more than most, the largest and the rest as one."""
    groups = [Group(level, label, members, ()) for label, members in split(lines, level).items()]
    if len(groups) <= most:
        return groups
    by_size = sorted(groups, key=lambda group: -group.revised)
    rest = by_size[most - 1 :]
    others = Group(level, f"อื่น ๆ รวม {len(rest)} กลุ่ม", tuple(line for group in rest for line in group.lines), ())
    return [*by_size[: most - 1], others]
