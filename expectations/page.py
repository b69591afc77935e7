"""The findings of a run as one page that needs nothing else, in Thai and English; the same bytes for the same run."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from expectations.catalogue import Rule, catalogue
from expectations.decision_draft import confirmations_draft, corrections_draft, crosswalk_draft
from expectations.difference import cut_off_words, previous_words, signed, total_words
from expectations.sheet import Sheet, sheet_of
from warehouse.page import templates_in
from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period
from warehouse.vocabulary.records import Finding, Organisation, Reading, Severity
from warehouse.vocabulary.wording import SEVERITIES

_HERE = Path(__file__).parent / "templates"
_LISTED = 300  # findings of one table
_LISTED_LINES = 20  # lines that are new in one table, or gone
_SIGNS = {Severity.CRITICAL: "✗", Severity.WARNING: "!", Severity.INFO: "i"}


@dataclass(frozen=True, slots=True)
class PageItem:
    """One table of one file, or a file of words, and what was found in it; an unreadable file has an error instead."""

    file_name: str
    reading: Reading | None
    findings: tuple[Finding, ...]
    organisation: Organisation | None = None
    period: Period | None = None
    error: Words | None = None
    difference: Difference | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is a table, and not an organisation's file of words."""
        return all(catalogue()[finding.rule].scope != "evidence" for finding in self.findings)

    @property
    def accepted(self) -> bool:
        """Whether it passed the gate."""
        return self.error is None and not self.critical

    @property
    def critical(self) -> int:
        """How many findings close the gate."""
        return sum(finding.severity is Severity.CRITICAL for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return sum(finding.severity is Severity.WARNING for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Group:
    """The findings of one rule in one table."""

    rule: Rule
    findings: tuple[Finding, ...]


def findings_page(items: Sequence[PageItem]) -> str:
    """The page of a run; every text is escaped."""
    page: str = (
        templates_in(_HERE)
        .get_template("findings.html.j2")
        .render(
            items=sorted(items, key=_first_what_stops),
            severities=SEVERITIES,
            signs=_SIGNS,
            rules=_across(items),
            cut_off=cut_off_words,
            previous_cut_off=previous_words,
            signed=signed,
            totals=total_words,
            listed_lines=_LISTED_LINES,
            groups=_groups,
            sheet=_sheet,
            drafts=_drafts,
            listed=_LISTED,
        )
    )
    return page + "\n"


def _first_what_stops(item: PageItem) -> tuple[bool, str, str, str]:
    owner = item.organisation.code if item.organisation else ""
    return item.accepted, owner, item.file_name, item.reading.sheet if item.reading else ""


def _groups(item: PageItem) -> list[_Group]:
    """The findings of a table by rule, most severe first."""
    findings = sorted(item.findings[:_LISTED], key=lambda finding: _order(finding.rule))
    return [_Group(catalogue()[rule], tuple(found)) for rule, found in groupby(findings, key=lambda one: one.rule)]


def _order(rule: str) -> tuple[int, int]:
    """Most severe first, then as in the catalogue."""
    return list(Severity).index(catalogue()[rule].severity), list(catalogue()).index(rule)


def _across(items: Sequence[PageItem]) -> list[tuple[Rule, int, int]]:
    """Each rule that found something, most severe first: the rule, how many findings, in how many tables."""
    found = [Counter(finding.rule for finding in item.findings) for item in items]
    rules = sorted({rule for one in found for rule in one}, key=_order)
    return [(catalogue()[rule], sum(one[rule] for one in found), sum(rule in one for one in found)) for rule in rules]


def _sheet(item: PageItem) -> Sheet | None:
    """The table with its marks; None where no finding is of a row."""
    if item.reading is None or not any(finding.source_row for finding in item.findings):
        return None
    return sheet_of(item.reading, item.findings)


def _drafts(item: PageItem) -> dict[str, str]:
    """What could be pasted into a file of decisions, by the file's name."""
    owner, period = item.organisation, item.period
    if item.reading is None or owner is None or not owner.code or period is None:
        return {}
    drafts = {
        "corrections.toml": corrections_draft(owner, item.reading.source, period, item.findings),
        "confirmations.toml": confirmations_draft(owner, item.reading.source, period, item.findings),
        "crosswalk.toml": crosswalk_draft(owner, period, item.findings),
    }
    return {file: draft for file, draft in drafts.items() if draft}
