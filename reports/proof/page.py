"""What a stranger reads in the page: its text, and each figure that a link or a note names by its key."""

from html.parser import HTMLParser

from reports.chapters.document import Document
from reports.figure import Figures
from reports.proof.difference import difference
from reports.proof.statements import says, seen
from reports.proof.text import prove_text

_UNREAD = ("style", "script", "title")


class _Page(HTMLParser):
    """Texts in order; named: (key, what is printed for it) of every link to a figure and every note."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.named: list[tuple[str, str]] = []
        self._unread = 0
        self._key: str | None = None  # of the figure whose number comes next
        self._reads = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._unread += tag in _UNREAD
        target = attributes.get("href") or ""
        if tag == "a" and target.startswith("#figure-"):
            self._key = target.removeprefix("#figure-")
            self._reads = attributes.get("class") == "figure"
        elif tag == "strong" and self._key is not None:
            self._reads = True

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.texts.append(data)
        if self._reads and self._key is not None:
            self.named.append((self._key, data))
            self._key, self._reads = None, False


def prove_page(file: str, content: bytes, document: Document, figures: Figures) -> None:
    """Raise Damaged if a figure or line of the document is not, or not so, on the page."""
    page = _Page()
    page.feed(content.decode("utf-8"))
    prove_text(file, seen("".join(page.texts)), document, figures)
    for key, found in page.named:
        if not says(figures[key], found):
            raise difference(file, f"{figures[key].title} ({key})", found, figures[key].printed or "ไม่มีข้อมูล")
