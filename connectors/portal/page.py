"""What a web page of a portal holds: its forms with their hidden fields, its links and its title."""

from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser

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
    """What stands on a page of HTML; links and forms to anything but the web are left out."""
    reader = _Reader(address)
    reader.feed(text_of(content)[:_ENOUGH])
    reader.close()
    reader.page.title = " ".join(reader.page.title.split())[:80]
    return reader.page


def text_of(content: bytes) -> str:
    """The text of bytes that are UTF-8, or else old Thai Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874", errors="replace")


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.page = Page()
        self._address = address
        self._form: Form | None = None
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "a" and "href" in said and (link := followed(self._address, said["href"])):
            self.page.links.append(link)
        if tag == "form":
            self._open_form(said)
        if tag in ("input", "select", "textarea", "button"):
            self._add_field(said)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.page.title += data

    def _open_form(self, said: dict[str, str]) -> None:
        action = followed(self._address, said.get("action", ""))
        self._form = Form(action) if action else None
        if self._form:
            self.page.forms.append(self._form)

    def _add_field(self, said: dict[str, str]) -> None:
        kind = said.get("type", "").lower()
        self.page.asks_password |= kind == "password"
        if self._form and "name" in said:
            self._form.names.add(said["name"])
            if kind == "hidden":
                self._form.hidden[said["name"]] = said.get("value", "")
