"""Decisions that people might take, ready to be pasted: who decided, when and why is left for them to say."""

import datetime
import json
from collections.abc import Mapping, Sequence

from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.money import amount_shown
from warehouse.vocabulary.records import Finding, Organisation, Source

_FOR_PEOPLE = {
    "reason": '""  # เหตุผล',
    "who": '""  # ชื่อและตำแหน่งผู้ตัดสินใจ',
    "when": '""  # วันที่ตัดสินใจ เขียนแบบ 2023-04-12 โดยไม่มีเครื่องหมายคำพูด',
}


def corrections_draft(owner: Organisation, source: Source, period: Period, findings: Sequence[Finding]) -> str:
    """A [[correction]] for each cell for which the balances tell a value; "" if there is none."""
    return "\n".join(
        _draft(
            "correction",
            {
                "organisation": owner.code,
                "source": source,
                "fiscal_year": period.fiscal_year.year,
                "half": period.half.value,
                "cell": cell,
                "printed": printed,
                "right": right,
            },
            ("reason", "who", "when"),
        )
        for cell, printed, right in map(proposed, proposals(findings))
    )


def proposals(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of cells for which the balances tell a value: wrong ones, and such as could not be read."""
    return [one for one in findings if one.rule in ("balance.cell", "cell.unreadable") and one.expected is not None]


def proposed(proposal: Finding) -> tuple[str, str, str]:
    """Its cell, what is printed there and what is right, as people read them."""
    return str(proposal.cell), amount_shown(str(proposal.observed)), amount_shown(str(proposal.expected))


def confirmations_draft(owner: Organisation, source: Source, period: Period, findings: Sequence[Finding]) -> str:
    """A [[confirmation]] where lines are gone, for whoever knows that they are; "" if none are."""
    return "\n".join(
        _draft(
            "confirmation",
            {
                "organisation": owner.code,
                "source": source,
                "fiscal_year": period.fiscal_year.year,
                "half": period.half.value,
                "rows_before": int(one.expected or 0),
                "rows": int(one.observed or 0),
            },
            ("reason", "who", "when"),
        )
        for one in findings
        if one.rule == "history.rows_gone"
    )


def crosswalk_draft(owner: Organisation, period: Period, findings: Sequence[Finding]) -> str:
    """A [[match]] for each plan project that is probably a budget line; "" if there is none."""
    return "\n".join(
        _draft(
            "match",
            {
                "organisation": owner.code,
                "fiscal_year": period.fiscal_year.year,
                "project": one.observed,
                "budget_line": one.expected,
            },
            ("who", "when"),
        )
        for one in findings
        if one.rule == "crosswalk.unmatched" and one.expected
    )


def record(table: str, said: Mapping[str, str | int | datetime.date | None]) -> str:
    """A record of a decision as it stands in a TOML file."""
    return f"[[{table}]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in said.items())


def _toml(value: str | int | datetime.date | None) -> str:
    # A JSON string is a TOML string.
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False)


def _draft(table: str, said: Mapping[str, str | int | None], for_people: Sequence[str]) -> str:
    return record(table, said) + "".join(f"{key} = {_FOR_PEOPLE[key]}\n" for key in for_people)
