"""What kind of file it is, told by its first bytes. A name only says what somebody called it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

HEAD = 4096
"""How many of a file's first bytes are looked at."""

UNKNOWN = "application/octet-stream"
_PLAIN, _MAIL, _PAGE = "text/plain", "message/rfc822", "text/html"

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)
_IN_RIFF: Mapping[bytes, str] = MappingProxyType(
    {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
)
_BRANDS: Mapping[bytes, str] = MappingProxyType(
    {
        **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
        **dict.fromkeys((b"mif1", b"msf1"), "image/heif"),
        **dict.fromkeys((b"avif", b"avis"), "image/avif"),
        b"qt  ": "video/quicktime",
        b"M4A ": "audio/mp4",
    }
)
"""The major brand of an ISO base media file (ISO/IEC 14496-12); every other one is an MP4 video."""

_MAIL_BEGINS = re.compile(
    rb"(from|to|subject|date|received|return-path|delivered-to|message-id|mime-version):", re.IGNORECASE
)
_PAGE_BEGINS = re.compile(rb"\s*<(!doctype\s+html|html)\b", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
        "image/png": ("png",),
        "image/gif": ("gif",),
        "image/tiff": ("tif", "tiff"),
        "image/webp": ("webp",),
        "image/heic": ("heic", "heif"),
        "image/heif": ("heif", "heic"),
        "image/avif": ("avif",),
        "video/mp4": ("mp4", "m4v", "3gp"),
        "video/quicktime": ("mov", "qt"),
        "video/webm": ("webm", "mkv"),
        "video/x-msvideo": ("avi",),
        "audio/mp4": ("m4a",),
        "audio/mpeg": ("mp3",),
        "audio/ogg": ("ogg", "oga", "opus"),
        "audio/wav": ("wav",),
        "application/pdf": ("pdf",),
        "application/zip": ("zip", "docx", "xlsx", "pptx", "odt", "ods", "epub"),
        _MAIL: ("eml",),
        _PAGE: ("html", "htm"),
        _PLAIN: ("txt", "log", "md", "csv", "tsv", "json", "xml", "srt"),
    }
)
"""The endings that names of each kind of file have, the usual one first."""

_TEXTS = (_PLAIN, _MAIL, _PAGE)


def media_type(head: bytes) -> str:
    """The media type of a file that begins with these bytes (`HEAD` of them, or all there are)."""
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head.startswith(b"RIFF"):
        return _IN_RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return _text_type(head)


def _text_type(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _PLAIN if _decodes(head[: len(head) & ~1], "utf-16") else UNKNOWN
    if _NO_TEXT.search(head) or not _decodes(head, "utf-8"):
        return UNKNOWN
    if _PAGE_BEGINS.match(head):
        return _PAGE
    lines = head.split(b"\n", 3)[:2]
    return _MAIL if len(lines) > 1 and _MAIL_BEGINS.match(lines[0]) else _PLAIN


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether it is text as far as it goes: its last character may be cut."""
    try:
        head.decode(encoding)
    except UnicodeDecodeError as problem:
        return len(head) >= HEAD - 1 and problem.end >= len(head) - 3 and problem.start > 0
    return True


def is_misnamed(name: str, found: str) -> bool:
    """Whether the ending of a name belongs to another kind of file. An unknown ending belongs to none."""
    ending = name.rpartition(".")[2].lower()
    meant = [kind for kind, endings in ENDINGS.items() if ending in endings]
    if not meant or "." not in name:
        return False
    return found not in meant and not (found in _TEXTS and any(kind in _TEXTS for kind in meant))
