"""What a reader finds in the files that we wrote."""

import re
import shutil
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def pdf_text(content: bytes) -> str:
    """The text layer in the order in which it was written, so that a cell's lines stand together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(content)
        made = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return made.stdout.decode("utf-8")


def without_spaces(text: str) -> str:
    """The text with every space, line break and word joiner left out."""
    return re.sub(r"[\s\u200b\u2060]", "", text)


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[str] = []
        self._within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self._within):
            self.pieces.append(data)

    @property
    def text(self) -> str:
        """All that is to be read, without the style sheet."""
        return "".join(self.pieces)
