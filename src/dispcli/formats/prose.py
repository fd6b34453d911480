"""Texts that people write, strictly: what is not clean text is refused."""

import codecs
from typing import BinaryIO

from dispcli.errors import BadInput
from dispcli.formats.encodings import encoding_of

_WIDEST = 4
"""How many bytes a character can have."""


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
    mark, encoding = encoding_of(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as problem:
        line = data[: len(mark) + problem.start].count(b"\n") + 1
        raise BadInput(f"{name}:{line}: not {encoding} text (byte {problem.start})") from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise BadInput(f"{name}:{line}: a NUL character; this is not a text file")
    return text
