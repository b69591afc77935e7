"""The records that the rooms hand to each other. Immutable, but for the columns of a Reading before it is loaded."""

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from warehouse.vocabulary.difference import Difference
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period

StandIn = Literal["earlier", "manual"]
"""What may stand in for a missing export: an earlier one of the same fiscal year, or a workbook kept by hand."""
Source = str  # the name of a folder in connectors/: "elaas", "eplannacc"
MONEY = ("approved", "transfer_in", "transfer_out", "committed", "disbursed", "remaining")
"""Money columns of a budget line: remaining = approved + transfer_in - transfer_out - committed - disbursed."""
MONEY_OF = {"elaas": MONEY, "eplannacc": ("budget", "disbursed")}
"""The money columns of each source, in satang."""
RULES_VERSION = 12
"""Characters at the start of `judged_by` that tell the version of the rules."""
LABELS = ("programme", "work", "category", "expense_type", "project")
"""Text columns of a budget line, outermost first: แผนงาน, งาน, งบ, ประเภทรายจ่าย, โครงการ."""


class Status(enum.StrEnum):
    """How a plan project stands."""

    AWAITING_REPORT = "awaiting_report"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOT_FEASIBLE = "not_feasible"


class Severity(enum.StrEnum):
    """critical closes the gate; a warning is printed in the report; info is for the record."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A local administrative organisation (อปท.). The code is text: 751E0 is no number."""

    code: str
    name: str
    district: str
    province: str


@dataclass(frozen=True, slots=True)
class Export:
    """The bytes that came, as archived: what, where from, when and how. Never changed."""

    sha256: str
    size: int
    file_name: str
    origin: str  # the path or address they were fetched from, without secrets
    fetched_at: datetime.datetime  # UTC
    via: Literal["inbox", "portal", "hand"]
    organisation: str | None  # the code that its folder, name or recipe told
    others: tuple[str, ...] = ()  # further codes that its path names: a clash that people must settle


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What the lines above and below a table say of it; None where they say nothing."""

    organisation: str | None = None
    district: str | None = None
    province: str | None = None
    fiscal_year: FiscalYear | None = None
    half: Half | None = None
    months: int | None = None  # of "รอบ ๖ เดือน"
    first_month: datetime.date | None = None  # of "(เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖๖)": the first day of each month
    last_month: datetime.date | None = None
    data_date: datetime.date | None = None  # ข้อมูล ณ วันที่
    call_date: datetime.date | None = None  # วันที่เรียกรายงาน


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A subtotal or total as printed, and the leaf rows [first, last] that it stands for."""

    label: str
    source_row: int
    first: int
    last: int
    amounts: Mapping[str, int]  # column -> satang


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that a reader could not take as it stands. The rule catalogue says how bad that is."""

    kind: str  # the rule's id
    source_row: int | None = None
    column: str | None = None
    cell: str | None = None
    observed: str | None = None
    expected: str | None = None
    row: int | str | None = None


@dataclass(slots=True)
class Reading:
    """What was understood from one table of one export: leaf rows as columns of equal length, money in satang."""

    source: Source
    sheet: str
    title: TitleBlock
    letters: dict[str, str]  # column -> letter(s) of the sheet's column, so that a cell is letters[c] + str(source_row)
    columns: dict[str, list[Any]]  # always with "source_row": list[int], the officer's own row numbers from 1
    totals: list[PrintedTotal]
    defects: list[Defect]
    is_print: bool = False  # from a PDF, whose font may have lost marks or put them out of order

    @property
    def rows(self) -> int:
        """How many leaf rows were read."""
        return len(self.columns["source_row"])

    def cell(self, column: str, source_row: int) -> str:
        """The cell as the officer names it: I12."""
        return f"{self.letters[column]}{source_row}" if column in self.letters else f"{source_row}:{source_row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, named to the cell where there is one."""

    rule: str
    severity: Severity
    message: Words
    row: int | str | None = None  # leaf row from 0; the label of a printed total; None for the whole file
    source_row: int | None = None
    cell: str | None = None
    column: str | None = None
    observed: str | None = None
    expected: str | None = None  # the value that would repair the table, where exactly one does


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's decision that one printed value is wrong. It matches the printed value, so it expires with it."""

    organisation: str  # code
    source: Source
    period: Period
    cell: str
    printed: str
    right: str
    reason: str
    who: str
    when: datetime.date
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class AppliedCorrection:
    """A correction as it took effect at load: which row and column it changed."""

    correction: Correction
    row: int | str  # leaf row from 0, or the label of a printed total
    source_row: int
    column: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person says of one finding, printed beside it. It matches what was found, so it expires with it."""

    organisation: str  # code
    source: Source
    period: Period
    rule: str
    cell: str | None
    observed: str | None
    text: str
    who: str
    when: datetime.date


@dataclass(frozen=True, slots=True)
class JudgedExport:
    """One table of an export, judged and ready to be loaded or quarantined; an unreadable one has no reading."""

    export: Export
    judged_by: str  # version of the rules, then a hash of all else that the verdict depends on beside the bytes
    organisation: Organisation | None
    period: Period | None
    reading: Reading | None
    findings: tuple[Finding, ...]
    corrections: tuple[AppliedCorrection, ...]
    error: Words | None
    difference: Difference | None = None  # None where nothing came before

    @property
    def accepted(self) -> bool:
        """Whether its rows may become facts."""
        critical = any(finding.severity is Severity.CRITICAL for finding in self.findings)
        return self.reading is not None and self.period is not None and not critical


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget as loaded, amounts in satang."""

    source_row: int
    programme: str
    work: str
    category: str
    expense_type: str
    project: str
    approved: int
    transfer_in: int
    transfer_out: int
    committed: int
    disbursed: int
    remaining: int


@dataclass(frozen=True, slots=True)
class PlanProject:
    """One project of the anti-corruption plan as loaded, amounts in satang."""

    source_row: int
    number: str
    project: str
    dimension: int
    budget: int
    disbursed: int
    status: Status
    note: str


@dataclass(frozen=True, slots=True)
class LoadedExport:
    """An accepted export as the warehouse knows it: where its numbers came from and what was said of them."""

    export: Export
    source: Source
    sheet: str
    letters: Mapping[str, str]
    title: TitleBlock
    period: Period
    rows: int
    findings: tuple[Finding, ...]
    corrections: tuple[AppliedCorrection, ...]
    comments: tuple[Comment, ...] = ()
    rules_version: str = ""  # of the rules that it was judged by


@dataclass(frozen=True, slots=True)
class EarlierTotals:
    """What the accepted exports of an earlier period add up to; None where a source has none."""

    period: Period
    budget: Mapping[str, int] | None  # column of MONEY -> satang, over all lines
    plan: Mapping[Status, int] | None  # status -> number of projects
    files: Mapping[Source, str]  # source -> name of the file, so that the figures can be walked back


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A rule that the exports of a source were judged by, under the words for what holds where it passes."""

    rule: str
    source: Source  # "" for every source
    title: Words


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that one report is made from: the current accepted exports of one organisation and period."""

    organisation: Organisation
    period: Period
    budget: LoadedExport
    plan: LoadedExport
    budget_lines: tuple[BudgetLine, ...]
    plan_projects: tuple[PlanProject, ...]
    earlier: tuple[EarlierTotals, ...] = ()
    rules: tuple[CheckedRule, ...] = ()  # of now
    rules_version: str = ""
