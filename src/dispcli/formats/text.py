"""From bytes to text, strictly: what is not clean text is refused before anybody parses it."""

import codecs
from typing import BinaryIO

from dispcli.errors import BadInput

MAX_BYTES = 64 * 1024 * 1024
"""The largest input read whole. Larger exports come in pieces."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_WIDEST = 4
"""How many bytes a character can have."""


def read_text(name: str, stream: BinaryIO) -> str:
    """The whole input as text: UTF-8, or what its byte order mark says.

    Raises BadInput for an empty, too large, binary or wrongly encoded input.
    """
    data = stream.read(MAX_BYTES + 1)
    if not data.strip():
        raise BadInput(f"{name}: the input is empty")
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name}: larger than {MAX_BYTES // 2**20} MiB", hint="split it into smaller files")
    return _decoded(name, data)


def read_prose(name: str, stream: BinaryIO, most: int) -> str:
    """A text that people write, with plain line ends, of at most so many characters without blanks around it.

    Raises BadInput for a blank, too long, binary or wrongly encoded one.
    """
    room = _WIDEST * most + len(codecs.BOM_UTF8)
    data = stream.read(room + 1)
    text = _decoded(name, data) if len(data) <= room else None
    if text is None or len(text.strip()) > most:
        raise BadInput(f"{name}: longer than {most // 1024} KiB")
    if not text.strip():
        raise BadInput(f"{name}: the text is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(name: str, data: bytes) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as problem:
        line = data[: len(mark) + problem.start].count(b"\n") + 1
        raise BadInput(f"{name}:{line}: not {encoding} text (byte {problem.start})") from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise BadInput(f"{name}:{line}: a NUL character; this is no text file")
    return text
