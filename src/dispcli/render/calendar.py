"""The agenda as an iCalendar (RFC 5545): an event a deadline, with alarms. Loaded for calendars alone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_DNS, uuid5

from icalendar import Alarm, Calendar, Event

from dispcli.core.agenda import Entry, Item
from dispcli.core.deadlines import BASES
from dispcli.core.moments import is_day, parse_instant
from dispcli.core.states import Party
from dispcli.render.inert import visible

_MAKER = "-//dispcli//dispcli agenda//EN"
_OURS = uuid5(NAMESPACE_DNS, "dispcli")
_NINE = timedelta(hours=9)
_DAY = timedelta(days=1)


def calendar(entries: Sequence[Entry], now: datetime) -> bytes:
    """The calendar as it is written: UTC times, days without a time as whole days, lines of 75 octets.

    The same deadline has the same UID in every calendar, so that the next one brings it up to date. It is no
    message of an organizer: without METHOD, DTSTAMP tells which of two was revised last.
    """
    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add("x-wr-calname", "dispcli")
    for entry in entries:
        made.add_component(_event(entry, now))
    return bytes(made.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    item = entry.item
    event = Event()
    event.add("uid", _uid(item))
    event.add("sequence", item.version)
    event.add("dtstamp", now)
    event.add("dtstart", _start(item.deadline.at))
    event.add("summary", f"{visible(item.title)}: {item.what}")
    event.add("description", "\n".join(_description(entry)))
    event.add("categories", ["dispcli", item.deadline.code])
    event.add("transp", "TRANSPARENT")
    for before in _alarms(item):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", item.what)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _uid(item: Item) -> str:
    code, party = item.deadline.code, item.deadline.party
    return str(uuid5(_OURS, " ".join((item.order.name, item.dispute or "order", code, party))))


def _start(at: str) -> date | datetime:
    return date.fromisoformat(at) if is_day(at) else parse_instant(at)


def _alarms(item: Item) -> tuple[timedelta, ...]:
    """When to ring, from the event's beginning: the day before and shortly before; for others, afterwards.

    What is due on a day rings at nine in the morning.
    """
    whole_day = is_day(item.deadline.at)
    if item.deadline.party is not Party.BUYER:
        return (_DAY + _NINE,) if whole_day else (timedelta(0),)
    return (_NINE - _DAY, _NINE) if whole_day else (-_DAY, timedelta(hours=-2))


def _description(entry: Entry) -> Iterator[str]:
    item = entry.item
    seller = item.order.seller.name if item.order.seller else None
    yield " · ".join(visible(str(part)) for part in (item.target, item.amount, seller) if part)
    yield f"{item.deadline.basis}: {BASES[item.deadline.basis]}"
    yield from (command for command in (entry.action, entry.otherwise) if command)
