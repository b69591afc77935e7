"""What changed, as a page for those who sign: it needs nothing else, and is the same bytes for the same releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.comparison import Comparison, earlier_periods
from reports.earlier import COMPARING
from reports.html import english_of, page
from reports.manifest import period_of
from reports.release import read_manifest
from reports.sign.approvals import finding_key
from reports.sign.difference import Difference
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import date_words, months_words
from warehouse.vocabulary.wording import SEVERITIES

ABSENT = Words("ไม่มีข้อมูล", "no value")


@dataclass(frozen=True, slots=True)
class Then:
    """What a figure was: as printed, None without a value; if it changed, how much more (+) or less (−) it is now."""

    printed: str | None
    more: Words | None


def comparison_page(folder: Path, found: Comparison) -> str:
    """The page of a release. Raises Damaged if a release is not as it was written."""
    manifest = read_manifest(folder)
    period = period_of(manifest)
    last, same = earlier_periods(period)
    before = folder.resolve().parent / (found.version.previous or "").rpartition("-")[2]
    gone = read_manifest(before)["findings"] if found.version.gone_findings else ()
    first = Words("ฉบับนี้เป็นฉบับแรกของรอบ", "this is the first version of the period")
    columns = [(Words("ฉบับก่อน", "Version before"), found.version if found.version.previous else None, first)]
    for title, other, difference in (
        (Words("วันตัดยอดก่อน", "Cut-off before"), last, found.cut_off),
        (Words("รอบเดียวกันของปีก่อน", "Same half of the year before"), same, found.last_year),
    ):
        day = date_words(other.cut_off)
        without = Words(f"ไม่มีฉบับของรอบ {other} ให้เทียบ", f"there is no release of {other} to compare with")
        columns.append((Words(f"{title.th} ({day.th})", f"{title.en} ({day.en})"), difference, without))
    against = [difference for _, difference, _ in columns]
    return page(
        "comparison.html.j2",
        manifest=manifest,
        period=period,
        months=months_words(period.start, period.cut_off),
        english=english_of,
        columns=columns,
        rows=[
            (figure, [_then(key, figure, found, first=not place) for place, found in enumerate(against)])
            for key, figure in manifest["figures"].items()
        ],
        new_findings=_told(manifest["findings"], found.version.new_findings),
        gone_findings=_told(gone, found.version.gone_findings),
        new_inputs=found.version.new_inputs,
        others=found.version.others,
        another_year=last.fiscal_year != period.fiscal_year,
        severities={each.value: words for each, words in SEVERITIES.items()},
        absent=ABSENT,
    )


def _then(key: str, figure: Mapping[str, Any], found: Difference | None, *, first: bool) -> Then | None:
    """None where there is nothing to compare with: no release, or a figure that is itself a comparison."""
    if found is None or (key in COMPARING and not first):
        return None
    for one in found.figures:
        if one.key == key:
            more = "" if one.by is None else f"{one.by:+,}".replace("-", "−")
            return Then(one.before, Words(more, more) if more else Words("เปลี่ยน", "changed"))
    return Then(figure["printed"], None)


def _told(findings: Any, keys: tuple[str, ...]) -> list[Mapping[str, Any]]:
    return [one for one in findings if finding_key(one) in keys]
