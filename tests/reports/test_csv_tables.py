"""The CSV files: nothing is a formula, and every text survives a reader that guesses types."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.csv_tables import RESOURCES, csv_of, data_fields, guarded, unguarded
from tests.reports.facts import BUDGET_LINES, FACTS, PLAN_PROJECTS, comment, commented

TREACHEROUS = (
    *("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x","คลิก")', "＝1+1", " =1", "'=1"),
    *("751E0", "00123", "1.10", "1-2", "1/2", "2566", "๒๕๖๖", "1,000", "5%", "(5)", "12:30", "1e5", "1 2 2566"),
    *("NaN", "n/a", "NULL", "None", "TRUE", "false", "inf", "-inf", "#N/A", "<NA>", "-", "–", ""),
)
CSV_OF_EXAMPLE = csv_of(FACTS, "budget")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows as a careful reader finds them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def guessed(texts: list[str]) -> list[object]:
    """A column of texts as pandas guesses it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([["text", "more"], *([guarded(text), "x"] for text in texts)])
    column = pd.read_csv(io.BytesIO(file.getvalue().encode("utf-8-sig")))["text"]
    return ["" if pd.isna(value) else value for value in column]


def test_it_is_utf8_with_a_mark_and_lines_that_windows_ends() -> None:
    assert CSV_OF_EXAMPLE.startswith(b"\xef\xbb\xbforganisation,")
    assert CSV_OF_EXAMPLE.count(b"\r\n") == CSV_OF_EXAMPLE.count(b"\n") == 12


def test_the_columns_are_those_of_the_list_and_no_others() -> None:
    for resource in RESOURCES:
        assert list(rows_of(csv_of(FACTS, resource))[0]) == [field.name for field in data_fields(resource)]


def test_a_line_says_what_the_facts_say() -> None:
    row = rows_of(CSV_OF_EXAMPLE)[0]
    names = ("fiscal_year", "half", "cut_off", "project", "approved", "revised", "disbursed", "remaining", "source_row")
    assert [row[name] for name in names] == [
        *("2566", "1", "2023-03-31", "ประกันสังคม"),
        *("168000.00", "168000.00", "48984.00", "119016.00", "6"),
    ]
    assert [rows_of(csv_of(FACTS, "plan"))[3][name] for name in ("status", "status_name")] == [
        "in_progress",
        "อยู่ระหว่างดำเนินการ",
    ]


def test_a_finding_says_what_was_found_whether_it_is_resolved_and_what_people_say_of_it() -> None:
    rows = rows_of(csv_of(commented(comment("months_in_title", "A2", "5", "=พิมพ์ผิด")), "findings"))
    names = ("number", "source", "rule", "severity", "cell", "observed", "resolved")
    assert [rows[0][name] for name in names] == ["1", "elaas", "line_balance", "critical", "I6", "'68984.00", "true"]
    assert [row["comment"] for row in rows] == ["", "", "'=พิมพ์ผิด (ปลัดเทศบาล, 12 เมษายน 2566)", ""]


@pytest.mark.parametrize("code", ["751E0", "00123", "75100", "751NH"])
def test_a_code_is_text_to_pandas_whatever_it_looks_like(code: str) -> None:
    content = csv_of(replace(FACTS, organisation=replace(FACTS.organisation, code=code)), "budget")
    column = pd.read_csv(io.BytesIO(content))["organisation"]
    assert {str(value).removeprefix("CGD:") for value in column} == {code}
    assert {row["organisation"] for row in rows_of(content)} == {f"CGD:{code}"}


@given(st.lists(st.sampled_from(TREACHEROUS) | st.text(max_size=8), min_size=1, max_size=4))
def test_any_text_survives_a_reader_that_guesses(texts: list[str]) -> None:
    printable = ["".join(letter for letter in text if letter >= " " or letter in "\t\n") for text in texts]
    visible = [text.replace("\x7f", "").replace("\ufeff", "") for text in printable]
    found = guessed(visible)
    assert all(isinstance(value, str) for value in found)
    assert [unguarded(str(value)) for value in found] == visible


@pytest.mark.parametrize("text", TREACHEROUS)
def test_no_cell_begins_a_formula(text: str) -> None:
    lines = (replace(BUDGET_LINES[0], project=text, work=text),)
    projects = (replace(PLAN_PROJECTS[0], project=text, note=text),)
    facts = replace(FACTS, budget_lines=lines, plan_projects=projects)
    for resource in ("budget", "plan"):
        for row in rows_of(csv_of(facts, resource)):
            texts = [row[field.name] for field in data_fields(resource) if field.type == "string"]
            assert not [cell for cell in texts if cell.strip()[:1] in tuple("=+-@＝") and cell.strip("-– ")]
