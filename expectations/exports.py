"""Verdicts on an export as a whole: whose it is, which period it covers, and what its reader could not take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from expectations.case import Case, Numbered, Verdicts, placed
from expectations.catalogue import rules_of
from expectations.confirmations_file import Confirmation
from expectations.crosswalk import expired_matches
from expectations.history import Changes, confirmed, earlier, expired_confirmations, percent_gone
from expectations.names.areas import is_place, likely_places
from expectations.unread import unread_rows
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, date_words, months_words
from warehouse.vocabulary.money import baht_plain
from warehouse.vocabulary.records import TitleBlock

_LISTED = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's number for one export, and what a finding shows of it."""

    number: int
    observed: str | Words | None = None  # Words for a day or a month: its Thai is kept beside the message
    expected: str | Words | None = None
    said: Words | None = None  # by whoever confirmed it


def export_verdicts(cases: Numbered, changed: Sequence[Changes]) -> Verdicts:
    """Numbers for each export, and a count of each kind of defect."""
    rules = [*rules_of("export"), *rules_of("defect")]
    # A rule that is not about an export passes there.
    numbers = {rule.rule: np.full(len(cases), rule.passing, dtype=np.int64) for rule in rules}
    for place, (_, case) in enumerate(cases):
        for rule, one in verdicts_of(case, changed[place]).items():
            numbers[rule][place] = one.number
        for defect in case.reading.defects:
            numbers[defect.kind][place] += 1
    return placed(cases, "export", [1] * len(cases), numbers)


def verdicts_of(case: Case, changed: Changes) -> dict[str, Verdict]:
    """Every export rule that is for this case's source and can be judged, with its verdict."""
    title = case.reading.title
    about_title = _ownership(case, title) | _place(title) | _period(case.period, title)
    return about_title | _whole_table(case) | _history(case, changed)


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


def _same(seen: str | Words | None, expected: str | Words | None) -> Verdict:
    """0 if both agree or one of them is silent."""
    return Verdict(int(bool(seen and expected) and seen != expected), seen, expected)


def _place(title: TitleBlock) -> dict[str, Verdict]:
    district, province = title.district, title.province
    if not district or not province or is_place(district, province):
        return {}
    return {"organisation.place": Verdict(1, f"อ.{district} จ.{province}", likely_places(district, province))}


def _period(period: Period | None, title: TitleBlock) -> dict[str, Verdict]:
    verdicts = {"period.missing": Verdict(int(period is None))}
    if period and title.fiscal_year and title.half:
        verdicts["period.other"] = _same(str(Period(title.fiscal_year, title.half)), str(period))
    if title.first_month and title.last_month:
        first, last = title.first_month, title.last_month
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        verdicts["period.months"] = _same(str(title.months) if title.months else None, str(months))
        if period:
            verdicts["period.range"] = _same(months_words(first, last), months_words(period.start, period.cut_off))
    if period and title.data_date:
        verdicts["period.data_date"] = _same(date_words(title.data_date), date_words(period.cut_off))
    return verdicts | _called(period, title)


def _called(period: Period | None, title: TitleBlock) -> dict[str, Verdict]:
    """Whether the report was called before the day of which it tells."""
    day = title.data_date or (period.cut_off if period else None)
    if title.call_date is None or day is None:
        return {}
    return {"period.called_early": Verdict(int(title.call_date < day), date_words(title.call_date), date_words(day))}


def _whole_table(case: Case) -> dict[str, Verdict]:
    columns: Mapping[str, Sequence[int]] = case.reading.columns
    if case.reading.source == "elaas":
        verdicts = {"total.none": Verdict(len(case.reading.totals))}
        if not unread_rows(case.reading, "transfer_in", "transfer_out"):
            moved_in, moved_out = sum(columns["transfer_in"]), sum(columns["transfer_out"])
            moved = Verdict(moved_in - moved_out, baht_plain(moved_out), baht_plain(moved_in))
            verdicts["budget.transfers"] = moved
        return verdicts
    if unread_rows(case.reading, "dimension"):
        return {}
    seen = len({dimension for dimension in columns["dimension"] if dimension in range(1, 5)})
    return {"plan.all_dimensions": Verdict(seen, str(seen))}


def _history(case: Case, changed: Changes) -> dict[str, Verdict]:
    rows, before = case.reading.rows, earlier(case)
    return {
        "history.rows_gone": Verdict(percent_gone(case), str(rows), str(len(before["source_row"])) if before else None),
        "history.line_gone": Verdict(len(changed.gone), _listed(changed.gone)),
        "crosswalk.expired": Verdict(len(expired := expired_matches(case)), _listed(expired)),
        "confirmation.applied": _said_of(confirmed(case), rows),
        "confirmation.expired": _said_of(expired_confirmations(case), rows),
    }


def _said_of(confirmations: Sequence[Confirmation], rows: int) -> Verdict:
    told = [_words_of(one) for one in confirmations]
    said = Words("; ".join(one.th for one in told), "; ".join(one.en for one in told))
    return Verdict(len(confirmations), str(rows), said=said)


def _words_of(one: Confirmation) -> Words:
    day = date_words(one.when)
    return Words(
        f"จาก {one.rows_before} เหลือ {one.rows} รายการ: {one.reason} ({one.who}, {day.th})",
        f"from {one.rows_before} rows to {one.rows}: {one.reason} ({one.who}, {day.en})",
    )


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
