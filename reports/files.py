"""The files of a release, made from one set of figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.chapters.document import Document
from reports.csv_tables import RESOURCES, csv_of
from reports.datapackage import datapackage_of
from reports.docx import docx_of
from reports.figure import Figures
from reports.html import html_of
from reports.origins import origin_notes
from reports.pdf import pdf_of
from reports.words import ReportWords
from reports.xlsx import xlsx_of
from warehouse.vocabulary.records import ReportFacts

FILES = {
    "pdf": "report.pdf",
    "docx": "report.docx",
    "html": "report.html",
    "xlsx": "report.xlsx",
    "budget_pdf": "budget.pdf",
    "budget_docx": "budget.docx",
    "budget_html": "budget.html",
    "plan_pdf": "plan.pdf",
    "plan_docx": "plan.docx",
    "plan_html": "plan.html",
    "budget_csv": "budget.csv",
    "plan_csv": "plan.csv",
    "findings_csv": "findings.csv",
    "datapackage": "datapackage.json",
    "manifest": "manifest.json",
}
"""What is in a release, under the names that never change."""
STEMS = {"measures": "report", "budget": "budget", "plan": "plan"}
"""The public documents; each is a PDF, a Word document and a page of that name."""


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A Word template: its bytes, and the name of the file if it is an organisation's own."""

    content: bytes
    own_name: str | None = None


def contents_of(
    facts: ReportFacts,
    figures: Figures,
    words: ReportWords,
    documents: Mapping[str, Document],
    template: WordTemplate,
) -> dict[str, bytes]:
    """Every file but the manifest, by name. Raises WrongSettings for a Word template that cannot be used."""
    report = documents["measures"]
    name = template.own_name or FILES["docx"]
    notes = origin_notes(facts, figures, report.digits)
    told = [(stem, documents[document]) for document, stem in STEMS.items()]
    return {
        # Word first: a faulty template costs no PDF.
        **{f"{stem}.docx": docx_of(document, figures, template.content, name) for stem, document in told},
        **{f"{stem}.pdf": pdf_of(document, facts.organisation) for stem, document in told},
        **{f"{stem}.html": html_of(document, notes).encode("utf-8") for stem, document in told},
        FILES["xlsx"]: xlsx_of(facts, figures, report),
        **tables_of(facts, words),
    }


def tables_of(facts: ReportFacts, words: ReportWords) -> dict[str, bytes]:
    """The open data and their descriptor, by name."""
    tables = {FILES[f"{name}_csv"]: csv_of(facts, name) for name in RESOURCES}
    return {**tables, FILES["datapackage"]: datapackage_of(facts, words, tables)}
