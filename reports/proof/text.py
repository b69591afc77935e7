"""What a stranger reads in a PDF and a Word document, and whether a text says what the document says."""

import io
import re
import threading
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree

from reports.chapters.document import Document
from reports.digits import sentence
from reports.figure import Figures
from reports.proof.difference import difference
from reports.proof.statements import Line, lines_of, says, seen, statements_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for threads
_NOTHING = "ไม่พบข้อความนี้ (not found)"


def pdf_text(content: bytes, document: Document) -> str:
    """The text layer of a PDF as it is compared, without the head and the number of each page."""
    import pypdfium2  # only when a PDF is read

    head = seen(f"{document.organisation}{document.subtitle}")
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as pages:
        read = [page.get_textpage().get_text_range() for page in pages]
    # PDFium tells a hyphen at the end of a line as U+FFFE.
    texts = [seen(text.replace("\ufffe", "-")).removeprefix(head) for text in read]
    return "".join(text.removesuffix(sentence(str(number), document.digits)) for number, text in enumerate(texts))


def docx_text(content: bytes) -> str:
    """The text of a Word document's body as it is compared."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kinds = ElementTree.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314  # we wrote it just now
        main = next(
            each.attrib["PartName"] for each in kinds if each.get("ContentType", "").endswith("document.main+xml")
        )
        body = ElementTree.fromstring(archive.read(main.removeprefix("/")))  # noqa: S314
    return seen("".join(each.text or "" for each in body.iter(f"{_W}t")))


def prove_text(file: str, text: str, document: Document, figures: Figures, *, own_template: bool = False) -> None:
    """Raise Damaged if a figure or a line of the document is not, or not so, in the text of a file made from it.

    A figure must stand there in the document's digits, and read in any digits be the figure itself.
    An organisation's own template may leave a sentence or a table out; what it prints must be right all the same.
    """
    place = 0
    for statement in statements_of(document):
        # In the document's order, because one figure's name may end another's; an own template may have another order.
        pattern = re.compile(statement.pattern)
        found = pattern.search(text, place) or (pattern.search(text) if own_template else None)
        if found is None:
            if not own_template:
                raise difference(file, _named(statement.figures[0], figures), _NOTHING, statement.values[0])
            continue
        place = found.end()
        for key, right, read in zip(statement.figures, statement.values, found.groups(), strict=True):
            if read != right or not says(figures[key], read):
                raise difference(file, _named(key, figures), read, right)
    _prove_lines(file, text, lines_of(document), own_template=own_template)


def _prove_lines(file: str, text: str, lines: Iterable[Line], *, own_template: bool) -> None:
    """Each line must stand after the one before it, so that two equal lines are two."""
    place: dict[str, int] = defaultdict(int)
    for line in lines:
        end = _end_of(line.text, text, place[line.table], over_two_pages=line.table == "table-findings")
        if end is not None:
            place[line.table] = end
        elif not (own_template and (place[line.table] == 0 or line.is_bar)):  # "ร้อยละ 45.00" is said elsewhere too
            raise difference(file, f"แถว {line.row} ของ {line.table}", _NOTHING, line.text)


def _end_of(said: str, text: str, place: int, *, over_two_pages: bool) -> int | None:
    """Where the words end that come after a place; on two pages other cells may stand between their parts."""
    at = text.find(said, place)
    if at >= 0:
        return at + len(said)
    for cut in range(len(said) - 1, 0, -1) if over_two_pages else ():
        first = text.find(said[:cut], place)
        second = text.find(said[cut:], first + cut) if first >= 0 else -1
        if second >= 0:
            return second + len(said) - cut
    return None


def _named(key: str, figures: Figures) -> str:
    return f"{figures[key].title} ({key})"
