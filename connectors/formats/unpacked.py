"""The parts of a zipped office file, unpacked within the limits."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from connectors.formats import refusals
from connectors.limits import Limits

ENTRIES = 10_000  # a workbook of 250 sheets has about 600


def parts_of(content: bytes, wanted: Callable[[str], bool], limits: Limits) -> dict[str, bytes]:
    """Each wanted part by its name in small letters, in memory: no name touches the disk, no declared size is believed.

    Raises Unreadable for a password, damage, or more bytes than limits.unpacked_bytes.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES:
                raise refusals.too_large(f"มีมากกว่า {ENTRIES:,} ส่วน", f"more than {ENTRIES:,} parts")
            parts: dict[str, bytes] = {}
            left = limits.unpacked_bytes
            for entry in entries:
                name = entry.filename.replace("\\", "/").lower()
                if wanted(name):
                    parts[name] = _part(content, entry, left, limits)
                    left -= len(parts[name])
            return parts
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, NotImplementedError) as error:
        raise refusals.damaged() from error


def _part(content: bytes, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    """The part unpacked; zipfile would stop at the declared size, whatever follows."""
    if entry.flag_bits & 1:
        raise refusals.password()
    start = entry.header_offset + 30  # of the local header, then its own name and extra field
    start += sum(struct.unpack_from("<HH", content, start - 4))
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        part = zlib.decompressobj(-15).decompress(packed, left + 1)
    elif entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    else:  # no office program writes another
        raise refusals.damaged()
    if len(part) > left:
        raise refusals.too_much_unpacked(limits)
    if zlib.crc32(part) != entry.CRC:
        raise refusals.damaged()
    return part
