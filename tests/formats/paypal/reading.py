"""PayPal's files, read as `import` reads them."""

import io

from dispcli.core.told import Told
from dispcli.formats.opening import open_input
from dispcli.formats.source import Aside, Asked, Entry, Mistake, Source

SAVED = "2026-11-20T08:00:00Z"
"""When the file was last changed."""


def read(
    content: str | bytes, wanted: str | None = None, date_order: str | None = None
) -> list[Entry | Mistake | Aside]:
    data = content.encode() if isinstance(content, str) else content
    source = Source("file", SAVED, Asked(date_order=date_order))
    opened = open_input(source, io.BytesIO(data), wanted)
    return [entry for piece in opened.pieces for entry in piece]


def told(content: str | bytes, date_order: str | None = None) -> list[Told]:
    """Everything a file tells, which must be without a mistake."""
    entries = read(content, date_order=date_order)
    assert [entry for entry in entries if isinstance(entry, Mistake)] == []
    return [entry.told for entry in entries if isinstance(entry, Entry)]


def format_of(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    return open_input(Source("file", SAVED), io.BytesIO(data)).format
