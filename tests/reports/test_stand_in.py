"""One source was missing: every form of the report says which, and what stands in for it from which day."""

import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reports.chapters.stand_in import stand_in_of
from reports.figures import figures_of
from reports.proof.statements import seen
from reports.proof.text import docx_text
from reports.release import make_release
from tests.reports.facts import FACTS, FIRST_HALF, LAST_YEAR, earlier, loaded
from tests.reports.reading import needs_poppler, pdf_text
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import ReportFacts

pytestmark = pytest.mark.slow

FULL_YEAR = Period(FiscalYear(2566), Half.FULL)
SIX_MONTHS = earlier(2566, Half.FIRST, "3,822,121.63")
EARLIER = replace(FACTS, period=FULL_YEAR, plan=loaded("eplannacc", period=FULL_YEAR), earlier=(LAST_YEAR, SIX_MONTHS))
BY_HAND = replace(FACTS, budget=loaded("elaas", export=replace(FACTS.budget.export, via="hand")))
TOLD = {
    "earlier": (
        EARLIER,
        "ยังไม่มีไฟล์จากระบบ e-LAAS ของรอบ ๑๒ เดือน",
        "ข้อมูล ณ วันที่ ๓๑ มีนาคม ๒๕๖๖ ไม่ใช่ตัวเลข ณ วันตัดยอด ๓๐ กันยายน ๒๕๖๖",
        "data as of 2023-03-31, and not as of the cut-off 2023-09-30",
    ),
    "manual": (
        BY_HAND,
        "ไม่มีไฟล์จากระบบ e-LAAS",
        "สมุดงานที่เจ้าหน้าที่จัดทำเอง (751NH_elaas_2566_1.xlsx) ข้อมูล ณ วันที่ ๓๑ มีนาคม ๒๕๖๖",
        "workbook 751NH_elaas_2566_1.xlsx, kept by hand",
    ),
}


@needs_poppler
@pytest.mark.parametrize("kind", TOLD)
def test_every_file_says_what_stands_in(kind: str, tmp_path: Path):
    facts, *texts = TOLD[kind]
    files = make_release(facts, words_file=None, releases=tmp_path).files
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"].read_bytes()))
    said = {
        "pdf": pdf_text(files["pdf"].read_bytes()),
        "budget_pdf": pdf_text(files["budget_pdf"].read_bytes()),
        "docx": docx_text(files["docx"].read_bytes()),
        "html": files["html"].read_text(encoding="utf-8"),
        "xlsx": " ".join(str(cell) for row in workbook.get_sheet_by_index(0).to_python() for cell in row),
        "datapackage": json.loads(files["datapackage"].read_text(encoding="utf-8"))["description"],
    }
    for name, text in said.items():
        twice = 1 if name in ("xlsx", "datapackage") else 2  # near the cover, and with the sources
        assert [seen(text).count(seen(one)) >= twice for one in texts] == [True] * 3, name
    assert seen(texts[0]) not in seen(pdf_text(files["plan_pdf"].read_bytes()))
    inputs = json.loads(files["manifest"].read_text(encoding="utf-8"))["inputs"]
    assert [one["stand_in"] for one in inputs] == [kind, None]
    assert inputs[0]["period"] == "2566-1"


def test_a_complete_report_says_nothing_of_it():
    assert [stand_in_of(export, FIRST_HALF) for export in (FACTS.budget, FACTS.plan)] == [None, None]


def test_an_earlier_export_is_compared_as_of_its_own_day():
    figures, of_its_day = figures_of(EARLIER), figures_of(replace(FACTS, earlier=(LAST_YEAR,)))
    for key in ("months", "points_ahead", "disbursed_since_cut_off", "points_since_last_year", "disbursed_last_year"):
        assert figures[key].value == of_its_day[key].value, key
    assert figures["plan_score_last_year"].value is None  # the plan is of the full year


def test_rows_of_an_earlier_export_keep_their_own_cut_off():
    from reports.csv_tables import csv_of

    def cut_offs(facts: ReportFacts, resource: str) -> set[str]:
        head, *lines = csv_of(facts, resource).decode("utf-8-sig").splitlines()
        return {line.split(",")[head.split(",").index("cut_off")] for line in lines}

    assert cut_offs(EARLIER, "budget") == {datetime.date(2023, 3, 31).isoformat()}
    assert cut_offs(EARLIER, "plan") == {datetime.date(2023, 9, 30).isoformat()}
