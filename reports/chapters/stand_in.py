"""What a report says where a source was missing: whose earlier export, or workbook kept by hand, stands in for it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reports.chapters.document import Paragraph, Run
from reports.chapters.quality import SOURCE_TITLES
from reports.words import ReportWords
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, thai_date
from warehouse.vocabulary.records import LoadedExport, ReportFacts, StandIn
from warehouse.vocabulary.thai import to_thai_digits


def stand_in_of(export: LoadedExport, period: Period) -> StandIn | None:
    """What an export is in a report of that period, if not simply the export of that period."""
    if export.period != period:
        return "earlier"
    return "manual" if export.export.via == "hand" else None


def stand_in_notes(exports: Sequence[LoadedExport], period: Period, words: ReportWords) -> list[Words]:
    """For each export that stands in one note: which source is missing, and from which day the figures are."""
    return [_note(export, period, kind, words) for export in exports if (kind := stand_in_of(export, period))]


def stand_in_texts(exports: Sequence[LoadedExport], period: Period, words: ReportWords) -> tuple[str, ...]:
    """The notes in Thai, each with its English below."""
    notes = stand_in_notes(exports, period, words)
    return tuple(text for note in notes for text in (note.th, note.en))


def stand_in_paragraphs(exports: Sequence[LoadedExport], period: Period, words: ReportWords) -> list[Paragraph]:
    """The same texts as paragraphs; what a file says, and English, keep their digits."""
    names = "|".join(re.escape(export.export.file_name) for export in exports)
    paragraphs = []
    for note in stand_in_notes(exports, period, words):
        thai = re.split(f"({names})", note.th)
        paragraphs.append(Paragraph(tuple(Run(text, quoted=place % 2 == 1) for place, text in enumerate(thai))))
        paragraphs.append(Paragraph((Run(note.en, quoted=True),)))
    return paragraphs


def facts_as_of(facts: ReportFacts, export: LoadedExport) -> ReportFacts:
    """The facts as of the period that an export is of: an earlier one must not be told as if it were of today."""
    before = tuple(each for each in facts.earlier if each.period < export.period)
    return replace(facts, period=export.period, earlier=before)


def _note(export: LoadedExport, period: Period, kind: StandIn, words: ReportWords) -> Words:
    day = export.title.data_date or export.period.cut_off
    named = {"system": SOURCE_TITLES[export.source], "file": export.export.file_name}
    months = {"months": str(export.period.half.months), "wanted_months": str(period.half.months)}
    thai = months | {"date": thai_date(day), "cut_off": thai_date(period.cut_off)}
    english = months | {"date": day.isoformat(), "cut_off": period.cut_off.isoformat()}
    templates = words.narrative["stand_in"][kind]
    thai_digits = {name: to_thai_digits(text) for name, text in thai.items()}
    return Words(templates["th"].format(**named, **thai_digits), templates["en"].format(**named, **english))
