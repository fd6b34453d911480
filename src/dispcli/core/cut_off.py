"""Whether a file's end is missing, where its kind has an end that is known for sure."""

from collections.abc import Mapping
from types import MappingProxyType

TAIL = 64 * 1024 + 22
"""How many of a file's last bytes are looked at: a ZIP's end is among them, however long its comment."""

_ENDS: Mapping[str, bytes] = MappingProxyType(
    {
        "image/png": b"IEND\xaeB`\x82",
        "application/pdf": b"%%EOF",
    }
)
"""What stands at the end, or before what programs add behind it (ISO/IEC 15948, ISO 32000-2)."""

_ZIP_END = 22

_FILM_IN_A_PHOTO = (b"moov", b"ftyp", b"SEFT")
"""Behind the end of a photo phones may add a film of any length."""


def seems_cut_off(media_type: str, size: int, head: bytes, tail: bytes) -> bool:
    """Whether the end is missing; never for a kind of file of which that can't be told.

    `head` and `tail` are a file's first and last bytes, all of them where it is short.
    """
    if media_type == "image/jpeg":
        return _is_cut_jpeg(size, head, tail)
    if media_type in ("image/webp", "audio/wav"):
        return size < int.from_bytes(head[4:8], "little") + 8
    if media_type == "application/zip":
        return _is_cut_zip(tail)
    end = _ENDS.get(media_type)
    return end is not None and end not in tail


def _is_cut_zip(tail: bytes) -> bool:
    """APPNOTE.TXT: the last record tells how long the comment behind it is."""
    end = tail.rfind(b"PK\x05\x06")
    record = tail[end:] if end >= 0 else b""
    return len(record) < _ZIP_END or len(record) - _ZIP_END < int.from_bytes(record[20:22], "little")


def _is_cut_jpeg(size: int, head: bytes, tail: bytes) -> bool:
    """ITU-T T.81: nothing but the end looks like it, apart from the ends of small pictures in the header."""
    if any(film in tail for film in _FILM_IN_A_PHOTO):
        return False
    end = tail.rfind(b"\xff\xd9")
    return end < 0 or size - len(tail) + end < _end_of_segments(head)


def _end_of_segments(head: bytes) -> int:
    """Where the segments end that can be seen in the head, the last of them as far as it says to go."""
    offset = 2
    while head[offset : offset + 1] == b"\xff" and head[offset + 1 : offset + 2] != b"\xda":
        offset += 2 + int.from_bytes(head[offset + 2 : offset + 4], "big")
    return offset
