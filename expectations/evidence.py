"""What is found of the web pages that an organisation's own words cite as evidence.

It hangs on what a site answered, so no report tells it (the same inputs give the same bytes) and no gate closes on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from expectations.catalogue import catalogue
from warehouse.store.links import DeadLink
from warehouse.vocabulary.fiscal import date_words, thai_day
from warehouse.vocabulary.records import Finding


@dataclass(frozen=True, slots=True)
class Citation:
    """One link of one measure in an organisation's own words, and the file of these."""

    organisation: str
    file: str
    measure: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class DeadCitation:
    """A citation whose page cannot be opened."""

    citation: Citation
    link: DeadLink

    @property
    def finding(self) -> Finding:
        """What the officer is told."""
        one, since = self.citation, date_words(thai_day(self.link.since))
        said = {"measure": one.measure, "title": one.title, "file": one.file, "since": since, "reason": self.link.said}
        return catalogue()["evidence.link_dead"].finding(said, observed=one.address)


def dead_among(cited: Iterable[Citation], dead: Mapping[str, DeadLink]) -> list[DeadCitation]:
    """Those whose page could not be opened when it was last tried; dead: by address."""
    return [DeadCitation(one, dead[one.address]) for one in cited if one.address in dead]
