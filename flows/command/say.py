"""How the command line speaks: findings and results as plain lines, in Thai or English."""

import datetime
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from warehouse.vocabulary.errors import Language, Words
from warehouse.vocabulary.records import Finding, Severity
from warehouse.vocabulary.wording import SEVERITIES

_MARKS = {Severity.CRITICAL: "✗", Severity.WARNING: "!", Severity.INFO: "i"}


def say(language: Language, th: str, en: str) -> None:
    """One line to people, on standard output."""
    print(th if language == "th" else en)  # noqa: T201


def complain(language: Language, words: Words) -> None:
    """One line of what went wrong, on standard error."""
    print(words.said_in(language), file=sys.stderr)  # noqa: T201


def say_findings(language: Language, findings: Iterable[Finding]) -> None:
    """A line for each finding, and below a critical one what to do next."""
    from expectations.catalogue import catalogue

    for finding in findings:
        severity = SEVERITIES[finding.severity].said_in(language)
        say_line(f"    {_MARKS[finding.severity]} [{severity}] {finding.message.said_in(language)}")
        if finding.severity is Severity.CRITICAL:
            say_line(f"      → {catalogue()[finding.rule].fix.said_in(language)}")


def finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as `check --json` promises it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "row": finding.row,
        "source_row": finding.source_row,
        "cell": finding.cell,
        "column": finding.column,
        "observed": finding.observed,
        "expected": finding.expected,
        "message": finding.message.said_in(language),
    }


def say_line(line: str) -> None:
    """A line as it is."""
    print(line)  # noqa: T201


def show_progress(done: int, total: int) -> None:
    """A bar on a terminal, which the next line overwrites, and which is gone once all is done; elsewhere nothing."""
    if sys.stderr.isatty():
        full = 30 * done // total
        bar = f"{'█' * full}{'░' * (30 - full)} {done:,}/{total:,}" if done < total else ""
        print(f"{bar}\x1b[K", end="\r", file=sys.stderr, flush=True)  # noqa: T201


def now() -> datetime.datetime:
    """The time, UTC: the one place where the command line looks at a clock."""
    return datetime.datetime.now(datetime.UTC)


def shown_path(path: str) -> str:
    """A path as people type it here: from the working folder, where it lies below that."""
    return os.path.relpath(path) if Path(path).is_relative_to(Path.cwd()) else path
