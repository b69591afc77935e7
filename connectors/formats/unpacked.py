"""The parts of a zipped office file, unpacked within the limits."""

import struct
import zipfile
import zlib
from io import BytesIO

from connectors.formats import refusals
from connectors.limits import Limits

PARTS = 10_000  # a workbook of 250 sheets has about 600


class Package:
    """A zip file's parts by their names in small letters; no name touches the disk, no declared size is believed."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Raises Unreadable for damage."""
        self._content = content
        self._limits = limits
        self._left = limits.unpacked_bytes
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as error:
            raise refusals.damaged() from error
        if len(entries) > PARTS:
            raise refusals.too_large(f"มีมากกว่า {PARTS:,} ส่วน", f"more than {PARTS:,} parts")
        self.entries = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}

    def part(self, name: str) -> bytes:
        """One part; raises Unreadable for a password, damage, or more than limits.unpacked_bytes for all parts so far.

        Unpacked here, as zipfile stops at the declared size, whatever follows, and takes three times as long.
        """
        if name not in self.entries:
            raise refusals.damaged()
        entry = self.entries[name]
        if entry.flag_bits & 1:
            raise refusals.password()
        try:
            part = _unpacked(self._packed(entry), entry.compress_type, self._left + 1)
        except (zlib.error, struct.error) as error:
            raise refusals.damaged() from error
        self._left -= len(part)
        if self._left < 0:
            raise refusals.too_much_unpacked(self._limits)
        if zlib.crc32(part) != entry.CRC:
            raise refusals.damaged()
        return part

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        start = entry.header_offset + 30  # of the local header, which ends with the lengths of two fields that follow
        start += sum(struct.unpack_from("<HH", self._content, start - 4))
        return self._content[start : start + entry.compress_size]


def _unpacked(packed: bytes, method: int, most: int) -> bytes:
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-15).decompress(packed, most)
    if method == zipfile.ZIP_STORED:
        return packed
    raise refusals.damaged()  # no office program packs in another way
