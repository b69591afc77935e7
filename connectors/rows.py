"""The rows below a heading, each knowingly taken for what it is: a value row, a group's label or page furniture."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from connectors.cells import as_text, dimension_in
from connectors.declaration import Declaration
from connectors.foot import foot_row, is_percentages
from connectors.grid import CellValue, Grid, column_letter
from connectors.headings import FoundHeading
from warehouse.vocabulary.records import Defect
from warehouse.vocabulary.thai import normal_text, to_arabic_digits

_FURNITURE = re.compile(
    r"(?:หน้า|page) ?(?:ที่)? ?\d+(?: ?(?:/|จาก|of) ?\d+)?|\d+ ?/ ?\d+|- ?\d+ ?-|\d+[.)]?|[-_=.* ]+|\(?(?:มี)?ต่อ\)?"
    r"|(?:ผู้)?พิมพ์.*|วันที่(?:พิมพ์|เรียกรายงาน).*",
    re.IGNORECASE,
)
TITLE = re.compile(r"^รายงาน|ปีงบ|ประจำปี|พ\.ศ\.|เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วน")
_BESIDE_A_TITLE = re.compile(r"ข้อมูล ?ณ|หน่วย ?:")
_CONTINUED = re.compile(r" ?\(?ต่อ\)?$")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?(?:=.*)?")
_FEWEST_NUMBERS = 4
_RULE = re.compile("[-=_:]{2,}")


@dataclass(slots=True)
class Body:
    """The value rows of one table: those with an amount, a number or a mark."""

    rows: list[int]  # of the grid, from 0
    cells: dict[str, Sequence[CellValue]]  # by column, one a value row
    groups: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # value row -> labels just above it
    defects: list[Defect] = field(default_factory=list)


def body_of(
    grid: Grid, declaration: Declaration, heading: FoundHeading, rows: Sequence[int], title: Collection[str]
) -> Body:
    """The value rows among these rows of a grid, and what else stands there; `title` holds the title's lines."""
    kinds = declaration.of_kind("money", "integer", "tick", "status")
    places = [heading.places[column] for column in kinds if column in heading.places]
    values = [row for row in rows if type(grid.rows[row][places[0]]) is float]
    if len(values) < len(rows):
        rows = [row for row in rows if not _is_rule(grid.rows[row])]
        values = [row for row in rows if any(grid.rows[row][place] not in ("", None) for place in places)]
        values = _without_foot(grid, declaration, heading, values)
    end = len(values)
    while end and is_percentages(*words_in(grid, declaration, heading, values[end - 1 : end])):
        end -= 1
    if gone := set(values[end:]):
        values, rows = values[:end], [row for row in rows if row not in gone]
    columns = list(zip(*map(grid.rows.__getitem__, values), strict=True)) or [()] * len(grid.rows[heading.first_row])
    body = Body(values, {column: columns[place] for column, place in heading.places.items()})
    if len(values) < len(rows):
        _read_words(grid, declaration, heading, body, sorted(set(rows).difference(values)), title)
    for place in sorted(set(range(len(columns))) - heading.headed):
        _report_outside(columns[place], place, body)
    return body


def _without_foot(grid: Grid, declaration: Declaration, heading: FoundHeading, values: list[int]) -> list[int]:
    """The value rows without signatures below the table that reach into the columns of amounts."""
    money, marks = (
        [heading.places[column] for column in declaration.of_kind(*kinds) if column in heading.places]
        for kinds in (("money",), ("integer", "tick", "status"))
    )
    names = [heading.places[c] for c in declaration.of_kind("text") if declaration.presence[c] == "required"]
    first = foot_row(grid, values, money, marks, names)
    return values if first is None else values[: values.index(first)]


def _is_rule(cells: Sequence[CellValue]) -> bool:
    """Whether a row draws a line with signs, as texts do: |---|---:|."""
    printed = [cell for cell in cells if cell not in ("", None)]
    return bool(printed) and all(isinstance(cell, str) and _RULE.fullmatch(cell.strip()) for cell in printed)


def numbers_columns(cells: Sequence[CellValue]) -> bool:
    """Whether a row numbers the columns, (1) (2) (3) or 1 2 3 4=2+3, as forms do below their heading."""
    texts = [to_arabic_digits(as_text(cell)).replace(" ", "") for cell in cells if cell not in ("", None)]
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return (
        len(texts) >= _FEWEST_NUMBERS
        and len(numbers) == len(texts)
        and numbers == list(range(numbers[0], numbers[0] + len(texts)))
    )


def words_in(grid: Grid, declaration: Declaration, heading: FoundHeading, rows: Sequence[int]) -> list[list[str]]:
    """The words of each of these rows: all that is no amount, and not computed in a column beyond the amounts."""
    money = {heading.places[column] for column in declaration.of_kind("money") if column in heading.places}
    meant = set(heading.places.values()).union(range(min(money))) - money
    places = sorted(meant)
    found = [[grid.rows[row][place] for place in places] for row in rows]
    return [[normal_text(as_text(cell)) for cell in cells if cell not in ("", None)] for cells in found]


def _read_words(
    grid: Grid,
    declaration: Declaration,
    heading: FoundHeading,
    body: Body,
    wordy: Sequence[int],
    title: Collection[str],
) -> None:
    """Rows of words alone: labels that head a group, page furniture, and what is neither."""
    columns = {place: column for column, place in heading.places.items()}
    amounts = min(heading.places[column] for column in declaration.of_kind("money") if column in heading.places)
    beside = {place for place in heading.headed if place not in columns and place not in heading.unknown}
    names = {c for c in declaration.of_kind("text") if declaration.presence[c] == "required"}
    last = body.rows[-1] if body.rows else -1
    for row in wordy:
        cells = [(place, normal_text(as_text(value))) for place, value in enumerate(grid.rows[row])]
        # What is ignored beyond the amounts is free text that may name people.
        meant = [(place, word) for place, word in cells if word and (place < amounts or place not in beside)]
        words = [(columns.get(place, ""), word) for place, word in meant]
        line = " ".join(word for _, word in words)
        is_named = any(column in names for column, _ in words)
        if row > last:
            if not is_named or row != last + 1:
                continue  # a footer: it stands apart, or in none of the table's columns
            last = row
        if not line or _is_furniture(line, title, is_named):
            continue
        labels, is_all = _labels(words, line, declaration, columns.values())
        body.groups.setdefault(bisect_left(body.rows, row), []).extend(labels.items())
        if not is_all:
            body.defects.append(Defect("row.without_amounts", row + 1, cell=f"{row + 1}:{row + 1}", observed=line))


def _is_furniture(line: str, title: Collection[str], is_named: bool) -> bool:
    if _CONTINUED.sub("", line) in title or _FURNITURE.fullmatch(to_arabic_digits(line)):
        return True
    return not is_named and bool(TITLE.search(line) or _BESIDE_A_TITLE.search(line))


def _labels(
    words: Sequence[tuple[str, str]], line: str, declaration: Declaration, columns: Collection[str]
) -> tuple[dict[str, str], bool]:
    """The labels in a row of words alone, by column, and whether they are all of it."""
    levels = declaration.of_kind("label")
    own = {column: word for column, word in words if column in levels}
    if len(own) == len(words):
        absent = [level for level in levels if level not in columns]
        announced = _announced(line, levels if len(own) > 1 or ":" in line else absent, declaration, len(own) > 1)
        return announced or own, True
    if not own and (numbers := declaration.of_kind("integer")) and (number := dimension_in(line)):
        return {numbers[0]: number}, True  # also below the names
    if own or any(column in declaration.presence and declaration.presence[column] == "required" for column, _ in words):
        return own, False
    announced = _announced(line, levels, declaration, False)
    return announced, bool(announced)


def _announced(line: str, levels: Sequence[str], declaration: Declaration, is_parted: bool) -> dict[str, str]:
    """The label that a line gives under a heading's word: แผนงาน: งบกลาง, แผนงาน | งบกลาง or แผนงานงบกลาง."""
    headings = [(heading, level) for level in levels for heading in declaration.names[level]]
    for heading, level in sorted(headings, key=lambda pair: len(pair[0]), reverse=True):
        rest = line.removeprefix(heading)
        if rest == line or (is_parted and not rest.startswith((" ", ":"))):
            continue
        return {level: rest.strip(" :") if rest.startswith((" ", ":")) else line}
    return {}


def _report_outside(cells: Sequence[CellValue], place: int, body: Body) -> None:
    """A value in a column without a heading belongs to nothing that we know: the first one is told."""
    for row, value in zip(body.rows, cells, strict=True):
        if value not in ("", None):
            cell = f"{column_letter(place)}{row + 1}"
            body.defects.append(Defect("column.without_heading", row + 1, cell=cell, observed=as_text(value)))
            return
