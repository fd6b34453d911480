"""Moments for a person: how long ago, or how far off."""

from datetime import datetime

from dispcli.core.moments import is_day, parse_instant

_STEPS = ((60, "min", 60), (24, "h", 3600), (60, "d", 86400), (24, "mo", 86400 * 30.44))


def relative(moment: str, now: datetime) -> str:
    """`3d ago`, `in 2d`, `today`: a stored moment as seen from now. What can't be read is shown as it is."""
    try:
        then = parse_instant(moment)
    except ValueError:
        return moment
    if is_day(moment):
        days = (then.date() - now.astimezone().date()).days
        if abs(days) <= 1:
            return ("yesterday", "today", "tomorrow")[days + 1]
        seconds = days * 86400.0
    else:
        seconds = (then - now).total_seconds()
        if abs(seconds) < 60:
            return "now"
    told = _length(abs(seconds))
    return f"in {told}" if seconds > 0 else f"{told} ago"


def local(moment: str) -> str:
    """A stored moment in the user's own zone, to the minute; a day stays a day."""
    if is_day(moment):
        return moment
    try:
        return parse_instant(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment


def _length(seconds: float) -> str:
    for most, unit, size in _STEPS:
        if seconds / size < most:
            return f"{int(seconds / size)}{unit}"
    return f"{int(seconds / 86400 / 365)}y"
