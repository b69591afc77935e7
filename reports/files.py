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
    "plan_pdf": "plan.pdf",
    "budget_csv": "budget.csv",
    "plan_csv": "plan.csv",
    "findings_csv": "findings.csv",
    "datapackage": "datapackage.json",
    "manifest": "manifest.json",
}
"""What is in a release, under the names that never change."""
PUBLIC_DOCUMENTS = {"measures": FILES["pdf"], "budget": FILES["budget_pdf"], "plan": FILES["plan_pdf"]}


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
    report, organisation = documents["measures"], facts.organisation
    name = template.own_name or FILES["docx"]
    tables = {FILES[f"{name}_csv"]: csv_of(facts, name) for name in RESOURCES}
    return {
        FILES["docx"]: docx_of(report, figures, template.content, name),  # first: a faulty template costs no PDF
        **{file: pdf_of(documents[document], organisation) for document, file in PUBLIC_DOCUMENTS.items()},
        FILES["html"]: html_of(report, origin_notes(facts, figures, report.digits)).encode("utf-8"),
        FILES["xlsx"]: xlsx_of(facts, figures, report),
        **tables,
        FILES["datapackage"]: datapackage_of(facts, words, tables),
    }
