"""All files of a release against its figures."""

from collections.abc import Mapping

from reports.chapters.document import Document
from reports.figure import Figures
from reports.files import STEMS
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
    for name, stem in STEMS.items():
        document, pdf, page, word = documents[name], f"{stem}.pdf", f"{stem}.html", f"{stem}.docx"
        prove_text(pdf, pdf_text(contents[pdf], document), document, figures)
        prove_page(page, contents[page], document, figures)
        prove_text(word, docx_text(contents[word]), document, figures, own_template=own_template)
    prove_xlsx(facts, figures, contents["report.xlsx"], "report.xlsx")
    prove_csv(facts, figures, contents["budget.csv"], contents["plan.csv"])
    prove_findings(facts, contents["findings.csv"], "findings.csv")
