"""Moments for a person: how long ago, or how far off."""

from datetime import datetime

from dispcli.core.moments import days_until, is_day, parse_instant

_WITHIN_A_DAY = ((60, "min", 60), (24, "h", 3600))
_DAYS = ((60, "d", 1), (24, "mo", 30.44))


def relative(moment: str, now: datetime) -> str:
    """`3d ago`, `in 2d`, `today`: a stored moment as seen from now. What can't be read is shown as it is.

    An instant less than 24 hours away is told by the time between; everything else by the calendar's days.
    """
    try:
        days = days_until(moment, now)
        seconds = 0 if is_day(moment) else int((parse_instant(moment) - now).total_seconds())
    except ValueError:
        return moment
    if is_day(moment) or abs(seconds) >= 86400:
        return in_days(days)
    return _told(seconds, _WITHIN_A_DAY) if abs(seconds) >= 60 else "now"


def in_days(days: int) -> str:
    """`3d ago`, `today`, `tomorrow`, `in 2mo`: so many days of the calendar away, below zero for ago."""
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return _told(days, _DAYS)


def local(moment: str) -> str:
    """A stored moment in the user's own zone, to the minute; a day stays a day."""
    if is_day(moment):
        return moment
    try:
        return parse_instant(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return moment


def _told(count: int, units: tuple[tuple[int, str, float], ...]) -> str:
    """So many seconds or days, in the first of these units in which they are not too many, else in years."""
    much = abs(count)
    fitting = (f"{int(much / size)}{unit}" for most, unit, size in units if much / size < most)
    length = next(fitting, f"{much // 365}y")
    return f"in {length}" if count > 0 else f"{length} ago"
