"""The rules as data: catalogue.csv, one line a rule."""

import csv
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.records import RULES_VERSION, CheckedRule, Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the catalogue. Its number must lie within [low, high] (None: unbounded) everywhere."""

    rule: str
    source: str  # "" for every source
    scope: str  # what it judges: export, line, project or total; "defect", "located" and "evidence" are told by others
    severity: Severity
    category: str  # accuracy, completeness, consistency or timeliness
    low: int | None
    high: int | None
    observed: str  # the column of a leaf row that a finding shows, or "lowest": the lowest amount
    expected: str  # a column too, or the name of a proposal (row_findings)
    words: Words
    holds: Words  # a short title of what is so where the rule passes
    fix: Words
    ground: str

    @property
    def passing(self) -> int:
        """A number by which the rule passes: a bound of its own."""
        bound = self.high if self.low is None else self.low
        if bound is None:
            raise ValueError(f"{self.rule} has no bound")
        return bound

    def finding(
        self,
        blanks: Mapping[str, object],
        *,
        row: int | str | None = None,
        source_row: int | None = None,
        cell: str | None = None,
        column: str | None = None,
        observed: str | None = None,
        expected: str | None = None,
    ) -> Finding:
        """A finding of this rule, its message filled in; `blanks` holds what the message names beyond the fields."""
        fields = {"source_row": source_row, "cell": cell, "column": column, "observed": observed, "expected": expected}
        nearest = Words(f' ที่ใกล้เคียงที่สุดคือ "{expected}"', f'; nearest: "{expected}"') if expected else Words("", "")
        said = fields | {"nearest": nearest} | dict(blanks)
        filled = {name: "-" if value is None else value for name, value in said.items()}
        message = _filled(self.words, filled)
        return Finding(self.rule, self.severity, message, row, source_row, cell, column, observed, expected)


def _filled(words: Words, blanks: Mapping[str, object]) -> Words:
    """The message with its blanks filled, those that are Words each in its own language."""
    thai = {name: value.th if isinstance(value, Words) else value for name, value in blanks.items()}
    english = {name: value.en if isinstance(value, Words) else value for name, value in blanks.items()}
    return Words(words.th.format_map(thai), words.en.format_map(english))


@functools.cache
def catalogue() -> dict[str, Rule]:
    """All rules by their id, in the order of the table."""
    return {line["rule"]: _rule(line) for line in csv.DictReader(_table().splitlines())}


@functools.cache
def catalogue_text() -> str:
    """The table as it is written, and the lists of names: verdicts depend on them."""
    return _table() + _lists()


@functools.cache
def rules_version() -> str:
    """Twelve digits and letters: others once a rule, its severity, a bound or a list of names is; not its words."""
    deciding = [
        (one.rule, one.source, one.scope, one.severity.value, one.low, one.high, one.observed, one.expected)
        for one in catalogue().values()
        if one.scope != "evidence"  # judges no export
    ]
    return hashlib.sha256(f"{deciding}{_lists()}".encode()).hexdigest()[:RULES_VERSION]


def _lists() -> str:
    lists = sorted((files("expectations") / "names").iterdir(), key=lambda file: file.name)
    return "".join(file.read_text(encoding="utf-8") for file in lists if file.name.endswith(".csv"))


def _table() -> str:
    return (files("expectations") / "catalogue.csv").read_text(encoding="utf-8")


def rules_of(scope: str) -> list[Rule]:
    """The rules of a scope, in the order of the table."""
    return [rule for rule in catalogue().values() if rule.scope == scope]


_OF_DECISIONS = ("correction.", "confirmation.")


def checked_rules() -> tuple[CheckedRule, ...]:
    """What the content of an export is judged by: without notes, decisions, and the cells found behind a finding."""
    return tuple(
        CheckedRule(rule.rule, rule.source, rule.holds)
        for rule in catalogue().values()
        if rule.severity is not Severity.INFO
        and rule.scope not in ("located", "evidence")
        and not rule.rule.startswith(_OF_DECISIONS)
    )


def _rule(line: Mapping[str, str]) -> Rule:
    return Rule(
        line["rule"],
        line["source"],
        line["scope"],
        Severity(line["severity"]),
        line["category"],
        int(line["low"]) if line["low"] else None,
        int(line["high"]) if line["high"] else None,
        line["observed"],
        line["expected"],
        Words(line["thai"], line["english"]),
        Words(line["holds_thai"], line["holds_english"]),
        Words(line["fix_thai"], line["fix_english"]),
        line["ground"],
    )
