"""What a camera notes in a picture (EXIF, CIPA DC-008): a TIFF structure, read within its own bytes."""

import re
import struct
from collections.abc import Callable, Iterator
from datetime import datetime

from dispcli.namedtuples import NamedTuple

Read = Callable[[int, int], bytes]
"""(offset, count) -> so many bytes of a file from there, or fewer at its end."""

LARGEST = 256 * 1024
"""Bytes of EXIF that are looked at."""

_MOST_ENTRIES = 500
_WIDTH, _HEIGHT, _ORIENTATION, _EXIF = 0x0100, 0x0101, 0x0112, 0x8769
_TAKEN, _OFFSET = 0x9003, 0x9011
_ASCII, _SHORT, _LONG = 2, 3, 4
_TURNED = (5, 6, 7, 8)
"""Orientations in which rows of the picture are columns of the sensor."""


class Exif(NamedTuple):
    """The camera's own clock as ISO text, with its offset if it tells one; whether the picture is turned.

    The size is told by TIFF files alone.
    """

    taken_at: str | None = None
    turned: bool = False
    width: int | None = None
    height: int | None = None


NO_EXIF = Exif()


def read_exif(data: bytes) -> Exif:
    """What these bytes tell. Nothing, or less, where they are damaged."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return NO_EXIF
    try:
        first = _directory(data, order, *struct.unpack(f"{order}I", data[4:8]))
        begin = first.get(_EXIF)
        more = _directory(data, order, begin) if isinstance(begin, int) else {}
    except struct.error:
        return NO_EXIF
    return Exif(
        taken_at=_moment(more.get(_TAKEN), more.get(_OFFSET)),
        turned=first.get(_ORIENTATION) in _TURNED,
        width=_count(first.get(_WIDTH)),
        height=_count(first.get(_HEIGHT)),
    )


def _directory(data: bytes, order: str, begin: int) -> dict[int, int | str]:
    """The entries that are one number or a text, by tag. Raises struct.error."""
    (count,) = struct.unpack_from(f"{order}H", data, begin)
    return dict(_entries(data, order, begin + 2, min(count, _MOST_ENTRIES)))


def _entries(data: bytes, order: str, begin: int, count: int) -> Iterator[tuple[int, int | str]]:
    for at in range(begin, begin + 12 * count, 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", data, at)
        if kind == _SHORT and length == 1:
            yield tag, struct.unpack_from(f"{order}H", data, at + 8)[0]
        elif kind == _LONG and length == 1:
            yield tag, struct.unpack_from(f"{order}I", data, at + 8)[0]
        elif kind == _ASCII and 0 < length <= 64:
            place = struct.unpack_from(f"{order}I", data, at + 8)[0] if length > 4 else at + 8
            yield tag, data[place : place + length].partition(b"\0")[0].decode("ascii", "replace")


def _count(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _moment(taken: int | str | None, offset: int | str | None) -> str | None:
    """`2026:11:20 14:05:09` and `+02:00` as one; None for a clock that was never set."""
    if not isinstance(taken, str) or not re.fullmatch(r"[0-9]{4}:[0-9:]{5} [0-9:]{8}", taken):
        return None
    try:
        moment = datetime.fromisoformat(f"{taken[:10].replace(':', '-')}T{taken[11:]}").isoformat()
    except ValueError:
        return None
    told = isinstance(offset, str) and re.fullmatch(r"[+-][0-9]{2}:[0-9]{2}", offset)
    return f"{moment}{offset}" if told else moment
