"""All files of a release against its figures."""

from collections.abc import Mapping

from reports.chapters.document import Document
from reports.figure import Figures
from reports.proof.page import prove_page
from reports.proof.tables import prove_csv, prove_findings, prove_xlsx
from reports.proof.text import docx_text, pdf_text, prove_text
from warehouse.vocabulary.records import ReportFacts


def prove(
    facts: ReportFacts,
    figures: Figures,
    documents: Mapping[str, Document],
    contents: Mapping[str, bytes],
    *,
    own_template: bool = False,
) -> None:
    """Raise Damaged, naming figure, file and both values, unless every file says what the figures say."""
    report = documents["measures"]
    for file, document in (
        ("report.pdf", report),
        ("budget.pdf", documents["budget"]),
        ("plan.pdf", documents["plan"]),
    ):
        prove_text(file, pdf_text(contents[file], document), document, figures)
    prove_page("report.html", contents["report.html"], report, figures)
    prove_text("report.docx", docx_text(contents["report.docx"]), report, figures, own_template=own_template)
    prove_xlsx(facts, figures, contents["report.xlsx"], "report.xlsx")
    prove_csv(facts, figures, contents["budget.csv"], contents["plan.csv"])
    prove_findings(facts, contents["findings.csv"], "findings.csv")
