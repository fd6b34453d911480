"""Times of PayPal's activity report: a day and a time of day in the account's zone."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dispcli.core.moments import instant

_OFFSETS: Mapping[str, int] = MappingProxyType(
    {
        "AEDT": 11,
        "AEST": 10,
        "BST": 1,  # British Summer Time
        "CEST": 2,
        "CET": 1,
        "EDT": -4,
        "EEST": 3,
        "EET": 2,
        "EST": -5,
        "GMT": 0,
        "JST": 9,
        "MDT": -6,
        "MESZ": 2,
        "MEZ": 1,
        "MST": -7,
        "PDT": -7,
        "PST": -8,
        "UTC": 0,
    }
)
"""Hours east of Greenwich. An abbreviation that stands for several zones is left out."""

_REGION = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_+-]+){1,2}", re.ASCII)
_LONGEST_NAME = 64
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")


def moment_of(day: str, time: str | None, zone: str | None) -> str:
    """The UTC instant of a day (ISO), a time of day and a zone; the day alone where they tell no one instant.

    That is so without a time, in a zone nobody knows, and in the hours that come twice or never when the
    clocks are changed. Raises ValueError for a time that is none.
    """
    if time is None:
        return day
    moment = _local(day, time)
    where = _zone(zone) if zone and len(zone) <= _LONGEST_NAME else None
    if where is None:
        return day
    once = moment.replace(tzinfo=where)
    again = moment.replace(tzinfo=where, fold=1)
    return instant(once) if once.utcoffset() == again.utcoffset() else day


def _local(day: str, time: str) -> datetime:
    match = _TIME.fullmatch(time)
    if match is None:
        raise ValueError(f"not a time of day: {time[:40]!r}")
    try:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        return datetime.fromisoformat(day).replace(hour=hour, minute=minute, second=second)
    except ValueError:
        raise ValueError(f"no such time of day: {time!r}") from None


@lru_cache(256)
def _zone(name: str) -> tzinfo | None:
    """A zone by its abbreviation or its region's name; None for one nobody knows."""
    hours = _OFFSETS.get(name.upper())
    if hours is not None:
        return timezone(timedelta(hours=hours))
    if not _REGION.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
