"""The words file of an organisation."""

from pathlib import Path

import pytest

from reports.chapters.document import Link
from reports.words import words_of
from warehouse.vocabulary.errors import WrongSettings

KNOWN = {"organisation", "disbursed"}


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A words file."""
    path = folder / "words.toml"
    path.write_text(text, encoding=encoding)
    return path


def test_without_a_file_the_seven_measures_speak_house_words() -> None:
    words = words_of(None, KNOWN)
    assert [measure.title for measure in words.measures] == [
        "ข้อมูลพื้นฐาน",
        "การบริหารงาน",
        "การบริหารเงินงบประมาณ",
        "การบริหารและพัฒนาทรัพยากรบุคคล",
        "การส่งเสริมความโปร่งใส",
        "การดำเนินการเพื่อป้องกันการทุจริต",
        "มาตรการภายในเพื่อป้องกันการทุจริต",
    ]
    assert words.unconfirmed == [1, 2, 4, 5, 7]  # the results of 3 and 6 are told by figures
    assert (words.file_name, words.sha256) == (None, None)


def test_own_words_replace_only_what_they_name(tmp_path: Path) -> None:
    text = """
preamble = ["ย่อหน้าแรก"]
[measure.2]
owner = "สำนักปลัดเทศบาล"
method = ["ขั้นแรก", "- ข้อย่อย"]
result = "ดำเนินการแล้ว {disbursed} บาท"
outcome = "สำเร็จ"
evidence = [{ title = "หน้าเว็บ", url = "https://example.go.th/o12" }]
"""
    words = words_of(written(tmp_path, text), KNOWN)
    own = words.measures[1]
    assert (own.owner, own.method, own.outcome) == ("สำนักปลัดเทศบาล", ("ขั้นแรก", "- ข้อย่อย"), "สำเร็จ")
    assert own.evidence == (Link("หน้าเว็บ", "https://example.go.th/o12"),)
    assert words.preamble == ("ย่อหน้าแรก",)
    assert words.measures[0] == words_of(None, KNOWN).measures[0]
    assert words.unconfirmed == [1, 4, 5, 7]


def test_a_file_from_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    words = words_of(written(tmp_path, '[measure.1]\nowner = "กองช่าง"\n', "utf-8-sig"), KNOWN)
    assert words.measures[0].owner == "กองช่าง"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[measure.8]\nowner = 'ก'", "measure.8"),
        ("[measure.1]\nowners = 'ก'", "measure.1.owners"),
        ("[measure.1]\ntitle = 'ก'", "measure.1.title"),
        ("[measure.3]\nowner = 7", "measure.3.owner"),
        ("[measure.3]\nowner = ' '", "measure.3.owner"),
        ("[measure.3]\nmethod = 'ก'", "measure.3.method"),
        ("[measure.3]\nmethod = []", "measure.3.method"),
        ("[measure.3]\nmethod = ['- ก']", "measure.3.method"),
        ("[measure.3]\nresult = 'จ่าย {disbursd} บาท'", "{disbursd}"),
        ("[measure.4]\nevidence = 'https://example.go.th'", "measure.4.evidence"),
        ("[measure.4]\nevidence = [{ title = 'ก', url = 'javascript:x' }]", "measure.4.evidence[1]"),
        ("[measures.1]\nowner = 'ก'", "measures"),
        ("measure = 1", "measure"),
        ("preamble = 'ก'", "preamble"),
    ],
)
def test_each_fault_is_named_with_file_measure_and_key(tmp_path: Path, text: str, where: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(WrongSettings) as raised:
        words_of(path, KNOWN)
    for message in (raised.value.words.th, raised.value.words.en):
        assert str(path) in message
        assert where in message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as raised:
        words_of(written(tmp_path, "[measure.1]\nowner = ''\nresult = ''\n"), KNOWN)
    assert "measure.1.owner" in raised.value.words.th
    assert "measure.1.result" in raised.value.words.th


def test_a_file_that_is_not_there_not_text_or_not_toml_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", written(tmp_path, "owner = 'ก'", "cp874")):
        with pytest.raises(WrongSettings, match=path.name):
            words_of(path, KNOWN)
    with pytest.raises(WrongSettings, match="line 1"):
        words_of(written(tmp_path, "[measure.1\n"), KNOWN)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("เบิกจ่ายแล้ว 3,822,121.63 บาท", True),
        ("เบิกจ่ายแล้วร้อยละ ๔๕.๐๐", True),
        ("ใช้งบประมาณ 500 บาท", True),
        ("บรรลุ 80%", True),
        ("เบิกจ่ายแล้ว {disbursed} บาท คิดเป็นร้อยละ {percent_disbursed}", False),
        ("จัดอบรม 2 ครั้ง เมื่อวันที่ 5 มกราคม 2566 เวลา 08.30 น. ผู้เข้าร่วม 45 คน ได้คะแนนร้อยละสูง", False),
    ],
)
def test_an_amount_or_a_share_that_is_typed_and_not_filled_in_is_known(tmp_path: Path, text: str, typed: bool) -> None:
    told = words_of(
        written(tmp_path, f'preamble = ["{text}"]\n[measure.5]\nmethod = ["{text}"]'), KNOWN | {"percent_disbursed"}
    )
    assert told.typed == (["บทนำ", "มาตรการที่ 5"] if typed else [])


def test_house_words_type_no_amount() -> None:
    assert words_of(None, KNOWN | {"percent_disbursed"}).typed == []
