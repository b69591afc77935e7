"""Districts in their provinces."""

import pytest

from expectations.names.areas import is_place, likely_places


@pytest.mark.parametrize(
    ("district", "province", "real"),
    [
        ("บางน้ำเปรี้ยว", "ฉะเชิงเทรา", True),
        ("เมืองปทุมธานี", "ปทุมธานี", True),
        ("เมือง", "ปทุมธานี", True),
        ("วังน้ำเขียว", "ฉะเชิงเทรา", False),
        ("บางน้ำเปรี้ยว", "ฉะเชิงเทา", False),
    ],
)
def test_a_district_is_real_in_its_own_province_alone(district: str, province: str, real: bool):
    assert is_place(district, province) is real


@pytest.mark.parametrize(
    ("district", "province", "meant"),
    [
        ("วังน้ำเขียว", "ฉะเชิงเทรา", "อ.วังน้ำเขียว จ.นครราชสีมา"),
        ("บางน้ำเปรียว", "ฉะเชิงเทรา", "อ.บางน้ำเปรี้ยว จ.ฉะเชิงเทรา"),
        ("เมือง", "ฉะเชิงเทา", "อ.เมือง จ.ฉะเชิงเทรา"),
        ("ก", "ข", None),
    ],
)
def test_a_place_that_is_not_comes_with_what_was_probably_meant(district: str, province: str, meant: str | None):
    assert likely_places(district, province) == meant


def test_a_name_that_several_provinces_have_names_them_all():
    places = likely_places("เฉลิมพระเกียรติ", "ฉะเชิงเทรา")
    assert places is not None and "จ.นครราชสีมา" in places and "จ.น่าน" in places and " หรือ " in places
