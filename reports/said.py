"""What a release says, whichever software wrote it and however it looks: only what says otherwise is a new version."""

from collections.abc import Mapping

from reports.chapters.document import Document
from reports.figure import Figures
from reports.files import FILES, WordTemplate, tables_of
from reports.ita_items import ItaItem
from reports.manifest import sha256, told_of
from reports.origins import origin_notes
from reports.words import ReportWords
from reports.xlsx_sheets import sheets_of
from warehouse.vocabulary.records import ReportFacts


def said_of(
    facts: ReportFacts,
    figures: Figures,
    words: ReportWords,
    documents: Mapping[str, Document],
    template: WordTemplate,
    items: Mapping[str, ItaItem],
) -> str:
    """One hash over every text, figure, table and finding of a release, and over an organisation's own template.

    Not over versions of software, fonts, page layout or the fixed labels of the house's templates.
    """
    report = documents["measures"]
    said = (
        list(FILES.values()),
        sorted(documents.items()),
        origin_notes(facts, figures, report.digits),
        sheets_of(facts, figures, report),
        {name: sha256(content) for name, content in tables_of(facts, words).items()},
        None if template.own_name is None else sha256(template.content),
        told_of(facts, figures, items),
        (facts.budget_lines, facts.plan_projects),
    )
    return sha256(repr(said).encode("utf-8"))
