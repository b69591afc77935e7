"""What all our pages share: how they are made, and the switch by which a text in Thai is read in English."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.vocabulary.errors import Words

_SHARED = Path(__file__).parent / "templates"


@cache
def templates_in(folder: Path) -> Any:
    """The page templates of a folder as a jinja2 environment; each says texts by `both` and may include what is shared.

    Every text is escaped, and a name that nobody gave a value is an error.
    """
    import jinja2  # only when a page is made

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, _SHARED]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["both"] = _both
    environment.filters["both"] = _said
    environment.filters["sha256"] = _sha256
    return environment


def _both(thai: str, english: str) -> Any:
    """A text that the switch turns to English; as it is where both are the same, such as the name of a system."""
    from markupsafe import Markup

    if thai == english:
        return thai
    return Markup('<span data-en="{}">{}</span>').format(english, thai)


def _said(words: Words) -> Any:
    return _both(words.th, words.en)


def _sha256(script: str) -> str:
    """The hash by which a page's policy allows its one script."""
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
