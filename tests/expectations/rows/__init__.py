"""For every rule a passing, a failing, a null and a boundary row; test_catalogue.py asks for all four."""

import copy
from dataclasses import dataclass

from expectations.case import Case
from expectations.corrections import apply_corrections
from expectations.evidence import Citation, dead_among
from expectations.judge import judge
from tests.expectations.readings import case
from warehouse.store.links import DeadLink
from warehouse.vocabulary.records import Correction, Reading


@dataclass(frozen=True)
class Row:
    """What is judged, and whether the rule must find something in it."""

    case: Case
    fails: bool
    corrections: tuple[Correction, ...] = ()
    cited: tuple[Citation, ...] = ()
    dead: tuple[DeadLink, ...] = ()

    def rules_found(self) -> list[str]:
        """The rules of all findings, also of those that the corrections make and of the pages that are cited."""
        judged = copy.deepcopy(self.case)
        _, notes = apply_corrections(judged.reading, self.corrections)
        pages = [one.finding for one in dead_among(self.cited, {link.address: link for link in self.dead})]
        return [finding.rule for finding in (*judge([judged], gate=False)[0].findings, *notes, *pages)]


def passes(judged: Case | Reading, *corrections: Correction) -> Row:
    return Row(judged if isinstance(judged, Case) else case(judged), False, corrections)


def fails(judged: Case | Reading, *corrections: Correction) -> Row:
    return Row(judged if isinstance(judged, Case) else case(judged), True, corrections)


@dataclass(frozen=True)
class Rows:
    """The four rows of one rule. What a null or a boundary means to it, the rule must say."""

    passing: Case | Reading
    failing: Case | Reading
    null: Row
    boundary: Row

    def named(self) -> dict[str, Row]:
        return {
            "passing": passes(self.passing),
            "failing": fails(self.failing),
            "null": self.null,
            "boundary": self.boundary,
        }
