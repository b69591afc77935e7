"""XML read as a stream of events: no tree, no document type, no entities, nothing fetched."""

from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from connectors.formats import refusals
from connectors.formats.allowance import Allowance

CHUNK = 1_000_000


def read(xml: str, handler: ContentHandler, allowance: Allowance) -> None:
    """Send the document's elements to the handler; memory does not grow with them.

    Raises Unreadable if it is not well-formed or declares a document type, in which entity bombs live.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        for start in range(0, len(xml), CHUNK):
            allowance.check_time()
            parser.feed(xml[start : start + CHUNK])
        parser.close()
    except (SAXException, DefusedXmlException, IndexError, KeyError, ValueError) as error:  # or an element out of place
        raise refusals.damaged() from error


def utf8(xml: bytes) -> str:
    """The document as text; raises Unreadable if it is in another encoding."""
    try:
        return xml.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusals.damaged() from error


def local(name: str) -> str:
    """The element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]
