"""The rows of a report as CSV: UTF-8 with a byte order mark, CRLF, one head row, the columns of fields.csv alone."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from reports.chapters.quality import comments_printed, findings_in, is_resolved
from reports.groups import revised
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.money import baht_plain
from warehouse.vocabulary.records import LABELS, MONEY, LoadedExport, ReportFacts
from warehouse.vocabulary.wording import STATUSES

Resource = Literal["budget", "plan", "findings"]
RESOURCES: tuple[Resource, ...] = get_args(Resource)
CODE_PREFIX = "CGD:"  # 751E0 alone is the number 751 to pandas, Excel and others, whatever stands around it
_FORMULA = tuple("=+-@\t\r\n'＝＋－＠")
# What pandas or a spreadsheet takes for a number, a date, a truth value or nothing at all.
_OTHER_THAN_TEXT = re.compile(
    r"[(]?[฿$€£¥]?[\d.,]*\d[\d.,]*(e[+-]?\d+)?%?[)]?|\d+[-/.: ]\d+([-/.: ]\d+)*|inf(inity)?|true|false|"
    r"#?n/?a|#n/?a n/?a|<na>|-?1\.#(ind|qnan)|nan|null|none",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


@dataclass(frozen=True, slots=True)
class DataField:
    """One published column."""

    name: str
    type: str
    title: Words
    description: Words


@cache
def data_fields(resource: Resource) -> tuple[DataField, ...]:
    """The published columns of a table in their order: fields.csv."""
    with (Path(__file__).with_name("fields.csv")).open(encoding="utf-8", newline="") as file:
        return tuple(
            DataField(
                line["name"],
                line["type"],
                Words(line["title_th"], line["title_en"]),
                Words(line["description_th"], line["description_en"]),
            )
            for line in csv.DictReader(file)
            if line["resource"] == resource
        )


def csv_of(facts: ReportFacts, resource: Resource) -> bytes:
    """One table, the same bytes for the same facts."""
    rows = {"budget": _budget_rows, "plan": _plan_rows, "findings": _finding_rows}[resource](facts)
    fields = data_fields(resource)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.name for field in fields)
    writer.writerows(_cells(row, fields) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text, behind an apostrophe where a program would take it for a formula, a number, a date or nothing."""
    visible = _INVISIBLE.sub("", text)
    bare = visible.strip()
    dashes_alone = bare.strip("-–—") == ""
    if (bare.startswith(_FORMULA) and not dashes_alone) or visible[:1] in "\t\r\n" or _OTHER_THAN_TEXT.fullmatch(bare):
        return f"'{visible}" if visible else ""
    return visible


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text.removeprefix("'")


def _cells(row: Mapping[str, str | int], fields: Iterable[DataField]) -> list[str]:
    """The cells of a row; KeyError where a column of fields.csv is not known."""
    return [guarded(str(row[field.name])) if field.type == "string" else str(row[field.name]) for field in fields]


def _common(facts: ReportFacts, export: LoadedExport) -> dict[str, str | int]:
    return {
        "organisation": CODE_PREFIX + facts.organisation.code,
        "organisation_name": facts.organisation.name,
        "fiscal_year": export.period.fiscal_year.year,
        "half": export.period.half.value,
        "cut_off": export.period.cut_off.isoformat(),
    }


def _budget_rows(facts: ReportFacts) -> Iterator[dict[str, str | int]]:
    for line in facts.budget_lines:
        amounts = {column: baht_plain(getattr(line, column)) for column in MONEY}
        labels = {label: getattr(line, label) for label in LABELS}
        more: dict[str, str | int] = {"revised": baht_plain(revised(line)), "source_row": line.source_row}
        yield {**_common(facts, facts.budget), **labels, **amounts, **more}


def _plan_rows(facts: ReportFacts) -> Iterator[dict[str, str | int]]:
    for project in facts.plan_projects:
        yield {
            **_common(facts, facts.plan),
            "project": project.project,
            "dimension": project.dimension,
            "budget": baht_plain(project.budget),
            "disbursed": baht_plain(project.disbursed),
            "status": project.status.value,
            "status_name": STATUSES[project.status].th,
            "note": project.note,
            "source_row": project.source_row,
        }


def _finding_rows(facts: ReportFacts) -> Iterator[dict[str, str | int]]:
    for number, (export, finding) in enumerate(findings_in(facts), start=1):
        yield {
            **_common(facts, export),
            "number": number,
            "source": export.source,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "cell": finding.cell or "",
            "observed": finding.observed or "",
            "expected": finding.expected or "",
            "message": finding.message.th,
            "message_en": finding.message.en,
            "resolved": "true" if is_resolved(export, finding) else "false",
            "comment": comments_printed(export, finding),
        }
