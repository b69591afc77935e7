"""Bytes of a text file as characters: UTF-8, UTF-16 with its mark, or Thai Windows."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from connectors.formats import refusals

_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}


def text_of(content: bytes) -> str:
    """The text; what the file declares about itself is not asked, as exports declare what their maker assumed.

    Thai in cp874 is never valid UTF-8, and broken Thai UTF-8 is never valid cp874 (its second byte 0x81-0x9F stands
    for nothing there). Python has no windows-874, and its tis-620 lacks the quotes and the blank that Windows writes.
    Raises Unreadable if it is neither, or no text.
    """
    encodings = [encoding for mark, encoding in _MARKS.items() if content.startswith(mark)] or ["utf-8", "cp874"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusals.not_text() if b"\0" in content else refusals.damaged()
