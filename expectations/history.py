"""What changed since an earlier accepted export of the same organisation, source and fiscal year."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.case import Case
from expectations.confirmations_file import Confirmation
from warehouse.vocabulary.difference import Columns
from warehouse.vocabulary.records import LABELS, Status

_KEYS = {"elaas": LABELS, "eplannacc": ("project",)}
_PLANNED = {"elaas": "approved", "eplannacc": "budget"}
_PROGRESS = {None: 0, Status.AWAITING_REPORT: 0, Status.IN_PROGRESS: 1, Status.COMPLETED: 2, Status.NOT_FEASIBLE: 2}


@dataclass(frozen=True, slots=True)
class Changes:
    """What should not have changed: leaf rows with what stood there before. And which lines are gone, which new."""

    paid_less: Mapping[int, int] = field(default_factory=dict)  # row -> satang
    approved_anew: Mapping[int, int] = field(default_factory=dict)  # the same, with no transfer that would explain it
    status_back: Mapping[int, Status] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def earlier(case: Case) -> Columns | None:
    """The earlier rows that a reading may be compared with: amounts add up over a fiscal year, and start anew."""
    now, before = case.period, case.previous
    if now is None or before is None or before.period.fiscal_year != now.fiscal_year or before.period.half > now.half:
        return None
    return before.columns


def changes(case: Case) -> Changes:
    """What changed that should not have; nothing where there is no earlier export to compare with."""
    now, before = case.reading.columns, earlier(case)
    if before is None:
        return Changes()
    keys = _KEYS[case.reading.source]
    rows, earlier_rows = _rows_by_key(now, keys), _rows_by_key(before, keys)
    same = [(row, earlier_rows[key]) for key, row in rows.items() if key in earlier_rows]
    paid, paid_before = now["disbursed"], before["disbursed"]
    return Changes(
        {row: paid_before[was] for row, was in same if paid[row] < paid_before[was]},
        _approved_anew(now, before, same) if case.reading.source == "elaas" else {},
        _status_back(now, before, same) if case.reading.source == "eplannacc" else {},
        tuple(_name(before, keys, row) for key, row in earlier_rows.items() if key not in rows),
        tuple(_name(now, keys, row) for key, row in rows.items() if key not in earlier_rows),
    )


def percent_gone(case: Case) -> int:
    """How many percent fewer rows there are than before, where the money planned in them fell as well; else 0.

    Lines that are merged, or of which one was printed twice, leave the sum or the rows as they were; what a person
    confirmed is as it should be.
    """
    before = earlier(case)
    if before is None or not before["source_row"]:
        return 0
    if any(one.rows_before == len(before["source_row"]) for one in confirmed(case)):
        return 0
    planned = _PLANNED[case.reading.source]
    gone = len(before["source_row"]) - case.reading.rows
    fell = sum(case.reading.columns[planned]) < sum(before[planned])
    return 100 * gone // len(before["source_row"]) if gone > 0 and fell else 0


def confirmed(case: Case) -> list[Confirmation]:
    """What was confirmed of these rows, also where they are judged anew, with nothing or themselves before them."""
    rows, before = case.reading.rows, _rows_before(case)
    return [one for one in case.confirmations if one.rows == rows and before in (None, one.rows_before, rows)]


def expired_confirmations(case: Case) -> list[Confirmation]:
    """What was confirmed of other rows: neither of these, nor of what comes after them."""
    rows, before, standing = case.reading.rows, _rows_before(case), confirmed(case)
    others = [one for one in case.confirmations if one not in standing]
    return [one for one in others if one.rows_before != rows or before not in (None, rows)]


def _rows_before(case: Case) -> int | None:
    before = earlier(case)
    return None if before is None else len(before["source_row"])


def _name(columns: Columns, keys: tuple[str, ...], row: int) -> str:
    """The labels of a row in one line, outermost first, each once."""
    return " / ".join(dict.fromkeys(label for key in keys if (label := columns[key][row])))


def _rows_by_key(columns: Columns, keys: tuple[str, ...]) -> dict[tuple[str | int, ...], int]:
    """The row of each line by its labels. Labels repeat in real tables: the second time they count as another key."""
    labels: list[tuple[str | int, ...]] = list(zip(*(columns[key] for key in keys), strict=True))
    rows = dict(zip(labels, range(len(labels)), strict=True))
    if len(rows) == len(labels):
        return rows
    rows = {}
    times: dict[tuple[str | int, ...], int] = {}
    for row, label in enumerate(labels):
        times[label] = times.get(label, 0) + 1
        rows[label if times[label] == 1 else (*label, times[label])] = row
    return rows


def _approved_anew(now: Columns, before: Columns, same: list[tuple[int, int]]) -> dict[int, int]:
    def unlike(column: str, row: int, was: int) -> bool:
        return bool(now[column][row] != before[column][was])

    anew = [(row, was) for row, was in same if unlike("approved", row, was)]
    moved = {row for row, was in anew if unlike("transfer_in", row, was) or unlike("transfer_out", row, was)}
    return {row: before["approved"][was] for row, was in anew if row not in moved}


def _status_back(now: Columns, before: Columns, same: list[tuple[int, int]]) -> dict[int, Status]:
    stood = [(row, Status(before["status"][was])) for row, was in same if before["status"][was]]
    return {row: was for row, was in stood if _PROGRESS[now["status"][row]] < _PROGRESS[was]}
