"""What the label of a printed total says. Never told by the substring รวม: เทศบาลตำบลรวมใจพัฒนา is a real name."""

import functools
import re
from dataclasses import dataclass

from connectors.declaration import bare_heading

_TOTAL_WORDS = (
    *("รวม", "ยอดรวม", "ผลรวม", "เงินรวม", "จำนวนรวม", "สรุปรวม", "ทั้งสิ้น", "ทั้งหมด", "ยอดสุทธิ", "ยอดยกมา", "ยอดยกไป"),
    *("Total", "TOTAL", "total", "Grand"),
)
_SIGNS = "-–—•·_=()[]\"'“”"
_ADORNED = ("*", "ร ", *_SIGNS)
_PREFIX = re.compile(r"(?:ยอด|ผล|เงิน|จำนวน|สรุป)?รวม|ยอดยก(?:มา|ไป)|(?:[Gg]rand)?(?i:total)")
_EVERYTHING = r"ทั้งสิ้น|ทั้งหมด|ทั้งปี|สุทธิ|ทุก(?:แผนงาน|งาน|หมวด|มิติ|โครงการ|รายการ)|\d+มิติ"
_OF_NO_GROUP = re.compile(
    rf"(?:เงิน|งบประมาณ|รายจ่าย|รายการ|โครงการ|กิจกรรม|ยอด|จำนวน|เป็น|ประจำปี|หน้านี้|หน้า|ย่อย|บาท|\d|{_EVERYTHING})*"
)
_ALL = re.compile(_EVERYTHING)


@dataclass(frozen=True, slots=True)
class TotalName:
    """A total's label: the group that it names, or that it is of everything, or of a group that it leaves open."""

    group: str  # in the shape of a bare heading; "" for none
    is_of_everything: bool


def is_total_label(text: str) -> bool:
    """Whether a text begins like a total's label; names of projects and places may, too."""
    return text.startswith(_TOTAL_WORDS) or (text.startswith(_ADORNED) and _plain(text).startswith(_TOTAL_WORDS))


def _plain(label: str) -> str:
    """A label without the signs around it and the spaces between its letters: - ร ว ม - is รวม."""
    bare = bare_heading(label)
    return bare.strip(_SIGNS) if bare.startswith(tuple(_SIGNS)) else bare


@functools.lru_cache(maxsize=10_000)
def total_name(label: str) -> TotalName:
    """What a text that begins like a total's label says after that."""
    rest = _PREFIX.sub("", _plain(label), count=1)
    is_open = _OF_NO_GROUP.fullmatch(rest)
    return TotalName("", bool(_ALL.search(rest))) if is_open else TotalName(rest, False)


@functools.lru_cache(maxsize=10_000)
def names_group(name: str, value: str, headings: tuple[str, ...]) -> bool:
    """Whether a total's name is a group's label, with or without the word above its column: งาน, แผนงาน, มิติที่."""
    bare = bare_heading(value)
    if not bare or not (bare in name or name in bare):
        return False
    if name == bare:
        return True
    return any(
        one == bare or one.removeprefix(heading) == bare or bare.removeprefix(heading) == one
        for one in (name, _ALL.sub("", name))
        for heading in headings
    )
