"""The pages that list what is published: one of all organisations, one for each with its versions."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from reports.files import STEMS
from reports.html import english_of
from reports.sign.approvals import ROLES
from reports.words import words_of
from warehouse.page import templates_in
from warehouse.vocabulary.errors import Words
from warehouse.vocabulary.fiscal import Period, date_words, months_words, period_from, thai_day

OURS = b'<meta name="generator" content="prongsai">'
"""Stands in every page of ours, so that nobody else's start page is ever overwritten."""
Record = Mapping[str, Any]
_FORMS = {"html": Words("หน้าเว็บ", "web page"), "pdf": Words("PDF", "PDF"), "docx": Words("Word", "Word")}
_ROLES = {role.th: role.en for role in ROLES.values()}
_OTHERS = {
    "report.xlsx": Words("ตัวเลขทั้งหมด (Excel)", "all figures (Excel)"),
    "budget.csv": Words("รายการงบประมาณ (CSV)", "budget lines (CSV)"),
    "plan.csv": Words("โครงการตามแผน (CSV)", "plan projects (CSV)"),
    "findings.csv": Words("ข้อสังเกต (CSV)", "findings (CSV)"),
    "datapackage.json": Words("คำอธิบายข้อมูล (JSON)", "description of the data (JSON)"),
    "manifest.json": Words("ลายนิ้วมือของทุกไฟล์ (JSON)", "fingerprints of all files (JSON)"),
}


def pages_of(records: Sequence[Record], code: str) -> dict[str, bytes]:
    """Path to page: the organisation's own and the one of all, from the publication records of one target."""
    template = templates_in(Path(__file__).parent).get_template("index.html.j2")
    mine = sorted((one for one in records if one["code"] == code), key=_newest_first)
    periods = [_period(list(versions)) for _, versions in groupby(mine, key=lambda one: str(one["period"]))]
    names = {str(one["code"]): str(one["organisation"]) for one in records}
    all_of_them = Words("รายงานที่เผยแพร่", "Published reports")
    mine_alone = Words(names[code], names[code])
    shown = {
        f"{code}/index.html": template.render(title=mine_alone, periods=periods, organisations={}, english=english_of),
        "index.html": template.render(
            title=all_of_them, periods=[], organisations=dict(sorted(names.items())), english=english_of
        ),
    }
    return {path: page.encode("utf-8") for path, page in shown.items()}


def _newest_first(one: Record) -> tuple[int, int, int]:
    period = period_from(one["period"])
    return -period.fiscal_year.year, -period.half, -one["version"]


def _period(versions: list[Record]) -> dict[str, Any]:
    period = period_from(versions[0]["period"])
    return {
        "id": str(period),
        "title": _title(period),
        "versions": [_version(one) for one in versions],
    }


def _version(one: Record) -> dict[str, Any]:
    signers = [_signer(each) for each in one["signers"]]
    return {**one, "day": _day(one["published_at"]), "groups": _groups(one["files"]), "signers": signers}


def _signer(recorded: str) -> Words:
    """Role and name, as the ledger has them: in Thai."""
    role, _, name = recorded.partition(": ")
    return Words(recorded, f"{_ROLES[role]}: {name}" if role in _ROLES else recorded)


def _title(period: Period) -> Words:
    year, number = period.fiscal_year.year, period.half.months
    months = months_words(period.start, period.cut_off)
    return Words(
        f"ปีงบประมาณ พ.ศ. {year} รอบ {number} เดือน ({months.th})", f"Fiscal year {year}, {number} months ({months.en})"
    )


def _groups(names: Sequence[str]) -> list[tuple[Words, list[tuple[Words, str]]]]:
    """The files as people look for them: title of a document, or of the open data, and (form, name) of each file."""
    forms = {f"{stem}.{form}": told for stem in STEMS.values() for form, told in _FORMS.items()}
    titles = words_of(None, ()).narrative["title"]
    groups = [
        (
            Words(titles[document], english_of(titles[document])),
            [(forms[name], name) for name in forms if name in names and name.startswith(f"{stem}.")],
        )
        for document, stem in STEMS.items()
    ]
    others = [name for name in (*_OTHERS, *names) if name in names and name not in forms]
    told = [(_OTHERS.get(name, Words(name, name)), name) for name in dict.fromkeys(others)]
    groups.append((Words("ข้อมูลเปิดและหลักฐาน", "Open data and evidence"), told))
    return [(title, files) for title, files in groups if files]


def _day(moment: str) -> Words:
    return date_words(thai_day(datetime.datetime.fromisoformat(moment)))
