"""The formulas of an old Excel workbook (.xls) whose results are none: Excel was to calculate them, and never did.

xlrd gives a formula's result alone, which programs that cannot calculate leave at 0 or blank.
"""

import struct
from collections.abc import Iterator

Position = tuple[int, int]  # row and column from 0

_SHEET, _BEGIN, _END = 0x85, (0x09, 0x0209, 0x0409, 0x0809), 0x0A
_FORMULAS = (0x0006, 0x0206, 0x0406)  # BIFF 5 and 8, 3, 4
_ON_LOAD = 2  # the flag of a formula to be calculated when the workbook is opened
_BLANK = b"\3\0\0\0\0\0\xff\xff"


def uncalculated(content: bytes) -> list[set[Position]]:
    """The places of such formulas, one set a worksheet in workbook order.

    Each is told by its flag; xlwt sets none, but leaves every formula of a workbook blank.
    """
    stream = _stream(content)
    records = list(_records(stream, 0))
    starts = [(struct.unpack_from("<IBB", body)) for opcode, body in records if opcode == _SHEET and len(body) > 5]
    sheets = [_formulas(stream, start) for start, _, kind in starts if kind == 0] or [_formulas(stream, 0)]
    is_blank = all(result == _BLANK for sheet in sheets for result, _ in sheet.values())
    return [{place for place, (_, flags) in sheet.items() if is_blank or flags & _ON_LOAD} for sheet in sheets]


def _stream(content: bytes) -> bytes:
    """The workbook out of the OLE file around it; the content itself if there is none."""
    from xlrd.compdoc import SIGNATURE, CompDoc

    if not content.startswith(SIGNATURE):
        return content
    file = CompDoc(content)
    for name in ("Workbook", "Book"):
        memory, start, length = file.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    return b""


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from one that begins a part of the stream to the one that ends it."""
    depth = 0
    while start + 4 <= len(stream):
        opcode, length = struct.unpack_from("<HH", stream, start)
        yield opcode, stream[start + 4 : start + 4 + length]
        depth += (opcode in _BEGIN) - (opcode == _END)
        if depth <= 0:
            return
        start += 4 + length


def _formulas(stream: bytes, start: int) -> dict[Position, tuple[bytes, int]]:
    """Result and flags of each formula of a worksheet, by its place."""
    found: dict[Position, tuple[bytes, int]] = {}
    for opcode, body in _records(stream, start):
        if opcode in _FORMULAS and len(body) >= 16:
            row, column, _, result, flags = struct.unpack_from("<3H8sH", body)
            found[row, column] = (result, flags)
    return found
