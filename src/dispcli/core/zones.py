"""Clocks: times of a platform's own, written without a zone, as UTC instants; when days end on them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from dispcli.core.moments import instant, is_day, parse_instant

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


@lru_cache(1024)
def end_of(moment: str, zone: str) -> datetime:
    """The last instant (UTC) of a stored moment; a bare day counts to its end on the clock of `zone`.

    It is what a platform shows, and its days end there; the zone is an IANA name.
    """
    return last_instant(moment, zone_named(zone)) if is_day(moment) else parse_instant(moment)


def has_ended(moment: str, zone: str, now: datetime) -> bool:
    """Whether the last instant of a stored moment is over; see `end_of`."""
    begins = parse_instant(moment)
    # A day that has not begun in UTC has ended on no clock, and two days later it has on every one. Only in
    # between has the clock to be loaded, which takes milliseconds.
    if begins > now:
        return False
    return begins + timedelta(days=2) < now or end_of(moment, zone) < now


def last_instant(day: str, zone: tzinfo) -> datetime:
    """The last instant (UTC) of a day on a clock."""
    return latest_instant(datetime.fromisoformat(f"{day}T23:59:59"), zone)


def _pacific() -> tzinfo:
    return zone_named("America/Los_Angeles")
