"""Names of PDFs put right by the lists."""

from dataclasses import replace

import pytest

from expectations.judge import judge
from expectations.names.repair import repair_names
from tests.expectations.readings import budget, case
from warehouse.vocabulary.records import Defect, Reading


def printed(**line: str) -> Reading:
    """A reading of a PDF with this line twice."""
    return replace(budget(line, line), is_print=True)


@pytest.mark.parametrize(
    ("column", "broken", "meant"),
    [
        ("programme", "บรหิ ารงานทวั่ ไป", "บริหารงานทั่วไป"),
        ("programme", "แผนงานบรหารงานทวไป", "แผนงานบริหารงานทั่วไป"),
        ("work", "งานบรหิารทัวไป ่", "งานบริหารทั่วไป"),
        ("category", "งบดาเนนงาน", "งบดำเนินงาน"),
        ("expense_type", "ค่าวัส\ufffdดุ", "ค่าวัสดุ"),
    ],
)
def test_a_label_with_the_letters_of_one_name_alone_becomes_it_and_is_told(column: str, broken: str, meant: str):
    reading = printed(**{column: broken})
    repair_names(reading)
    assert reading.columns[column] == [meant, meant]
    cell = {"programme": "A6", "work": "B6", "category": "C6", "expense_type": "D6"}[column]
    assert reading.defects == [Defect("name.repaired", 6, column, cell, broken, meant)]
    [finding] = [one for one in judge([case(reading)], gate=False)[0].findings if one.rule.startswith("name")]
    assert (finding.rule, finding.cell, finding.observed, finding.expected) == ("name.repaired", cell, broken, meant)


@pytest.mark.parametrize("name", ["บริหารงานทั่วไป", "แผนงานบริหารงานทั่วไป", "ชื่อใหม่", ""])
def test_a_name_that_is_listed_or_like_none_stays(name: str):
    reading = printed(programme=name)
    repair_names(reading)
    assert reading.columns["programme"] == [name, name]
    assert reading.defects == []


def test_what_a_workbook_spells_wrong_stays_as_it_is():
    reading = budget({"programme": "บรหิ ารงานทวั่ ไป"})
    repair_names(reading)
    assert reading.columns["programme"] == ["บรหิ ารงานทวั่ ไป"]
    assert reading.defects == []


def test_the_title_is_put_right_the_district_within_its_province():
    reading = replace(
        budget(organisation="เทศบาลตาบลคลองแสนแสบ", district="บางนาเปรยว", province="ฉะเชงิ เทรา"), is_print=True
    )
    repair_names(reading)
    title = reading.title
    assert (title.organisation, title.district, title.province) == ("เทศบาลตำบลคลองแสนแสบ", "บางน้ำเปรี้ยว", "ฉะเชิงเทรา")
    assert [(one.observed, one.expected) for one in reading.defects] == [
        ("ฉะเชงิ เทรา", "ฉะเชิงเทรา"),
        ("บางนาเปรยว", "บางน้ำเปรี้ยว"),
        ("เทศบาลตาบลคลองแสนแสบ", "เทศบาลตำบลคลองแสนแสบ"),
    ]


def test_an_organisation_that_may_be_either_of_two_stays():
    reading = replace(budget(organisation="เทศบาลตำบลหนองปลอง"), is_print=True)
    repair_names(reading)
    assert reading.title.organisation == "เทศบาลตำบลหนองปลอง"
