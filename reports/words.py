"""The words of the seven measures: the house's, or an organisation's own from a TOML file."""

import hashlib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reports.chapters.document import Link
from reports.sentences import PLACEHOLDER
from warehouse.vocabulary.errors import WrongSettings

TEMPLATES = Path(__file__).parent / "templates"
MEASURES_TOLD_BY_FIGURES = (3, 6)
_TEXTS = ("owner", "result", "outcome")
_KEYS = (*_TEXTS, "method", "evidence")
_TYPED = re.compile(r"ร้อยละ\s*\d|\d[\d,.]*\s*(?:บาท|เปอร์เซ็นต์|%)|\d,\d{3}")
_OPEN_DATA_KEYS = ("maintainer", "maintainer_email", "license_id", "license_name")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a report says of one measure; own: the organisation told its result and outcome itself."""

    number: int
    title: str
    owner: str
    method: tuple[str, ...]
    result: str
    outcome: str
    evidence: tuple[Link, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The seven measures and the opening paragraphs; file name and sha256 of the organisation's own file, if any."""

    measures: tuple[Measure, ...]
    preamble: tuple[str, ...]
    narrative: Mapping[str, Any]
    open_data: Mapping[str, str]
    file_name: str | None = None
    sha256: str | None = None

    @property
    def unconfirmed(self) -> list[int]:
        """Measures whose result neither the organisation nor figures tell: house words that someone must check."""
        house = [measure.number for measure in self.measures if not measure.own]
        return [number for number in house if number not in MEASURES_TOLD_BY_FIGURES]

    @property
    def typed(self) -> list[str]:
        """Where an amount or a share is typed and not filled in: it stays as it is when the files change."""
        texts = {"บทนำ": self.preamble}
        texts |= {f"มาตรการที่ {one.number}": (*one.method, one.result, one.outcome) for one in self.measures}
        return [place for place, said in texts.items() if any(map(_TYPED.search, said))]


def words_of(path: Path | None, placeholders: Collection[str]) -> ReportWords:
    """The words for one report. Raises WrongSettings that names the file and, per fault, the measure and key."""
    with (TEMPLATES / "measures.toml").open("rb") as file:
        house = tomllib.load(file)["measure"]
    with (TEMPLATES / "narrative.toml").open("rb") as file:
        narrative = tomllib.load(file)
    measures = tuple(
        Measure(int(number), text["title"], text["owner"], tuple(text["method"]), text["result"], text["outcome"])
        for number, text in house.items()
    )
    words = ReportWords(measures, tuple(narrative["preamble"]), narrative, narrative["open_data"])
    return words if path is None else _with_own_words(words, path, placeholders)


def evidence_of(path: Path) -> list[tuple[int, Link]]:
    """The links in an organisation's own words, each with its measure's number, but for faulty ones.

    Raises WrongSettings for a file that cannot be read; its other faults are told when a report is made.
    """
    _, own = _own_words(path)
    measures = own.get("measure")
    cited = {
        number: measure["evidence"]
        for number, measure in (measures.items() if isinstance(measures, dict) else ())
        if number in list("1234567") and isinstance(measure, dict) and "evidence" in measure
    }
    sound = [(int(number), links) for number, links in cited.items() if not _evidence_faults("", links)]
    return [(number, Link(link["title"], link["url"])) for number, links in sound for link in links]


def _with_own_words(words: ReportWords, path: Path, placeholders: Collection[str]) -> ReportWords:
    content, own = _own_words(path)
    faults = _faults(own, placeholders)
    if faults:
        listed = [f"  - {where}: {th}" for where, th, _ in faults], [f"  - {where}: {en}" for where, _, en in faults]
        raise WrongSettings(
            f"ไฟล์ถ้อยคำ {path} มีข้อผิดพลาด กรุณาแก้ไขแล้วสั่งใหม่\n" + "\n".join(listed[0]),
            f"The words file {path} has faults:\n" + "\n".join(listed[1]),
        )
    by_number: dict[str, dict[str, Any]] = own.get("measure", {})
    return replace(
        words,
        measures=tuple(_own_measure(measure, by_number.get(str(measure.number), {})) for measure in words.measures),
        preamble=tuple(own["preamble"]) if "preamble" in own else words.preamble,
        open_data={**words.open_data, **own.get("open_data", {})},
        file_name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _own_words(path: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        content = path.read_bytes()
        return content, tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise WrongSettings(
            f"เปิดไฟล์ถ้อยคำ {path} ไม่ได้ กรุณาตรวจที่อยู่ของไฟล์",
            f"Cannot open the words file {path}: {error.strerror}",
        ) from error
    except UnicodeDecodeError as error:
        raise WrongSettings(
            f"ไฟล์ถ้อยคำ {path} ไม่ใช่ UTF-8 กรุณาบันทึกใหม่เป็น UTF-8", f"The words file {path} is not UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings(
            f"ไฟล์ถ้อยคำ {path} เขียนผิดรูปแบบ TOML: {error}", f"The words file {path} is not valid TOML: {error}"
        ) from error


def _own_measure(measure: Measure, own: Mapping[str, Any]) -> Measure:
    texts = {key: own[key].strip() for key in _TEXTS if key in own}
    if "method" in own:
        texts["method"] = tuple(own["method"])
    if "evidence" in own:
        texts["evidence"] = tuple(Link(link["title"], link["url"]) for link in own["evidence"])
    return replace(measure, **texts, own="result" in own and "outcome" in own)


Fault = tuple[str, str, str]  # where, what in Thai, what in English


def _faults(own: Mapping[str, Any], placeholders: Collection[str]) -> list[Fault]:
    faults: list[Fault] = []
    for key, value in own.items():
        if key == "preamble":
            faults += _text_faults("preamble", value, many=True, placeholders=placeholders)
        elif key == "open_data" and isinstance(value, dict):
            faults += _open_data_faults(value)
        elif key == "measure" and isinstance(value, dict):
            for number, measure in value.items():
                faults += _measure_faults(number, measure, placeholders)
        else:
            known = "preamble, [open_data] และ [measure.1] ถึง [measure.7]"
            faults.append((key, f"ไม่รู้จักคีย์นี้ ใช้ได้เฉพาะ {known}", "unknown key"))
    return faults


def _open_data_faults(told: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    for key, value in told.items():
        if key not in _OPEN_DATA_KEYS:
            known = ", ".join(_OPEN_DATA_KEYS)
            faults.append((f"open_data.{key}", f"ไม่รู้จักคีย์นี้ ใช้ได้เฉพาะ {known}", f"unknown key, known are {known}"))
        else:
            faults += _text_faults(f"open_data.{key}", value, many=False, placeholders=())
    return faults


def _measure_faults(number: str, measure: Any, placeholders: Collection[str]) -> list[Fault]:
    where = f"measure.{number}"
    if number not in "1234567" or len(number) != 1 or not isinstance(measure, dict):
        return [(where, "ไม่มีมาตรการนี้ ใช้ได้เฉพาะ [measure.1] ถึง [measure.7]", "no such measure: 1 to 7")]
    faults: list[Fault] = []
    for key, value in measure.items():
        place = f"{where}.{key}"
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            faults.append((place, f"ไม่รู้จักคีย์นี้ ใช้ได้เฉพาะ {known}", f"unknown key, known are {known}"))
        elif key == "evidence":
            faults += _evidence_faults(place, value)
        else:
            faults += _text_faults(place, value, many=key == "method", placeholders=placeholders)
    return faults


def _text_faults(where: str, value: Any, *, many: bool, placeholders: Collection[str]) -> list[Fault]:
    texts = value if many and isinstance(value, list) else [value]
    if (many and not isinstance(value, list)) or not texts:
        return [(where, 'ต้องเป็นรายการข้อความ เช่น ["…", "…"]', "must be a list of texts")]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return [(where, "ต้องเป็นข้อความและต้องไม่ว่าง", "must be text and not blank")]
    if many and texts[0].startswith("- "):
        return [(where, 'ข้อแรกขึ้นต้นด้วย "- " ไม่ได้ ต้องมีขั้นตอนหลักก่อน', "the first step cannot be a point")]
    unknown = sorted({name for text in texts for name in PLACEHOLDER.findall(text)} - set(placeholders))
    known = ", ".join(sorted(placeholders))
    return [
        (where, f"ไม่รู้จักช่อง {{{name}}} ใช้ได้เฉพาะ {known}", f"unknown placeholder {{{name}}}, known are {known}")
        for name in unknown
    ]


def _evidence_faults(where: str, value: Any) -> list[Fault]:
    if not isinstance(value, list) or not all(
        isinstance(link, dict) and link.keys() == {"title", "url"} for link in value
    ):
        return [(where, 'ต้องเป็น [{ title = "…", url = "https://…" }]', "must be a list of { title, url }")]
    return [
        (f"{where}[{place}]", "ต้องมีชื่อ และที่อยู่ที่ขึ้นต้นด้วย https:// หรือ http://", "needs a title and a web address")
        for place, link in enumerate(value, 1)
        if not (str(link["title"]).strip() and str(link["url"]).startswith(("https://", "http://")))
    ]
