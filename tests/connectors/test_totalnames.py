"""What the label of a printed total says."""

import pytest

from connectors.declaration import declared_sources
from connectors.totalnames import is_total_label, names_group, total_name


@pytest.mark.parametrize(
    ("label", "group", "everything"),
    [
        ("รวม", "", False),
        ("รวมทั้งสิ้น", "", True),
        ("รวม ๔ มิติ", "", True),
        ("ยอดรวมงบประมาณรายจ่าย", "", False),
        ("รวมรายจ่ายทั้งหมด", "", True),
        ("ทั้งหมด", "", True),
        ("ทั้งหมด 7 โครงการ", "", True),
        ("รวมงบกลาง", "งบกลาง", False),
        ("รวม : งบ กลาง (บาท)", "งบกลาง", False),
        ("รวมใจพัฒนา", "ใจพัฒนา", False),
        ("Grand Total", "", False),
        ("- รวมทั้งสิ้น -", "", True),
        ("**รวมงบกลาง**", "งบกลาง", False),
        ("(รวม)", "", False),
        ("ร ว ม", "", False),
        ("ร ว ม ทั้ ง สิ้ น", "", True),
    ],
)
def test_what_a_totals_label_says(label: str, group: str, everything: bool):
    name = total_name(label)
    assert (is_total_label(label), name.group, name.is_of_everything) == (True, group, everything)


def test_a_group_is_named_with_or_without_the_word_above_its_column():
    elaas = declared_sources()[0]
    for column, name, value in [
        ("work", "งานก่อสร้าง", "ก่อสร้าง"),
        ("work", "ก่อสร้าง", "งานก่อสร้าง"),
        ("programme", "แผนงานงบกลาง", "งบกลาง"),
        ("category", "งบกลางทั้งสิ้น", "งบกลาง"),
        ("category", "งบกลาง", "งบ กลาง"),
    ]:
        assert names_group(name, value, elaas.bare_names(column))
    assert not names_group("แผนงานงบกลาง", "งบกลาง", elaas.bare_names("work"))
    assert not names_group("งบลงทุน", "", elaas.bare_names("category"))
    assert not names_group("กลาง", "งบกลางบน", elaas.bare_names("category"))
