"""The start page of what is served beside Prefect: links to the findings pages and the reports, the newest first."""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flows.pages.links import READ
from flows.watch.wrong import period_words
from reports.release import latest_version
from warehouse.page import templates_in
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, moment_words, period_from

_MOST_SHOWN = 100  # of each: thousands of reports are found by their addresses in the runs


@dataclass(frozen=True, slots=True)
class Report:
    """The newest version of one report."""

    code: str
    period: Period
    version: int

    @property
    def title(self) -> Words:
        """The period and the version."""
        period = period_words(self.period)
        return Words(f"{period.th} ฉบับที่ {self.version}", f"{period.en}, version {self.version}")

    @property
    def links(self) -> list[tuple[Words, str]]:
        """What each form is called, and its address."""
        folder = f"releases/{quote(self.code)}/{self.period}/v{self.version}"
        return [(words, f"{folder}/{file}") for file, words in READ.items()]


def start_page(findings: Path, releases: Path, names: Mapping[str, str]) -> str:
    """The page, by what is in the two folders now; names: of organisations, by code."""
    pages, reports = sorted(_findings(findings), reverse=True), sorted(_reports(releases), key=_newest_first)
    template = templates_in(Path(__file__).parent / "templates").get_template("start.html.j2")
    page: str = template.render(
        pages=[(moment_words(came), f"findings/{quote(name)}") for came, name in pages[:_MOST_SHOWN]],
        more_pages=len(pages[_MOST_SHOWN:]),
        reports=reports[:_MOST_SHOWN],
        more_reports=len(reports[_MOST_SHOWN:]),
        names=names,
    )
    return page + "\n"


def _findings(folder: Path) -> Iterator[tuple[datetime.datetime, str]]:
    """When each findings page was written, as its name says, and the name."""
    for path in folder.glob("*.html"):
        with suppress(ValueError):  # somebody else's
            yield datetime.datetime.strptime(path.stem, "%Y%m%dT%H%M%S%z"), path.name


def _reports(folder: Path) -> Iterator[Report]:
    for shelf in folder.glob("*/*-[12]"):
        with suppress(ValueError):  # no period: not ours
            if version := latest_version(shelf):
                yield Report(shelf.parent.name, period_from(shelf.name), version)


def _newest_first(one: Report) -> tuple[int, int, str]:
    return -one.period.fiscal_year.year, -one.period.half, one.code
