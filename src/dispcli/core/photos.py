"""How large a picture is, and when it was taken, as far as its file says so. What is damaged says nothing.

A file is read in small pieces, by offset, and no more of it than a bound, whatever it claims about itself.
"""

import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dispcli.core.exif import LARGEST, NO_EXIF, Exif, Read, read_exif
from dispcli.core.heif import heif_exif
from dispcli.namedtuples import NamedTuple

_MOST_PARTS = 500
_NO_FRAMES = (0xC4, 0xC8, 0xCC)


class PhotoFacts(NamedTuple):
    """Pixels as the picture is shown; and the camera's own clock, `2026-11-20T14:05:09`, and its offset."""

    width: int | None = None
    height: int | None = None
    taken_at: str | None = None


NOTHING = PhotoFacts()


def photo_facts(media_type: str, read: Read) -> PhotoFacts:
    """What a file of this type tells. Nothing for a type that has no pixels, and for a damaged one."""
    reader = _READERS.get(media_type)
    if reader is None:
        return NOTHING
    try:
        return reader(read)
    except (struct.error, ValueError, IndexError):
        return NOTHING


def _jpeg(read: Read) -> PhotoFacts:
    """ITU-T T.81: segments until the frame header; EXIF is in an APP1 segment (CIPA DC-008)."""
    offset, exif = 2, NO_EXIF
    for _ in range(_MOST_PARTS):
        mark, kind, length = struct.unpack(">BBH", read(offset, 4))
        if mark != 0xFF:
            break
        if kind == 0xFF:
            offset += 1
            continue
        if 0xC0 <= kind <= 0xCF and kind not in _NO_FRAMES:
            height, width = struct.unpack(">HH", read(offset + 5, 4))
            return _shown(width, height, exif)
        if kind == 0xE1 and (found := read(offset + 4, min(length - 2, 65533))).startswith(b"Exif\0\0"):
            exif = read_exif(found[6:])
        offset += 2 + length
    return PhotoFacts(taken_at=exif.taken_at)


def _png(read: Read) -> PhotoFacts:
    """ISO/IEC 15948: IHDR comes first; eXIf may stand anywhere."""
    width, height = struct.unpack(">II", read(16, 8))
    offset, exif = 8, NO_EXIF
    for _ in range(_MOST_PARTS):
        head = read(offset, 8)
        if len(head) < 8 or head[4:] == b"IEND":
            break
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            exif = read_exif(read(offset + 8, min(length, LARGEST)))
        offset += 12 + length
    return _shown(width, height, exif)


def _gif(read: Read) -> PhotoFacts:
    width, height = struct.unpack("<HH", read(6, 4))
    return PhotoFacts(width, height)


def _webp(read: Read) -> PhotoFacts:
    """RFC 9649: the first chunk has the size, in one of three ways; EXIF is a chunk of its own."""
    size, offset, exif = NOTHING, 12, NO_EXIF
    for _ in range(_MOST_PARTS):
        head = read(offset, 8)
        if len(head) < 8:
            break
        length = int.from_bytes(head[4:], "little")
        if head[:4] in (b"VP8X", b"VP8L", b"VP8 ") and size.width is None:
            size = _webp_size(head[:4], read(offset + 8, 10))
        if head[:4] == b"EXIF":
            exif = read_exif(read(offset + 8, min(length, LARGEST)).removeprefix(b"Exif\0\0"))
        offset += 8 + length + length % 2
    return _shown(size.width, size.height, exif)


def _webp_size(kind: bytes, data: bytes) -> PhotoFacts:
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
        return PhotoFacts(width, height)
    if kind == b"VP8L":
        bits = struct.unpack("<I", data[1:5])[0]
        return PhotoFacts((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", data[6:10])
    return PhotoFacts(width & 0x3FFF, height & 0x3FFF)


def _tiff(read: Read) -> PhotoFacts:
    exif = read_exif(read(0, LARGEST))
    return _shown(exif.width, exif.height, exif)


def _heif(read: Read) -> PhotoFacts:
    """Its size is spread over boxes that turn and cut it, and is left out."""
    return PhotoFacts(taken_at=heif_exif(read).taken_at)


def _shown(width: int | None, height: int | None, exif: Exif) -> PhotoFacts:
    """A camera held upright says that its picture is to be turned."""
    return (
        PhotoFacts(height, width, exif.taken_at) if exif.turned else PhotoFacts(width, height, exif.taken_at)
    )


_READERS: Mapping[str, Callable[[Read], PhotoFacts]] = MappingProxyType(
    {
        "image/jpeg": _jpeg,
        "image/png": _png,
        "image/gif": _gif,
        "image/webp": _webp,
        "image/tiff": _tiff,
        **dict.fromkeys(("image/heic", "image/heif", "image/avif"), _heif),
    }
)
