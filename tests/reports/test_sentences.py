"""Sentences with figures filled in."""

import pytest

from reports.chapters.document import Run
from reports.figure import Figure
from reports.sentences import Sentences

SENTENCES = Sentences(
    {
        "paid": Figure("paid", "เบิกจ่าย", "baht", 382_212_163),
        "share": Figure("share", "ร้อยละการเบิกจ่าย", "percent", None),
    },
    {"name": "เทศบาล 9"},
)


def test_figures_are_filled_in_and_keep_their_key() -> None:
    assert SENTENCES.filled("จ่าย {paid} บาท") == (Run("จ่าย "), Run("3,822,121.63", "paid"), Run(" บาท"))


def test_a_sentence_whose_figure_is_missing_says_so() -> None:
    assert SENTENCES.plain("คิดเป็นร้อยละ {share}") == "คิดเป็นร้อยละ (ไม่มีข้อมูล: ร้อยละการเบิกจ่าย)"


def test_names_and_words_of_the_moment_are_filled_in() -> None:
    assert SENTENCES.plain("{name} ฉบับที่ {version}", version="2") == "เทศบาล 9 ฉบับที่ 2"


def test_braces_that_are_no_placeholder_stay_as_they_are() -> None:
    assert SENTENCES.plain("{} {ก} {{x") == "{} {ก} {{x"


def test_an_unknown_name_is_our_bug() -> None:
    with pytest.raises(KeyError):
        SENTENCES.filled("{unknown}")
