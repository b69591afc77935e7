"""The report as one accessible page that needs nothing else: no network, and its script only makes it handier."""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from reports.chapters.document import Document
from reports.characters import fitted
from reports.origins import OriginNote
from warehouse.vocabulary.thai import to_arabic_digits
from warehouse.vocabulary.wording import COLUMNS, SEVERITIES, STATUSES

HERE = Path(__file__).parent
STYLES = {"regular": "SarabunMuni-Regular.woff2", "bold": "SarabunMuni-Bold.woff2"}


def html_of(document: Document, notes: Mapping[str, OriginNote]) -> str:
    """The page. Every text is escaped; each figure tells its file, sheet, cells and checks."""
    script = (HERE / "templates" / "page.js").read_text("utf-8")
    return page(
        "report.html.j2",
        document=fitted(asdict(document)),
        notes={key: fitted(asdict(note)) for key, note in notes.items()},
        english=english_labels(),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
    )


def page(template: str, **told: Any) -> str:
    """A page of ours, with its fonts inside."""
    shown: str = _templates().get_template(template).render(fonts=_fonts(), **told)
    return shown + "\n"


@cache
def english_labels() -> dict[str, str]:
    """English by the Thai label in Arabic digits: our column, status and severity words, and those of english.toml."""
    with (HERE / "templates" / "english.toml").open("rb") as file:
        labels: dict[str, str] = tomllib.load(file)
    words = [*COLUMNS.values(), *STATUSES.values(), *SEVERITIES.values()]
    known = {each.th: each.en.capitalize() for each in words} | {to_arabic_digits(th): en for th, en in labels.items()}
    return known | {f"{thai} (บาท)": f"{english} (baht)" for thai, english in known.items()}


@cache
def _templates() -> Any:
    import jinja2  # only when a page is made

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["arabic"] = to_arabic_digits
    return environment


@cache
def _fonts() -> dict[str, str]:
    return {
        style: base64.b64encode((HERE / "fonts" / name).read_bytes()).decode("ascii") for style, name in STYLES.items()
    }
