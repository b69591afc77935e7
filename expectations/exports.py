"""Verdicts on an export as a whole: whose it is, which period it covers, and what its reader could not take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from expectations.case import Case
from expectations.catalogue import rules_of
from warehouse.vocabulary.fiscal import Period, thai_date, thai_month
from warehouse.vocabulary.money import baht_plain
from warehouse.vocabulary.records import TitleBlock


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's number for one export, and what a finding shows of it."""

    number: int
    observed: str | None = None
    expected: str | None = None


def export_frame(cases: Sequence[tuple[int, Case]]) -> pd.DataFrame:
    """One row an export: case, a verdict column a rule, and a count of each kind of defect."""
    rows = []
    for number, case in cases:
        kinds = [defect.kind for defect in case.reading.defects]
        counts = {rule.rule: kinds.count(rule.rule) for rule in rules_of("defect")} if kinds else {}
        rows.append({"case": number} | {rule: one.number for rule, one in export_verdicts(case).items()} | counts)
    rules = [*rules_of("export"), *rules_of("defect")]
    # A rule that is not about an export passes there: its column holds the bound itself.
    passing = {rule.rule: rule.high if rule.low is None else rule.low for rule in rules}
    return pd.DataFrame(rows, columns=["case", *passing]).fillna(passing).astype("int64")


def export_verdicts(case: Case) -> dict[str, Verdict]:
    """Every export rule that is for this case's source, with its verdict."""
    title = case.reading.title
    return _ownership(case, title) | _period(case.period, title) | _whole_table(case)


def _ownership(case: Case, title: TitleBlock) -> dict[str, Verdict]:
    expected = case.organisation
    if expected is None:
        return {"organisation.unknown": Verdict(1, title.organisation)}
    return {
        "organisation.unknown": Verdict(0),
        "organisation.name": _same(title.organisation, expected.name),
        "organisation.district": _same(title.district, expected.district),
        "organisation.province": _same(title.province, expected.province),
    }


def _same(seen: str | None, expected: str | None) -> Verdict:
    """0 if both agree or one of them is silent."""
    return Verdict(int(bool(seen and expected) and seen != expected), seen, expected)


def _period(period: Period | None, title: TitleBlock) -> dict[str, Verdict]:
    verdicts = {"period.missing": Verdict(int(period is None))}
    if title.first_month and title.last_month:
        first, last = title.first_month, title.last_month
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        verdicts["period.months"] = _same(str(title.months) if title.months else None, str(months))
        if period:
            verdicts["period.range"] = _same(f"{thai_month(first)} - {thai_month(last)}", period.words)
    if period and title.data_date:
        verdicts["period.data_date"] = _same(thai_date(title.data_date), thai_date(period.cut_off))
    return verdicts


def _whole_table(case: Case) -> dict[str, Verdict]:
    columns: Mapping[str, Sequence[int]] = case.reading.columns
    if case.reading.source == "elaas":
        moved_in, moved_out = sum(columns["transfer_in"]), sum(columns["transfer_out"])
        return {
            "budget.transfers": Verdict(moved_in - moved_out, baht_plain(moved_out), baht_plain(moved_in)),
            "total.none": Verdict(len(case.reading.totals)),
        }
    seen = len({dimension for dimension in columns["dimension"] if dimension in range(1, 5)})
    return {"plan.all_dimensions": Verdict(seen, str(seen))}
