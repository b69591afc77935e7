"""Totals may be printed above their groups as well as below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.sheets import (
    ALL,
    GOODS,
    ROADS,
    STAFF,
    WORK,
    budget,
    grouped,
    kinds,
    line,
    read,
    spans,
    sums,
    total,
)


def above(levels: int, *lines: list[object]) -> list[list[object]]:
    """A group under a row that bears its sum, and so many of the labels of its first line."""
    head = [*lines[0][:levels], *total("", *lines)[levels:]]
    return [head, *([*[""] * levels, *row[levels:]] for row in lines)]


def test_totals_printed_above_their_groups_are_no_lines():
    reading = read(budget(*above(2, *STAFF), *above(2, *GOODS)))
    assert spans(reading) == [("งบบุคลากร", 0, 1), ("งบดำเนินงาน", 2, 3)]
    assert reading.columns["category"] == ["งบบุคลากร"] * 2 + ["งบดำเนินงาน"] * 2
    assert sums(reading, "approved") == [970_00]
    assert kinds(reading) == []


def test_totals_above_nest_too():
    rows = [grouped("รวมทั้งสิ้น", 0, *ALL), grouped(WORK, 0, *STAFF, *GOODS)]
    rows += [*above(2, ["", *STAFF[0][1:]], STAFF[1]), *above(2, *GOODS)]
    rows += [grouped("ก่อสร้าง", 0, *ROADS), *above(2, ["", *ROADS[0][1:]], ROADS[1])]
    reading = read(budget(*rows))
    assert spans(reading) == [
        ("รวมทั้งสิ้น", 0, 5), (WORK, 0, 3), ("งบบุคลากร", 0, 1), ("งบดำเนินงาน", 2, 3), ("ก่อสร้าง", 4, 5), ("งบลงทุน", 4, 5),
    ]  # fmt: skip
    assert sums(reading, "approved") == [2670_00]
    assert reading.columns["work"] == [WORK] * 4 + ["ก่อสร้าง"] * 2


def test_a_total_above_may_begin_with_the_word_for_totals():
    reading = read(budget(total("รวมงบบุคลากร", *STAFF), *STAFF, total("รวมงบดำเนินงาน", *GOODS), *GOODS))
    assert spans(reading) == [("รวมงบบุคลากร", 0, 1), ("รวมงบดำเนินงาน", 2, 3)]
    assert (reading.rows, kinds(reading)) == (4, [])


def test_a_total_above_whose_lines_do_not_add_up_is_still_a_total_for_the_checks():
    reading = read(budget(grouped("งบบุคลากร", 1, *ALL), *[["", "", *row[2:]] for row in STAFF]))
    assert (spans(reading), reading.rows) == ([("งบบุคลากร", 0, 1)], 2)


@pytest.mark.parametrize("nothing", [0.0, "-", "0.00"])
def test_a_label_above_its_group_with_nothing_in_the_amounts_is_only_a_label(nothing: object):
    head = [WORK, "งบบุคลากร", "", "", *[nothing] * 6]
    reading = read(budget(head, ["", "", *STAFF[0][2:]], STAFF[1], total("รวมงบบุคลากร", *STAFF)))
    assert (reading.rows, spans(reading), kinds(reading)) == (2, [("รวมงบบุคลากร", 0, 1)], [])
    assert reading.columns["category"] == ["งบบุคลากร"] * 2


amounts = st.integers(1, 10**9).map(lambda satang: satang / 100)
lines = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), amounts), min_size=1, max_size=30)


@given(lines, st.sampled_from(["below", "above"]), st.booleans())
def test_whatever_totals_are_printed_every_line_is_counted_once(
    drawn: list[tuple[int, int, float]], where: str, is_flat: bool
):
    works: dict[int, dict[int, list[list[object]]]] = {}
    for work, category, amount in drawn:
        group = works.setdefault(work, {}).setdefault(category, [])
        group.append(line(f"โครงการ {len(group)}", amount, 0.0))
    rows: list[list[object]] = []
    expected: list[tuple[str, int]] = []
    for work, categories in works.items():
        first_of_work = len(rows)
        for category, group in categories.items():
            for place, row in enumerate(group):
                row[:3] = [f"ก{work}", f"งบ{work}{category}", "ค่าวัสดุ"] if is_flat or place == 0 else ["", "", ""]
            printed = total(f"รวมงบ{work}{category}", *group)
            rows += [*group, printed] if where == "below" else [printed, *group]
            expected.append((f"รวมงบ{work}{category}", len(group)))
        everything = [row for group in categories.values() for row in group]
        printed = total(f"รวมงานก{work}", *everything)
        rows.insert(len(rows) if where == "below" else first_of_work, printed)
        expected.append((f"รวมงานก{work}", len(everything)))
    reading = read(budget(*rows))
    assert reading.rows == len(drawn)
    assert sums(reading, "approved") == [round(sum(amount for *_, amount in drawn) * 100)]
    assert sorted((label, last - first + 1) for label, first, last in spans(reading)) == sorted(expected)
    assert kinds(reading) == []
    for one in reading.totals:
        assert one.amounts["approved"] == sum(reading.columns["approved"][one.first : one.last + 1])
