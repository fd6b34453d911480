"""Where HEIC, HEIF and AVIF files keep EXIF: in an item of its own (ISO/IEC 23008-12, 14496-12)."""

import re
import struct
from collections.abc import Iterator

from dispcli.core.exif import LARGEST, NO_EXIF, Exif, Read, read_exif

_MOST_BOXES = 500
_MOST_ITEMS = 500


def heif_exif(read: Read) -> Exif:
    """What the item `Exif` tells; nothing where there is none."""
    meta = next((body for kind, body in _boxes(read) if kind == b"meta"), None)
    if meta is None:
        return NO_EXIF
    data = read(meta[0] + 4, min(meta[1] - 4, LARGEST))
    item = re.search(b"infe\x02...(..)..Exif", data, re.DOTALL)
    place = data.find(b"iloc")
    if item is None or place < 0:
        return NO_EXIF
    for number, offset, length in _extents(data[place + 4 :]):
        if number == int.from_bytes(item[1], "big"):
            block = read(offset, min(length, LARGEST))
            begin = 4 + int.from_bytes(block[:4], "big")
            return read_exif(block[begin:].removeprefix(b"Exif\0\0"))
    return NO_EXIF


def _extents(iloc: bytes) -> Iterator[tuple[int, int, int]]:
    """(item, offset, length) of each item that lies in one piece, versions 0 and 1 of the box."""
    version, sizes, more, count = struct.unpack(">B3xBBH", iloc[:8])
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version == 1 else 0
    at = 8
    for _ in range(min(count, _MOST_ITEMS)):
        number = int.from_bytes(iloc[at : at + 2], "big")
        at += 6 if version == 1 else 4
        base = int.from_bytes(iloc[at : at + base_size], "big")
        at += base_size
        extents = int.from_bytes(iloc[at : at + 2], "big")
        at += 2 + index_size
        offset = int.from_bytes(iloc[at : at + offset_size], "big")
        length = int.from_bytes(iloc[at + offset_size : at + offset_size + length_size], "big")
        yield number, base + offset, length
        at += extents * (offset_size + length_size + index_size) - index_size


def _boxes(read: Read) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """The boxes of an ISO base media file: kind, and where the body begins and how long it is."""
    offset = 0
    for _ in range(_MOST_BOXES):
        head = read(offset, 16)
        if len(head) < 8:
            return
        length, begin = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), 16
        if length < begin:
            return
        yield head[4:8], (offset + begin, length - begin)
        offset += length
