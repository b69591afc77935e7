"""A label that is printed once holds for the rows below it."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.labels import filled_down, runs


def filled(
    *rows: tuple[str, str], names: list[str] | None = None, groups: dict[int, list[tuple[int, str]]] | None = None
):
    printed = list(zip(*rows, strict=True))
    return list(zip(*filled_down(printed, names or ["x"] * len(rows), groups or {})[0], strict=True))


def test_a_label_stays_until_another_is_printed():
    assert filled(("ก", "1"), ("", ""), ("", "2"), ("", "")) == [("ก", "1"), ("ก", "1"), ("ก", "2"), ("ก", "2")]


def test_a_new_outer_label_ends_the_inner_ones():
    assert filled(("ก", "1"), ("ข", ""), ("", "2")) == [("ก", "1"), ("ข", ""), ("ข", "2")]


def test_an_outer_label_that_is_printed_again_ends_nothing():
    assert filled(("ก", "1"), ("ก", ""), ("ก", "2")) == [("ก", "1"), ("ก", "1"), ("ก", "2")]


def test_a_label_on_a_line_of_its_own_holds_for_the_row_below_it():
    assert filled(("ก", "1"), ("", ""), groups={1: [(0, "ข")]}) == [("ก", "1"), ("ข", "")]
    assert filled(("ก", "1"), ("", "2"), groups={0: [(0, "ฮ")], 1: [(1, "3")], 9: [(0, "ฮ")]}) == [
        ("ก", "1"),
        ("ก", "2"),
    ]


def test_the_label_of_a_total_begins_no_group():
    rows = ("ก", "1"), ("รวมก", ""), ("", "")
    assert filled(*rows, names=["x", "", "y"]) == [("ก", "1")] * 3


def test_a_name_that_begins_with_the_word_for_a_total_is_a_label_where_a_line_bears_it():
    assert filled(("ก", "1"), ("รวมใจพัฒนา", ""), ("", ""))[1:] == [("รวมใจพัฒนา", "")] * 2


words = st.sampled_from(["", "", "ก", "ข", "รวมใจ"])
lines = st.tuples(
    words, words, st.sampled_from(["", "x"]), st.lists(st.tuples(st.sampled_from([0, 1]), words), max_size=2)
)


@given(st.lists(lines, max_size=30))
def test_every_row_holds_what_was_printed_last(rows: list[tuple[str, str, str, list[tuple[int, str]]]]):
    printed = [[row[level] for row in rows] for level in (0, 1)]
    groups = {place: above for place, (*_, above) in enumerate(rows)}
    columns, starts = filled_down(printed, [name for _, _, name, _ in rows], groups)
    current = ["", ""]
    for row, (outer, inner, name, above) in enumerate(rows):
        for level, word in above:
            current[level:] = [word, ""][: 2 - level]
        for level, word in enumerate((outer, inner)):
            if word and word != current[level] and (name or word != "รวมใจ"):
                current[level:] = [word, ""][: 2 - level]
        assert [column[row] for column in columns] == current
    for column, begins in zip(columns, runs(columns, starts), strict=True):
        assert set(begins) >= {row for row in range(1, len(rows)) if column[row] != column[row - 1]}
        assert begins == sorted(begins)
