"""The three public documents of a report, from the same chapters: measures, budget follow-up, plan follow-up."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from reports.chapters.budget import budget_chapters
from reports.chapters.document import Chapter, Digits, Document, KeyFigure, KeyFigures, Paragraph, Subheading
from reports.chapters.measures import measure_chapter
from reports.chapters.plan import plan_chapters
from reports.chapters.quality import quality_chapter, with_unprintable, words_to_check
from reports.chapters.sources import BANGKOK, Change, changes_chapter, method_chapter, sources_chapter
from reports.chapters.stand_in import facts_as_of, stand_in_paragraphs, stand_in_texts
from reports.characters import unprintable_in
from reports.digits import in_digits
from reports.figure import Figures
from reports.ita_items import ItaItem, items_of
from reports.sentences import Sentences
from reports.words import ReportWords
from warehouse.vocabulary.fiscal import thai_date
from warehouse.vocabulary.records import LoadedExport, ReportFacts

PHRASES = ("organisation", "place", "fiscal_year", "previous_year", "round", "period")
AT_A_GLANCE = {
    "measures": {"revised": "บาท", "disbursed": "บาท", "percent_disbursed": "%", "plan_score": "จาก 100"},
    "budget": {"revised": "บาท", "disbursed": "บาท", "remaining": "บาท", "percent_disbursed": "%"},
    "plan": {"plan_projects": "รายการ", "plan_completed": "รายการ", "plan_disbursed": "บาท", "plan_score": "จาก 100"},
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What all documents of one release are told from."""

    facts: ReportFacts
    figures: Figures
    words: ReportWords
    version: int
    changes: Sequence[Change]
    sentences: Sentences
    digits: Digits
    items: Mapping[str, ItaItem]
    previous: int


def documents_of(
    facts: ReportFacts,
    figures: Figures,
    words: ReportWords,
    version: int,
    changes: Sequence[Change],
    digits: Digits = "mixed",
    items: Mapping[str, ItaItem] | None = None,
    previous: int | None = None,
) -> dict[str, Document]:
    """The three documents as plain data, by name; the ITA items that they serve, if not told, as the house knows.

    previous: the version that `changes` are against; if not told, the one before.
    """
    sentences = Sentences(figures, phrases_of(facts))
    served = items_of(facts.period, None) if items is None else items
    telling = Telling(facts, figures, words, version, changes, sentences, digits, served, previous or version - 1)
    return {"measures": _measures(telling), "budget": _budget(telling), "plan": _plan(telling)}


def report_of(
    facts: ReportFacts, figures: Figures, words: ReportWords, version: int, changes: Sequence[Change]
) -> Document:
    """The measures report alone, in mixed digits."""
    return documents_of(facts, figures, words, version, changes)["measures"]


def _measures(telling: Telling) -> Document:
    facts, sentences, words = telling.facts, telling.sentences, telling.words
    (budget, of_budget), (plan, of_plan) = _as_of(telling, facts.budget), _as_of(telling, facts.plan)
    chapters: list[Chapter] = []
    for measure in words.measures:
        chapters.append(measure_chapter(measure, {3: of_budget, 6: of_plan}.get(measure.number, sentences)))
        if measure.number == 3:
            chapters += budget_chapters(budget, of_budget, words)
        if measure.number == 6:
            chapters += plan_chapters(plan, of_plan, words)
    quality = quality_chapter((facts.budget, facts.plan), sentences, words, words_to_check(sentences, words))
    return _document(telling, "measures", chapters, quality, telling.figures, (facts.budget, facts.plan))


def _as_of(telling: Telling, export: LoadedExport) -> tuple[ReportFacts, Sentences]:
    """Facts and sentences as of the period that an export is of, mostly the report's own."""
    facts = facts_as_of(telling.facts, export)
    return facts, replace(telling.sentences, phrases=phrases_of(facts))


def _budget(telling: Telling) -> Document:
    facts, sentences, words = telling.facts, telling.sentences, telling.words
    quality = quality_chapter((facts.budget,), sentences, words)
    told = {key: figure for key, figure in telling.figures.items() if not key.startswith("plan_")}
    return _document(
        telling, "budget", budget_chapters(*_as_of(telling, facts.budget), words), quality, told, (facts.budget,)
    )


def _plan(telling: Telling) -> Document:
    facts, sentences, words = telling.facts, telling.sentences, telling.words
    quality = quality_chapter((facts.plan,), sentences, words)
    told = {key: figure for key, figure in telling.figures.items() if key.startswith("plan_")}
    return _document(telling, "plan", plan_chapters(*_as_of(telling, facts.plan), words), quality, told, (facts.plan,))


def _document(
    telling: Telling,
    name: str,
    chapters: Sequence[Chapter],
    quality: Chapter,
    figures: Figures,
    exports: Sequence[LoadedExport],
) -> Document:
    """Opening, chapters and annexes of one document; `figures` are those that it lists."""
    sentences, words, version = telling.sentences, telling.words, telling.version
    notes = stand_in_paragraphs(exports, telling.facts.period, words)
    before = (opening(name, sentences, words, notes), *chapters)
    annexes = [sources_chapter(exports, figures, telling.facts, words, notes), method_chapter(sentences, words)]
    if version > 1:
        changed = [change for change in telling.changes if change.key in figures]
        annexes.append(changes_chapter(changed, telling.previous, sentences, words))
    told = json.dumps([asdict(chapter) for chapter in (*before, quality, *annexes)], ensure_ascii=False)
    day = document_date(telling.facts)
    document = Document(
        title=words.narrative["title"][name],
        subtitle=sentences.plain(words.narrative["subtitle"]),
        period=sentences.plain("{period}"),
        organisation=telling.facts.organisation.name,
        place=sentences.phrases["place"],
        date=day.isoformat(),
        version=sentences.plain(words.narrative["version"], version=str(version), date=thai_date(day)),
        chapters=(*before, with_unprintable(quality, unprintable_in(told), words), *annexes),
        item=_item(telling, name),
        notes=stand_in_texts(exports, telling.facts.period, words),
    )
    return in_digits(document, telling.digits)


def _item(telling: Telling, name: str) -> str:
    """The ITA item that the document serves, in a line for its cover; nothing where none is known."""
    if name not in telling.items:
        return ""
    found = telling.items[name]
    template = telling.words.narrative["ita_item" if found.confirmed else "ita_item_unconfirmed"]
    return str(template).replace("{item}", found.item)  # O12 as ITA writes it, in Arabic digits


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
    return newest_export(facts).astimezone(BANGKOK).date()


def newest_export(facts: ReportFacts) -> datetime.datetime:
    """When the newest of the files came, in UTC."""
    return max(each.export.fetched_at for each in (facts.budget, facts.plan))


def opening(name: str, sentences: Sentences, words: ReportWords, notes: Sequence[Paragraph] = ()) -> Chapter:
    """What stands in for a missing file, why there is a document, and its main figures."""
    glance = tuple(
        KeyFigure(figure.title, "–" if figure.printed is None else figure.printed, unit, key)
        for key, unit in AT_A_GLANCE[name].items()
        for figure in [sentences.figures[key]]
    )
    told = words.preamble if name == "measures" else words.narrative["opening"][name]
    paragraphs = tuple(Paragraph(sentences.filled(text)) for text in told)
    return Chapter("opening", "บทนำ", (*notes, *paragraphs, Subheading("ตัวเลขสำคัญ"), KeyFigures(glance)))
