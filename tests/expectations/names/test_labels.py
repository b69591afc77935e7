"""Names of programmes, works, categories and expense types, by fiscal year."""

import csv
from pathlib import Path

import pytest

from expectations.judge import judge
from expectations.names.labels import LISTS
from tests.expectations.readings import budget, case
from warehouse.vocabulary.fiscal import FiscalYear, Half, Period
from warehouse.vocabulary.records import Finding
from warehouse.vocabulary.thai import normal_text

FOLDER = Path(__file__).parents[3] / "expectations" / "names"


def found(*lines: dict[str, str], year: int = 2566) -> list[Finding]:
    period = Period(FiscalYear(year), Half.FIRST)
    findings = judge([case(budget(*lines), period=period)], gate=False)[0].findings
    return [finding for finding in findings if finding.rule.startswith("names.")]


@pytest.mark.parametrize(
    ("column", "printed", "meant"),
    [
        ("programme", "แผนงานการศาสนา วัฒนธรม และนันทนาการ", "การศาสนาวัฒนธรรมและนันทนาการ"),
        ("work", "งานป้องกันและบรรเทาสาธารณะภัย", "ป้องกันและบรรเทาสาธารณภัย"),
        ("category", "งบบุคลากรณ์", "งบบุคลากร"),
        ("expense_type", "ค่าครุภัณท์", "ค่าครุภัณฑ์"),
        ("work", "xyz", None),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_known_one(column: str, printed: str, meant: str | None):
    [finding] = found({column: printed})
    assert (finding.rule, finding.observed, finding.expected) == (f"names.{column}", printed, meant)
    assert finding.cell == {"programme": "A6", "work": "B6", "category": "C6", "expense_type": "D6"}[column]


def test_a_name_that_stands_in_many_rows_is_told_once_at_its_first():
    findings = found({}, {"work": "สวนสาธารณ"}, {"work": "สวนสาธารณ"}, {"work": "จราจอน"})
    assert [(one.row, one.observed) for one in findings] == [(1, "สวนสาธารณ"), (3, "จราจอน")]


@pytest.mark.parametrize(("year", "known"), [(2564, True), (2565, False)])
def test_a_name_is_known_until_the_last_year_of_its_line(year: int, known: bool):
    line = {"programme": "อุตสาหกรรมและการโยธา", "work": "ก่อสร้างโครงสร้างพื้นฐาน"}
    assert (found(line, year=year) == []) is known


def test_a_work_under_another_programme_is_told_with_its_own():
    [finding] = found({"programme": "แผนงานบริหารงานทั่วไป", "work": "งานป้องกันและบรรเทาสาธารณภัย"})
    assert (finding.rule, finding.expected) == ("names.misplaced", "การรักษาความสงบภายใน")


def test_the_names_of_the_central_budget_are_known_as_e_laas_prints_them():
    assert found({"programme": "งบกลาง", "work": "งบกลาง", "category": "งบกลาง", "expense_type": "งบกลาง"}) == []


@pytest.mark.parametrize("file", [*LISTS.values(), "districts.csv"])
def test_a_list_is_complete_in_one_spelling_and_names_its_source(file: str):
    with (FOLDER / file).open(encoding="utf-8", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert lines and all(value == normal_text(value) for line in lines for value in line.values())
    assert len({tuple(line.values()) for line in lines}) == len(lines)
    if file != "districts.csv":
        assert all(line["name"] and line["source"] for line in lines)
        assert all(
            not line[year] or FiscalYear(int(line[year])) for line in lines for year in ("first_year", "last_year")
        )


def test_every_work_belongs_to_a_programme_of_the_list():
    with (FOLDER / "works.csv").open(encoding="utf-8", newline="") as works:
        programmes = {line["programme"] for line in csv.DictReader(works)}
    with (FOLDER / "programmes.csv").open(encoding="utf-8", newline="") as names:
        assert programmes == {line["name"] for line in csv.DictReader(names)}
