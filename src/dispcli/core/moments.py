"""Time: instants are UTC ISO 8601 text with `Z`, days are `YYYY-MM-DD` and never get a zone.

Text keeps its order when compared, is what the ledger stores and what a script reads, so it is what the
core carries too; arithmetic turns it into datetime and back.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from dispcli.namedtuples import NamedTuple

_MONTH = r"([0-9]{4})-([0-9]{2})"
_YEAR = r"[0-9]{4}"
_OFFSET = r"([+-])([0-9]{1,4})([hdwmy])"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_INSTANT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
EXAMPLES = "2026-10-31, 2026-10-31T14:00, 2026-10, today, yesterday, -7d, +2w"


class Span(NamedTuple):
    """A stretch of time as someone named it: a day, a month, one instant.

    `first_day` and `last_day` are its days; `start` (inclusive) and `end` (exclusive) bound it as UTC
    instants. A row that only knows its day is compared by days, one that knows its instant by instants.
    """

    first_day: str
    last_day: str
    start: str
    end: str


def instant(moment: datetime) -> str:
    """UTC ISO 8601 text with `Z`, to the second. The datetime must know its zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


@lru_cache(4096)
def parse_instant(text: str) -> datetime:
    """The inverse of `instant`; a bare day is its first instant in UTC. Raises ValueError."""
    return _read_instant(text).replace(tzinfo=UTC)


def require_instant(text: str) -> None:
    """Raises ValueError for what `parse_instant` does not read. Most moments are looked at once only."""
    _read_instant(text)


def _read_instant(text: str) -> datetime:
    if (len(text) == 10 and text[4] == text[7] == "-") or (len(text) == 20 and text[10::9] == "TZ"):
        return datetime.fromisoformat(text)
    raise ValueError(f"not a UTC instant: {text!r}")


def is_day(text: str) -> bool:
    """Whether a stored moment is a day without a time."""
    return len(text) == 10


def local_day(moment: str, zone: tzinfo | None = None) -> str:
    """The day a stored moment falls on in `zone` (None: the zone of this machine); a day stays a day.

    Of what no calendar of the zone reaches it is the day in UTC.
    """
    if is_day(moment):
        return moment
    try:
        return parse_instant(moment).astimezone(zone).date().isoformat()
    except OverflowError:
        return moment[:10]


def days_until(moment: str, now: datetime, zone: tzinfo | None = None) -> int:
    """How many days from today to the day of a stored moment, below zero for one that is past.

    They are days of the calendar in `zone` (None: the zone of this machine).
    """
    return (date.fromisoformat(local_day(moment, zone)) - now.astimezone(zone).date()).days


def local_time(moment: str, zone: tzinfo | None = None) -> str:
    """The hour and minute that a stored instant has in `zone` (None: the zone of this machine).

    Of what no calendar of the zone reaches they are those in UTC.
    """
    try:
        return parse_instant(moment).astimezone(zone).strftime("%H:%M")
    except OverflowError:
        return moment[11:16]


def parse_day(text: str) -> str:
    """A day as ISO text, checked to exist. Raises ValueError."""
    if not _matches(_DAY, text):
        raise ValueError(f"not a day: {text!r} (write it as 2026-10-31)")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as problem:
        raise ValueError(f"no such day: {text!r} ({problem})") from None


def parse_span(text: str, now: datetime, zone: tzinfo | None = None) -> Span:
    """What a person means by a date: ISO, a month, a year, `today`, `yesterday`, `-7d`, `+2w`, `now`.

    Days are days of `zone` (None: the zone of this machine). `now` must know its zone. Raises ValueError.
    """
    word = text.strip().lower()
    today = now.astimezone(zone).date()
    if word in ("today", "yesterday", "tomorrow"):
        day = today + timedelta(days=("yesterday", "today", "tomorrow").index(word) - 1)
        return _days(day, day, zone)
    if word == "now":
        return _at(now, zone)
    if match := _matches(_OFFSET, word):
        count = int(match[2]) * (-1 if match[1] == "-" else 1)
        if match[3] == "h":
            return _at(now + timedelta(hours=count), zone)
        try:
            day = today + timedelta(days=count * _UNIT_DAYS[match[3]])
        except OverflowError:
            raise ValueError(f"out of range: {text!r}") from None
        return _days(day, day, zone)
    try:
        if _matches(_YEAR, word):
            year = int(word)
            return _days(date(year, 1, 1), date(year, 12, 31), zone)
        if match := _matches(_MONTH, word):
            first = date(int(match[1]), int(match[2]), 1)
            return _days(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), zone)
        if _matches(_DAY, word):
            return _days(date.fromisoformat(word), date.fromisoformat(word), zone)
        if _matches(_INSTANT, text.strip()):
            moment = datetime.fromisoformat(text.strip())
            return _at(moment if moment.tzinfo else _local(moment, zone), zone)
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"no such date: {text!r} ({problem})") from None
    raise ValueError(f"not a date: {text!r} (try {EXAMPLES})")


def parse_moment(text: str, now: datetime, zone: tzinfo | None = None) -> str:
    """One moment as the ledger stores it: a day stays a day, anything with a time becomes a UTC instant.

    Raises ValueError, also for a month or a year, which are no single moment.
    """
    span = parse_span(text, now, zone)
    if span.start == span.end:
        return span.start
    if span.first_day != span.last_day:
        raise ValueError(f"not one day: {text!r} (try {EXAMPLES})")
    return span.first_day


def _matches(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)


def _at(moment: datetime, zone: tzinfo | None) -> Span:
    day = moment.astimezone(zone).date().isoformat()
    return Span(day, day, instant(moment), instant(moment))


def _days(first: date, last: date, zone: tzinfo | None) -> Span:
    start = _local(datetime(first.year, first.month, first.day), zone)
    after = last + timedelta(days=1)
    end = _local(datetime(after.year, after.month, after.day), zone)
    return Span(first.isoformat(), last.isoformat(), instant(start), instant(end))


def _local(naive: datetime, zone: tzinfo | None) -> datetime:
    return naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
