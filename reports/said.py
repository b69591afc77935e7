"""What a release says, whichever software wrote it and however it looks: only what says otherwise is a new version."""

from collections.abc import Mapping

from reports.chapters.document import Document
from reports.files import FILES, tables_of
from reports.manifest import MadeFrom, sha256, told_of
from reports.origins import origin_notes
from reports.xlsx_sheets import sheets_of


def said_of(source: MadeFrom, documents: Mapping[str, Document]) -> str:
    """One hash over every text, figure, table and finding of a release, and over an organisation's own template.

    Not over versions of software, fonts, page layout or the fixed labels of the house's templates.
    """
    report, facts, figures = documents["measures"], source.facts, source.figures
    said = (
        list(FILES.values()),
        sorted(documents.items()),
        origin_notes(facts, figures, report.digits),
        sheets_of(facts, figures, report),
        {name: sha256(content) for name, content in tables_of(facts, source.words).items()},
        source.own_template,
        told_of(source),
        (facts.budget_lines, facts.plan_projects),
    )
    return sha256(repr(said).encode("utf-8"))
