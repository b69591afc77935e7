"""The organisation that a title names."""

import re

from warehouse.vocabulary.organisations import is_known

_KINDS = {
    "ทน.": "เทศบาลนคร",
    "ทม.": "เทศบาลเมือง",
    "ทต.": "เทศบาลตำบล",
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
}
_NAMED = re.compile(
    r"(เทศบาล\s?(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วน\s?(?:ตำบล|จังหวัด)|(?<![ก-๙.])(?:ทน|ทม|ทต|อบต|อบจ)\."
    r"|(?<![ก-๙])เมืองพัทยา)\s?([^\n]*)"
)
# What follows a name: some words also without a space, most only after one, as ไผ่รอบ and สนามชัยเขต are names.
_ALWAYS = "อำเภอ|จังหวัด|ประจำปี|ปีงบ|[(),/|:]"
_ENDS_A_NAME = re.compile(
    rf" ?(?:{_ALWAYS})|(?:^| )(?:อ\.|จ\.|ต\.|ตำบล|ประจำ|ปี|พ\.?ศ|รอบ|งบ|งวด|ข้อมูล|ณ|ตั้งแต่|ระหว่าง|ไตรมาส"
    r"|หน่วย|วันที่|เดือน|หน้า|โทร|ว่า|ได้|มี|ที่)"
)
_MOST_WORDS = 4


def organisation_in(text: str) -> str | None:
    """The first organisation named in the lines of a title, its name in one word where the register knows it so."""
    for found in _NAMED.finditer(text):
        kind = found[1].replace(" ", "").replace("\n", "")
        kind, rest = _KINDS.get(kind, kind), found[2].strip()
        if kind == "เมืองพัทยา":
            return kind
        if name := _registered(kind, rest) or _ENDS_A_NAME.split(rest, maxsplit=1)[0].strip():
            return name if name.startswith(kind) else kind + name
    return None


def _registered(kind: str, rest: str) -> str | None:
    """The longest known name that the first words give, read together: cells may part a name anywhere."""
    words = rest.split(" ")[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        joined = "".join(words[:count])
        for name in (joined, re.split(_ALWAYS, joined)[0]):
            if is_known(kind + name):
                return kind + name
    return None
