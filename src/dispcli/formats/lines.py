"""The lines of an input that may be endless, as they come, in memory that doesn't grow with it."""

import codecs
from collections.abc import Iterator
from typing import Protocol

from dispcli.namedtuples import NamedTuple

MAX_LINE = 1024 * 1024
"""The longest line kept, in bytes. What is longer is read past, and told."""

_AT_ONCE = 128 * 1024


class Stream(Protocol):
    """Whatever gives what it has, and waits only while it has nothing: a buffered binary stream."""

    def read1(self, size: int, /) -> bytes:
        """Some bytes, none at the end."""


class Line(NamedTuple):
    """A line without its end, numbered from 1; `data` is None for one that is too long."""

    number: int
    data: bytes | None


class Unended(Line):
    """A last line without a line end: whoever writes the input may not be done with it."""

    __slots__ = ()


def read_lines(stream: Stream) -> Iterator[list[Line]]:
    """The lines, each time as many as came at once; UTF-16 becomes UTF-8, a mark is dropped.

    A last line without an end comes by itself, as Unended.
    """
    number = 0
    begun: list[bytes] = []
    length = 0
    for data in _as_utf8(stream):
        first, *more = data.split(b"\n")
        length += len(first)
        begun.append(first if length <= MAX_LINE else b"")
        if not more:
            continue
        whole = [b"".join(begun) if length <= MAX_LINE else None, *more[:-1]]
        lines = [Line(number + count, _clean(text)) for count, text in enumerate(whole, start=1)]
        number += len(lines)
        begun, length = [more[-1]], len(more[-1])
        yield lines
    if length:
        yield [Unended(number + 1, _clean(b"".join(begun)) if length <= MAX_LINE else None)]


def _clean(text: bytes | None) -> bytes | None:
    if text is None or len(text) > MAX_LINE:
        return None
    return text[:-1] if text.endswith(b"\r") else text


def _as_utf8(stream: Stream) -> Iterator[bytes]:
    data = stream.read1(_AT_ONCE)
    while 0 < len(data) < 3 and data[:1] in (b"\xef", b"\xff", b"\xfe"):
        more = stream.read1(_AT_ONCE)
        if not more:
            break
        data += more
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.removeprefix(codecs.BOM_UTF8)
        while data:
            yield data
            data = stream.read1(_AT_ONCE)
        return
    decoder = codecs.getincrementaldecoder("utf-16")(errors="surrogatepass")
    while data:
        yield decoder.decode(data).encode("utf-8", "surrogatepass")
        data = stream.read1(_AT_ONCE)
    if decoder.getstate()[0]:
        yield b"\xff"  # half a character is none: the line that ends so is not text
