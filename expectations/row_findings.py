"""Findings of leaf rows: budget lines and plan projects."""

from expectations.case import Case
from expectations.catalogue import Rule
from expectations.crosswalk import likely_line, paid_otherwise
from expectations.history import Changes
from expectations.names.labels import nearest_name, right_programme
from warehouse.vocabulary.money import baht_plain, baht_printed
from warehouse.vocabulary.records import MONEY_OF, Finding, Reading
from warehouse.vocabulary.wording import STATUSES


def row_finding(case: Case, changed: Changes, rule: Rule, row: int) -> Finding:
    """The finding of a rule that a leaf row fails."""
    reading = case.reading
    column = _lowest(reading, row) if rule.observed == "lowest" else rule.observed
    place = "status" if column == "tick_count" else column  # as people know it
    source_row = reading.columns["source_row"][row]
    amounts = {
        name: baht_printed(reading.columns[money][row])
        for name, money in (("observed", column), ("expected", rule.expected))
        if money in MONEY_OF[reading.source]
    }
    return rule.finding(
        amounts | _blanks(case, changed, rule, row),
        row=row,
        source_row=source_row,
        cell=reading.cell(place, source_row),
        column=place,
        observed=_shown(reading, column, row),
        expected=_expected(case, rule, row),
    )


def _expected(case: Case, rule: Rule, row: int) -> str | None:
    """What the catalogue says is expected: a column of the same row, or one of the proposals named here."""
    match rule.expected:
        case "":
            return None
        case "nearest_name":
            return nearest_name(case, rule.observed, row)
        case "right_programme":
            return right_programme(case, row)
        case "likely_line":
            return likely_line(case, row)
        case column:
            return _shown(case.reading, column, row)


def _blanks(case: Case, changed: Changes, rule: Rule, row: int) -> dict[str, object]:
    """What a rule's message names beyond the fields of a finding."""
    match rule.rule:
        case "budget.overspent":
            return {"off": baht_printed(_overspent(case.reading, row))}
        case "history.disbursed_fell" | "history.paid_fell":
            return {"before": baht_printed(changed.paid_less[row])}
        case "history.approved_changed":
            return {"before": baht_printed(changed.approved_anew[row])}
        case "history.status_back":
            status = case.reading.columns["status"][row]
            return {"before": STATUSES[changed.status_back[row]], "observed": STATUSES[status] if status else "-"}
        case "crosswalk.paid":
            return {"lines": baht_printed(paid_otherwise(case)[row])}
        case _:
            return {}


def _overspent(reading: Reading, row: int) -> int:
    at = {column: reading.columns[column][row] for column in MONEY_OF["elaas"]}
    revised = at["approved"] + at["transfer_in"] - at["transfer_out"]
    return int(at["committed"] + at["disbursed"] - revised)


def _lowest(reading: Reading, row: int) -> str:
    return min((c for c in MONEY_OF[reading.source] if c != "remaining"), key=lambda c: reading.columns[c][row])


def _shown(reading: Reading, column: str, row: int) -> str:
    value = reading.columns[column][row]
    return baht_plain(value) if column in MONEY_OF[reading.source] else "" if value is None else str(value)
