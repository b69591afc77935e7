"""The register of municipalities and provincial organisations."""

from warehouse.vocabulary.organisations import code_of, is_known


def test_a_code_is_text_even_where_it_looks_like_a_number():
    assert code_of("เทศบาลตำบลคลองแสนแสบ") == "751NH"
    assert code_of("เทศบาลเมืองกระบี่") == "75100"


def test_a_name_that_several_bear_has_no_code_but_is_known():
    assert code_of("เทศบาลตำบลหนองบัว") is None
    assert is_known("เทศบาลตำบลหนองบัว")


def test_a_name_that_nobody_bears_is_unknown():
    assert code_of("เทศบาลตำบลคลองแล้นแลบ") is None
    assert not is_known("เทศบาลตำบลคลองแล้นแลบ")
    assert not is_known("คลองแสนแสบ")
