"""The pages that list what is published: one of all organisations, one for each with its versions."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.files import STEMS
from reports.words import words_of
from warehouse.vocabulary.fiscal import period_from, thai_date, thai_day

OURS = b'<meta name="generator" content="prongsai">'
"""Stands in every page of ours, so that nobody else's start page is ever overwritten."""
Record = Mapping[str, Any]
_FORMS = {"html": "หน้าเว็บ", "pdf": "PDF", "docx": "Word"}
_OTHERS = {
    "report.xlsx": "ตัวเลขทั้งหมด (Excel)",
    "budget.csv": "รายการงบประมาณ (CSV)",
    "plan.csv": "โครงการตามแผน (CSV)",
    "findings.csv": "ข้อสังเกต (CSV)",
    "datapackage.json": "คำอธิบายข้อมูล (JSON)",
    "manifest.json": "ลายนิ้วมือของทุกไฟล์ (JSON)",
}


def pages_of(records: Sequence[Record], code: str) -> dict[str, bytes]:
    """Path to page: the organisation's own and the one of all, from the publication records of one target."""
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("index.html.j2")
    mine = sorted((one for one in records if one["code"] == code), key=_newest_first)
    periods = [_period(list(versions)) for _, versions in groupby(mine, key=lambda one: str(one["period"]))]
    names = {str(one["code"]): str(one["organisation"]) for one in records}
    shown = {
        f"{code}/index.html": template.render(title=names[code], periods=periods, organisations={}),
        "index.html": template.render(title="รายงานที่เผยแพร่", periods=[], organisations=dict(sorted(names.items()))),
    }
    return {path: page.encode("utf-8") for path, page in shown.items()}


def _newest_first(one: Record) -> tuple[int, int, int]:
    period = period_from(one["period"])
    return -period.fiscal_year.year, -period.half, -one["version"]


def _period(versions: list[Record]) -> dict[str, Any]:
    period = period_from(versions[0]["period"])
    return {
        "id": str(period),
        "title": f"ปีงบประมาณ พ.ศ. {period.fiscal_year.year} รอบ {period.half.months} เดือน ({period.words})",
        "versions": [{**one, "day": _day(one["published_at"]), "groups": _groups(one["files"])} for one in versions],
    }


def _groups(names: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The files as people look for them: title of a document, or of the open data, and (form, name) of each file."""
    forms = {f"{stem}.{form}": told for stem in STEMS.values() for form, told in _FORMS.items()}
    groups = [
        (_titles()[document], [(forms[name], name) for name in forms if name in names and name.startswith(f"{stem}.")])
        for document, stem in STEMS.items()
    ]
    others = [name for name in (*_OTHERS, *names) if name in names and name not in forms]
    groups.append(("ข้อมูลเปิดและหลักฐาน", [(_OTHERS.get(name, name), name) for name in dict.fromkeys(others)]))
    return [(title, files) for title, files in groups if files]


@cache
def _titles() -> Mapping[str, str]:
    return dict(words_of(None, ()).narrative["title"])


def _day(moment: str) -> str:
    return thai_date(thai_day(datetime.datetime.fromisoformat(moment)))
