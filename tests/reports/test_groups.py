"""Groups and their subtotals."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reports.groups import Group, grouped, largest_unspent, summary_groups, telling_level, totals
from tests.reports.facts import BUDGET_LINES
from warehouse.vocabulary.records import BudgetLine

LINE = BUDGET_LINES[0]
labels = st.sampled_from(["", "ก", "ข", "ค"])
lines_in_any_groups = st.lists(
    st.builds(
        lambda programme, work, category, approved, disbursed: replace(
            LINE, programme=programme, work=work, category=category, approved=approved, disbursed=disbursed
        ),
        labels,
        labels,
        labels,
        st.integers(0, 10**12),
        st.integers(0, 10**12),
    ),
    min_size=1,
    max_size=30,
).map(tuple)


def leaves(group: Group) -> list[BudgetLine]:
    """The lines under a group as the table prints them."""
    return [line for part in group.parts for line in leaves(part)] if group.parts else list(group.lines)


@given(lines_in_any_groups)
def test_subtotals_of_every_level_add_up_to_the_total(lines: tuple[BudgetLine, ...]) -> None:
    groups = grouped(lines)
    if groups:
        assert tuple(map(sum, zip(*(group.amounts for group in groups), strict=True))) == totals(lines)
    for group in groups:
        if group.parts:
            assert tuple(map(sum, zip(*(part.amounts for part in group.parts), strict=True))) == group.amounts


@given(lines_in_any_groups)
def test_every_line_stands_in_one_group(lines: tuple[BudgetLine, ...]) -> None:
    groups = grouped(lines)
    if groups:
        assert sorted(map(repr, (line for group in groups for line in leaves(group)))) == sorted(map(repr, lines))


def test_a_level_that_repeats_the_one_above_gives_no_group() -> None:
    (group,) = grouped(BUDGET_LINES)
    assert (group.level, group.label, group.parts) == ("work", "งบกลาง", ())


def test_groups_keep_the_order_in_which_they_are_printed() -> None:
    lines = [replace(LINE, work=work) for work in ("งานคลัง", "งานช่าง", "งานคลัง")]
    assert [(group.label, len(group.lines)) for group in grouped(lines)] == [("งานคลัง", 2), ("งานช่าง", 1)]


def test_the_summary_is_made_by_the_outermost_level_that_tells_something() -> None:
    assert telling_level(BUDGET_LINES) == "expense_type"
    assert telling_level([LINE]) == "project"
    assert telling_level([LINE, replace(LINE, programme="แผนงานการศึกษา")]) == "programme"


def test_a_summary_of_many_groups_keeps_the_largest_and_adds_up_the_rest() -> None:
    lines = [replace(LINE, project=f"โครงการ {number}", approved=number) for number in range(1, 31)]
    groups = summary_groups(lines, "project", most=4)
    assert [group.label for group in groups] == ["โครงการ 30", "โครงการ 29", "โครงการ 28", "อื่น ๆ รวม 27 กลุ่ม"]
    assert sum(group.revised for group in groups) == sum(range(1, 31))


def test_the_largest_unspent_lines_come_first_and_spent_ones_not_at_all() -> None:
    assert [line.source_row for line in largest_unspent(BUDGET_LINES)] == [8, 9, 12, 6, 16]
    assert largest_unspent([replace(LINE, remaining=0)]) == []
