"""Files in which people decide: what is wrong in them is said by file, record and key."""

import datetime
from pathlib import Path

import pytest

from expectations.comments_file import read_comments
from expectations.confirmations_file import Confirmation, read_confirmations
from expectations.corrections_file import read_corrections
from expectations.crosswalk_file import Match, read_crosswalk
from tests.expectations.readings import PERIOD
from warehouse.vocabulary.errors import WrongSettings
from warehouse.vocabulary.records import Comment, Correction

CORRECTION = """
[[correction]]
organisation = "751E0"
source = "elaas"
fiscal_year = 2566
half = 1
cell = "I6"
printed = "68,984.00"
right = " 48,984.00"
reason = "พิมพ์ผิดหนึ่งหลัก"
who = "ผู้อำนวยการกองคลัง"
when = 2023-04-12
"""
MATCH = """
[[match]]
organisation = "751E0"
fiscal_year = 2566
project = "โครงการอบรม คุณธรรม"
budget_line = "อบรมคุณธรรม"
who = "ผู้อนุมัติ"
when = 2023-04-12
"""
COMMENT = """
[[comment]]
organisation = "751E0"
source = "elaas"
fiscal_year = 2566
half = 1
rule = "period.months"
cell = "A3"
observed = "5"
comment = '''
พิมพ์ผิด
  ยอดถูกต้อง'''
who = "ปลัดเทศบาล"
when = 2023-04-12
"""
CONFIRMATION = """
[[confirmation]]
organisation = "751E0"
source = "eplannacc"
fiscal_year = 2566
half = 1
rows_before = 20
rows = 8
reason = "สภามีมติยกเลิก"
who = "ปลัดเทศบาล"
when = 2023-04-12
"""
DAY = datetime.date(2023, 4, 12)


def test_a_correction_is_read_as_it_is_written(tmp_path: Path):
    path = tmp_path / "corrections.toml"
    path.write_text(CORRECTION + 'evidence = "ฎีกาที่ 12"\n' + CORRECTION, encoding="utf-8-sig")
    first, second = read_corrections(path)
    said = ("751E0", "elaas", PERIOD, "I6", "68,984.00", "48,984.00", "พิมพ์ผิดหนึ่งหลัก", "ผู้อำนวยการกองคลัง", DAY)
    assert (first, second) == (Correction(*said, "ฎีกาที่ 12"), Correction(*said))


def test_a_match_is_read_with_its_names_in_one_spelling(tmp_path: Path):
    path = tmp_path / "crosswalk.toml"
    path.write_text(MATCH, encoding="utf-8")
    assert read_crosswalk(path) == (
        Match("751E0", PERIOD.fiscal_year, "โครงการอบรม คุณธรรม", "อบรมคุณธรรม", "ผู้อนุมัติ", DAY),
    )


def test_a_confirmation_is_read_as_it_is_written(tmp_path: Path):
    path = tmp_path / "confirmations.toml"
    path.write_text(CONFIRMATION, encoding="utf-8")
    assert read_confirmations(path) == (
        Confirmation("751E0", "eplannacc", PERIOD, 20, 8, "สภามีมติยกเลิก", "ปลัดเทศบาล", DAY),
    )


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ("rows = 8", 'rows = "8"', "confirmation 1: rows"),
        ("rows = 8", "rows = -1", "confirmation 1: rows"),
        ("rows_before = 20", "", "confirmation 1: rows_before"),
        ("half = 1", "half = 3", "confirmation 1: half"),
        ('who = "ปลัดเทศบาล"', "", "confirmation 1: who"),
        ('reason = "สภามีมติยกเลิก"', 'reason = " "', "confirmation 1: reason"),
    ],
)
def test_a_confirmation_without_its_numbers_a_name_or_a_reason_is_refused(
    tmp_path: Path, was: str, becomes: str, named: str
):
    path = tmp_path / "confirmations.toml"
    path.write_text(CONFIRMATION.replace(was, becomes), encoding="utf-8")
    with pytest.raises(WrongSettings, match=named):
        read_confirmations(path)


def test_a_comment_is_read_with_its_words_in_one_line(tmp_path: Path):
    path = tmp_path / "comments.toml"
    path.write_text(COMMENT + COMMENT.replace('cell = "A3"\nobserved = "5"\n', ""), encoding="utf-8")
    said = "พิมพ์ผิด ยอดถูกต้อง", "ปลัดเทศบาล", DAY
    assert read_comments(path) == (
        Comment("751E0", "elaas", PERIOD, "period.months", "A3", "5", *said),
        Comment("751E0", "elaas", PERIOD, "period.months", None, None, *said),
    )


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('cell = "A3"', "cell = 3", "comment 1: cell"),
        ('who = "ปลัดเทศบาล"', 'who = ""', "comment 1: who"),
        ("half = 1", "", "comment 1: half"),
        ("ยอดถูกต้อง", "ก" * 1000, "comment 1: comment > 1000"),
    ],
)
def test_a_comment_of_nobody_or_too_long_to_print_is_refused(tmp_path: Path, was: str, becomes: str, named: str):
    path = tmp_path / "comments.toml"
    path.write_text(COMMENT.replace(was, becomes), encoding="utf-8")
    with pytest.raises(WrongSettings, match=named):
        read_comments(path)


def test_an_empty_file_holds_no_decisions(tmp_path: Path):
    path = tmp_path / "corrections.toml"
    path.write_text("# ยังไม่มี", encoding="utf-8")
    assert read_corrections(path) == () == read_crosswalk(path)


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('cell = "I6"', 'cell = "6I"', "correction 2: cell = '6I'"),
        ('cell = "I6"', "", "correction 2: cell"),
        ('reason = "พิมพ์ผิดหนึ่งหลัก"', 'reason = " "', "correction 2: reason"),
        ('source = "elaas"', 'source = "e-LAAS"', "correction 2: source = 'e-LAAS'"),
        ('printed = "68,984.00"', "printed = 68984.00", "correction 2: printed"),
        ("fiscal_year = 2566", "fiscal_year = 2023", "correction 2: fiscal_year"),
        ("fiscal_year = 2566", 'fiscal_year = "2566"', "correction 2: fiscal_year"),
        ("half = 1", "half = 3", "correction 2: half"),
        ("half = 1", "", "correction 2: half"),
        ("when = 2023-04-12", 'when = "12 เม.ย. 2566"', "correction 2: when"),
        ("when = 2023-04-12", "when = 2023-04-12T10:00:00", "correction 2: when"),
        ("who =", "whom =", "correction 2: who"),
        ("when =", 'by = "x"\nwhen =', "correction 2: by"),
        ("[[correction]]", "[[corection]]", "corection"),
        ("[[correction]]", "[correction", "line"),
    ],
)
def test_what_is_wrong_is_named_by_file_record_and_key(tmp_path: Path, was: str, becomes: str, named: str):
    path = tmp_path / "corrections.toml"
    path.write_text(CORRECTION + CORRECTION.replace(was, becomes), encoding="utf-8")
    with pytest.raises(WrongSettings) as error:
        read_corrections(path)
    for text in (error.value.words.th, error.value.words.en):
        assert "corrections.toml" in text and named in text and "docs/corrections.md" in text


def test_a_match_without_a_name_is_refused_too(tmp_path: Path):
    path = tmp_path / "crosswalk.toml"
    path.write_text(MATCH.replace('who = "ผู้อนุมัติ"', ""), encoding="utf-8")
    with pytest.raises(WrongSettings, match="match 1: who"):
        read_crosswalk(path)
