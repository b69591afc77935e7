"""The report as one accessible page that needs nothing else: no network, and its script only makes it handier."""

import base64
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from reports.chapters.document import Document
from reports.characters import fitted
from reports.origins import OriginNote
from warehouse.page import templates_in
from warehouse.vocabulary.thai import to_arabic_digits
from warehouse.vocabulary.wording import COLUMNS, SEVERITIES, STATUSES

HERE = Path(__file__).parent
STYLES = {"regular": "SarabunMuni-Regular.woff2", "bold": "SarabunMuni-Bold.woff2"}


def html_of(document: Document, notes: Mapping[str, OriginNote]) -> str:
    """The page. Every text is escaped; each figure tells its file, sheet, cells and checks."""
    return page(
        "report.html.j2",
        document=fitted(asdict(document)),
        notes={key: fitted(asdict(note)) for key, note in notes.items()},
        english=english_of,
    )


def page(template: str, **told: Any) -> str:
    """A page of ours, with its fonts inside."""
    shown: str = templates_in(HERE / "templates").get_template(template).render(fonts=_fonts(), **told)
    return shown + "\n"


def english_of(label: str) -> str:
    """The English of one of our labels, in whatever digits; the label itself where it has none, as names have."""
    return _english().get(to_arabic_digits(label), label)


@cache
def _english() -> dict[str, str]:
    """By the Thai label in Arabic digits: our column, status and severity words, and those of english.toml."""
    with (HERE / "templates" / "english.toml").open("rb") as file:
        labels: dict[str, str] = tomllib.load(file)
    words = [*COLUMNS.values(), *STATUSES.values(), *SEVERITIES.values()]
    known = {each.th: each.en.capitalize() for each in words} | {to_arabic_digits(th): en for th, en in labels.items()}
    return known | {f"{thai} (บาท)": f"{english} (baht)" for thai, english in known.items()}


@cache
def _fonts() -> dict[str, str]:
    return {
        style: base64.b64encode((HERE / "fonts" / name).read_bytes()).decode("ascii") for style, name in STYLES.items()
    }
