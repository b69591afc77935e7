"""What a web page of a portal holds: its forms with their hidden fields, its links and its title."""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from connectors.portal.address import followed

_ENOUGH = 2_000_000  # characters of a page; what asks for a password stands further up


@dataclass(slots=True)
class Form:
    """One form: where it goes, all its fields, and those that it fills in unseen."""

    action: str
    names: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """The forms, links and title of a page; asks_password is True where it has a field for one."""

    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    title: str = ""
    asks_password: bool = False

    def form_with(self, names: Collection[str]) -> Form | None:
        """The first form that has all these fields."""
        return next((form for form in self.forms if form.names.issuperset(names)), None)


def read_page(content: bytes, address: str) -> Page:
    """What stands on a page of HTML, as far as it can be read; links and forms to anything but the web are left out."""
    events = _Events(address)
    parser = etree.HTMLParser(target=events)
    with contextlib.suppress(etree.LxmlError):
        parser.feed(text_of(content)[:_ENOUGH])
        parser.close()
    events.page.title = " ".join(events.page.title.split())[:80]
    return events.page


def text_of(content: bytes) -> str:
    """The text of bytes that are UTF-8, or else old Thai Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874", errors="replace")


class _Events:
    """Takes the parser's events."""

    def __init__(self, address: str) -> None:
        self.page = Page()
        self._address = address
        self._form: Form | None = None
        self._in_title = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        """An element begins."""
        self._in_title = tag == "title"
        if tag == "a" and "href" in said and (link := followed(self._address, said["href"])):
            self.page.links.append(link)
        elif tag == "form" and (action := followed(self._address, said.get("action", ""))):
            self._form = Form(action)
            self.page.forms.append(self._form)
        elif tag in ("input", "select", "textarea", "button"):
            self._add_field(said)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._in_title = False
        if tag == "form":
            self._form = None

    def data(self, text: str) -> None:
        """Text as written."""
        if self._in_title:
            self.page.title += text

    def close(self) -> None:
        """The page is over."""

    def _add_field(self, said: dict[str, str]) -> None:
        kind = said.get("type", "").lower()
        self.page.asks_password |= kind == "password"
        if self._form and "name" in said:
            self._form.names.add(said["name"])
            if kind == "hidden":
                self._form.hidden[said["name"]] = said.get("value", "")
