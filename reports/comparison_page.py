"""What changed, as a page for those who sign: it needs nothing else, and is the same bytes for the same releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.comparison import Comparison, earlier_periods
from reports.earlier import COMPARING
from reports.html import page
from reports.manifest import period_of
from reports.release import read_manifest
from reports.sign.approvals import finding_key
from reports.sign.difference import Difference
from warehouse.vocabulary.fiscal import thai_date
from warehouse.vocabulary.wording import SEVERITIES

ABSENT = "ไม่มีข้อมูล"


@dataclass(frozen=True, slots=True)
class Then:
    """What a figure was: as printed, and how much more (+) or less (−) it is now; None where nothing changed."""

    printed: str
    more: str | None


def comparison_page(folder: Path, found: Comparison) -> str:
    """The page of a release. Raises Damaged if a release is not as it was written."""
    manifest = read_manifest(folder)
    period = period_of(manifest)
    last, same = earlier_periods(period)
    before = folder.resolve().parent / (found.version.previous or "").rpartition("-")[2]
    gone = read_manifest(before)["findings"] if found.version.gone_findings else ()
    columns = [("ฉบับก่อน", found.version if found.version.previous else None, "ฉบับนี้เป็นฉบับแรกของรอบ")]
    for title, other, difference in (
        ("วันตัดยอดก่อน", last, found.cut_off),
        ("รอบเดียวกันของปีก่อน", same, found.last_year),
    ):
        columns.append((f"{title} ({thai_date(other.cut_off)})", difference, f"ไม่มีฉบับของรอบ {other} ให้เทียบ"))
    against = [difference for _, difference, _ in columns]
    return page(
        "comparison.html.j2",
        manifest=manifest,
        period=period,
        columns=columns,
        rows=[
            (figure, [_then(key, figure, found, first=not place) for place, found in enumerate(against)])
            for key, figure in manifest["figures"].items()
        ],
        new_findings=_told(manifest["findings"], found.version.new_findings),
        gone_findings=_told(gone, found.version.gone_findings),
        new_inputs=found.version.new_inputs,
        another_year=last.fiscal_year != period.fiscal_year,
        severities={each.value: words.th for each, words in SEVERITIES.items()},
        absent=ABSENT,
    )


def _then(key: str, figure: Mapping[str, Any], found: Difference | None, *, first: bool) -> Then | None:
    """None where there is nothing to compare with: no release, or a figure that is itself a comparison."""
    if found is None or (key in COMPARING and not first):
        return None
    for one in found.figures:
        if one.key == key:
            more = None if one.by is None else f"{one.by:+,}".replace("-", "−")
            return Then(one.before or ABSENT, more or "เปลี่ยน")
    return Then(figure["printed"] or ABSENT, None)


def _told(findings: Any, keys: tuple[str, ...]) -> list[Mapping[str, Any]]:
    return [one for one in findings if finding_key(one) in keys]
