"""The whole report in its order: opening, seven measures with the tables that belong to them, annexes."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict

from reports.chapters.budget import budget_chapters
from reports.chapters.document import Chapter, Document, KeyFigure, KeyFigures, Paragraph, Subheading
from reports.chapters.measures import measure_chapter
from reports.chapters.plan import plan_chapters
from reports.chapters.quality import quality_chapter, with_unprintable
from reports.chapters.sources import BANGKOK, Change, changes_chapter, method_chapter, sources_chapter
from reports.characters import unprintable_in
from reports.figure import Figures
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.fiscal import thai_date
from warehouse.vocabulary.records import ReportFacts

PHRASES = ("organisation", "place", "fiscal_year", "previous_year", "round", "period")
AT_A_GLANCE = {
    "revised": "บาท",
    "disbursed": "บาท",
    "percent_disbursed": "%",
    "plan_score": "จาก 100",
}


def report_of(
    facts: ReportFacts, figures: Figures, words: ReportWords, version: int, changes: Sequence[Change]
) -> Document:
    """The report as plain data."""
    sentences = Sentences(figures, phrases_of(facts))
    day = document_date(facts)
    measures: list[Chapter] = []
    for measure in words.measures:
        measures.append(measure_chapter(measure, sentences))
        if measure.number == 3:
            measures += budget_chapters(facts, sentences, words)
        if measure.number == 6:
            measures += plan_chapters(facts, sentences, words)
    before = (opening(sentences, words), *measures)
    quality = quality_chapter(facts, sentences, words)
    annexes = [sources_chapter(facts, figures), method_chapter(sentences, words)]
    if version > 1:
        annexes.append(changes_chapter(changes, version - 1, sentences, words))
    told = json.dumps([asdict(chapter) for chapter in (*before, quality, *annexes)], ensure_ascii=False)
    quality = with_unprintable(quality, unprintable_in(told), words)
    return Document(
        title=words.narrative["title"],
        subtitle=sentences.plain(words.narrative["subtitle"]),
        period=sentences.plain("{period}"),
        organisation=facts.organisation.name,
        place=sentences.phrases["place"],
        date=day.isoformat(),
        version=sentences.plain(words.narrative["version"], version=str(version), date=thai_date(day)),
        chapters=(*before, quality, *annexes),
    )


def phrases_of(facts: ReportFacts) -> dict[str, str]:
    """What a sentence may name besides figures."""
    organisation, period = facts.organisation, facts.period
    district, province = organisation.district.removeprefix("อำเภอ"), organisation.province.removeprefix("จังหวัด")
    phrases = (
        organisation.name,
        f"อำเภอ{district} จังหวัด{province}",
        str(period.fiscal_year.year),
        str(period.fiscal_year.year - 1),
        f"รอบ {period.half.months} เดือน",
        period.words,
    )
    return dict(zip(PHRASES, phrases, strict=True))


def document_date(facts: ReportFacts) -> datetime.date:
    """The day in Thailand when the newest of the files came: a report has no other clock."""
    return max(each.export.fetched_at for each in (facts.budget, facts.plan)).astimezone(BANGKOK).date()


def opening(sentences: Sentences, words: ReportWords) -> Chapter:
    """Why there is a report, and its main figures."""
    glance = tuple(
        KeyFigure(figure.title, "–" if figure.printed is None else figure.printed, unit, key)
        for key, unit in AT_A_GLANCE.items()
        for figure in [sentences.figures[key]]
    )
    paragraphs = tuple(Paragraph(sentences.filled(text)) for text in words.preamble)
    return Chapter("opening", "บทนำ", (*paragraphs, Subheading("ตัวเลขสำคัญ"), KeyFigures(glance)))
