"""Days and times of a mapped table, as days without a zone or UTC instants."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

from dispcli.core.day_order import decide_order, orders_of, read_day
from dispcli.core.moments import instant, parse_day
from dispcli.core.zones import moment_in, pacific_moment
from dispcli.formats.mapped.mapping import Zone

MomentReader = Callable[[str], str]
"""From a cell's text to a day or a UTC instant. Raises ValueError."""

_MOMENT = re.compile(
    r"(?P<day>[0-9]{1,4}([./-])[0-9]{1,2}\2[0-9]{1,4})"
    r"(?:(?:[T ]|,? )(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?"
    r" ?(?P<half>[AaPp][Mm])? ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)
_MANY_DAYS = 20_000


def moment_reader(order: str, zone: Zone) -> MomentReader:
    """How the days of one file are read: in this order, or as `2026-10-31`, which every file may have."""

    @lru_cache(16384)
    def read(text: str) -> str:
        match = _MOMENT.fullmatch(text)
        if match is None:
            raise ValueError(f"not a day written as {order}: {text[:40]!r}")
        day = parse_day(match["day"]) if _is_iso(match["day"]) else read_day(match["day"], order)
        if match["clock"] is None or (match["zone"] is None and zone == "none"):
            return day
        return _at(f"{day} {_clock(match['clock'], match['half'])}", match["zone"], zone)

    return read


def _is_iso(day: str) -> bool:
    return len(day) == 10 and day[4] == day[7] == "-"


def _clock(text: str, half: str | None) -> str:
    """The time as `14:05:00`, from a clock of 24 hours or of twice 12."""
    hour, minute, *second = map(int, text.split(":"))
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(f"no such time: {text} {half}")
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return f"{hour:02d}:{minute:02d}:{second[0] if second else 0:02d}"


def _at(shown: str, told: str | None, zone: Zone) -> str:
    if told is None and zone == "pacific":
        return pacific_moment(shown)
    if told is None or not told.startswith(("+", "-")):
        return moment_in(shown, UTC)
    try:
        return instant(datetime.fromisoformat(f"{shown}{told}"))
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"no such time: {shown!r} ({problem})") from None


def order_of_days(texts: Iterable[str]) -> str | None:
    """The one order in which all days of a file can be read, whatever else is wrong with some of them.

    None where they leave more than one. Raises ValueError where they contradict each other.
    """
    return decide_order(_different_days(texts))


def _different_days(texts: Iterable[str]) -> Iterator[str]:
    """The days that are not ISO days, each once, in memory that doesn't grow with the file."""
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            continue
        if len(seen) > _MANY_DAYS:
            seen.clear()
        seen.add(text)
        match = _MOMENT.fullmatch(text)
        if match and not _is_iso(match["day"]) and orders_of(match["day"]):
            yield match["day"]
