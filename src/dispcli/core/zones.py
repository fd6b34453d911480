"""Times of a platform's own clock, written without a zone, as UTC instants."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dispcli.core.moments import instant

CHINA = timezone(timedelta(hours=8))
"""UTC+8 all year round."""

_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?"
_YEARS = range(1990, 2200)


def pacific_moment(text: str) -> str:
    """A time of the US Pacific clock (`2026-01-16 15:12:27`) as UTC instant; a bare day stays a day.

    AliExpress' answers keep this clock (proven on 261 disputes that have an epoch beside the text). An hour
    that stands twice in autumn is taken the second time: what is known can only be thought newer than it is.
    Raises ValueError for a time that is none, and for one that the clock skips in spring.
    """
    return moment_in(text, _pacific())


def pacific_hour_comes_twice(text: str) -> bool:
    """Whether the US Pacific clock shows this time twice, because it is put back."""
    match = re.fullmatch(_TIME, text.strip())
    if match is None or match[2] is None:
        return False
    shown = datetime.fromisoformat(f"{match[1]} {match[2]}").replace(tzinfo=_pacific())
    first, second = shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
    return first < second


def moment_in(text: str, zone: tzinfo) -> str:
    """The same for the clock of another zone."""
    match = re.fullmatch(_TIME, text.strip())
    if match is None:
        raise ValueError(f"not a time: {text[:40]!r} (as in 2026-10-31 14:05:00)")
    try:
        shown = datetime.fromisoformat(f"{match[1]} {match[2] or '00:00'}")
        if shown.year not in _YEARS:
            raise ValueError("the year is out of range")
        if match[2] is None:
            return match[1]
        at = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    except ValueError as problem:
        raise ValueError(f"no such time: {text[:40]!r} ({problem})") from None
    if at.astimezone(zone).replace(tzinfo=None) != shown:
        raise ValueError(f"no such time: {text[:40]!r} (the clocks skip it)")
    return instant(at)


def latest_instant(shown: datetime, zone: tzinfo) -> datetime:
    """The UTC instant at which a clock shows this time, which has no zone; of two, the later.

    A time that the clock skips in spring is as much later as it skips.
    """
    return max(shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


@lru_cache(32)
def zone_named(name: str) -> tzinfo:
    """The clock of an IANA zone."""
    if name == "UTC":
        return UTC
    # Loading zones costs milliseconds that only those should pay who need one.
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _pacific() -> tzinfo:
    return zone_named("America/Los_Angeles")
