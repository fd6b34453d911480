"""Whether a file's end is missing, where its kind has an end that is known for sure."""

from collections.abc import Mapping
from types import MappingProxyType

TAIL = 64 * 1024 + 22
"""How many of a file's last bytes are looked at: a ZIP's end is among them, however long its comment."""

END_MARKS: Mapping[str, bytes] = MappingProxyType(
    {
        "image/jpeg": b"\xff\xd9",
        "image/png": b"IEND\xaeB`\x82",
    }
)
"""What a picture ends with, and has nowhere else behind its header (ITU-T T.81, ISO/IEC 15948).

Phones add what they like behind it, a film of any length too, so it is looked for in all of a file.
"""

_PDF_END = b"%%EOF"
"""It also stands near the beginning of a PDF made for the web: only one near the end counts (ISO 32000-2)."""

_ZIP_END = 22

_STREAMED = 0x7FFF_F000
"""A length from here on is not meant: who writes a WAV into a pipe (ffmpeg, SoX) can't tell it."""


def seems_cut_off(media_type: str, size: int, head: bytes, tail: bytes, marked: int) -> bool:
    """Whether the end is missing; never for a kind of file of which that can't be told.

    `head` and `tail` are a file's first and last bytes, all of them where it is short; `marked` is where the
    last of its kind's `END_MARKS` begins, or -1.
    """
    match media_type:
        case "image/jpeg":
            return marked < _end_of_segments(head)
        case "image/png":
            return marked < 0
        case "image/webp" | "audio/wav":
            told = int.from_bytes(head[4:8], "little")
            return size < told + 8 and told < _STREAMED
        case "application/zip":
            return is_cut_zip(tail)
        case "application/pdf":
            return _PDF_END not in tail
    return False


def is_cut_zip(tail: bytes) -> bool:
    """Whether the end of a ZIP is missing: its last record tells how long its comment is (APPNOTE.TXT)."""
    end = tail.rfind(b"PK\x05\x06")
    record = tail[end:] if end >= 0 else b""
    return len(record) < _ZIP_END or len(record) - _ZIP_END < int.from_bytes(record[20:22], "little")


def _end_of_segments(head: bytes) -> int:
    """Where the segments of a JPEG end that can be seen in its head, the last as far as it says to go.

    The small pictures in them have ends of their own.
    """
    offset = 2
    while head[offset : offset + 1] == b"\xff":
        code = offset + 1
        while head[code : code + 1] == b"\xff":  # as many as one likes may stand before a code
            code += 1
        length = int.from_bytes(head[code + 1 : code + 3], "big")
        if head[code : code + 1] == b"\xda" or length < 2:
            break
        offset = code + 1 + length
    return offset
