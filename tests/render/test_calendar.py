"""Calendars, read back by a parser and looked at as RFC 5545 has them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from dispcli.core.agenda import AgendaQuery, Entry, Item, case_items, order_items
from dispcli.core.facts import Due
from dispcli.core.states import Action, Party
from dispcli.render.calendar import calendar
from tests.core.builders import NOW, case, move, note, order, policy

INSTANT = Due(Party.BUYER, "2026-11-21T10:00:00Z")
BARE_DAY = Due(Party.BUYER, "2026-11-21")
LONG = "Lampe für Küche, Bad; Flur \\ " + "ü" * 80


def items(due: Due = INSTANT, *moves, title: str | None = None) -> list[Item]:
    told = case(*moves, note(due))
    if title is not None:
        (line,) = told.order.lines
        told = told._replace(order=told.order._replace(lines=(line._replace(title=title),)))
    return list(case_items(told, policy(), AgendaQuery(waiting=True), NOW))


def written(*found: Item, now: datetime = NOW) -> bytes:
    return calendar([Entry(item, f"dispcli dispute show {item.target}") for item in found], now)


def read(data: bytes):
    parsed = Calendar.from_ical(data)
    return parsed, parsed.walk("VEVENT")


def test_an_event_tells_what_when_and_which_command():
    _, (event,) = read(written(*items()))
    assert event.decoded("dtstart") == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert event.decoded("dtstamp") == NOW
    assert event["summary"] == "Desk lamp: escalate, before it closes by itself"
    assert event["description"].split("\n") == [
        "D1 · USD 10.00 · Lamp Shop",
        "entered: you entered it",
        "dispcli dispute show D1",
    ]
    assert event["categories"].cats == ["dispcli", "escalate"]


def test_a_bare_day_is_a_whole_day():
    _, (event,) = read(written(*items(BARE_DAY)))
    assert event.decoded("dtstart") == date(2026, 11, 21)
    assert b"DTSTART;VALUE=DATE:20261121\r\n" in written(*items(BARE_DAY))


@pytest.mark.parametrize(
    ("due", "rings"),
    [
        (INSTANT, ["2026-11-20T10:00", "2026-11-21T08:00"]),
        (BARE_DAY, ["2026-11-20T09:00", "2026-11-21T09:00"]),
        (Due(Party.SELLER, INSTANT.at), ["2026-11-21T10:00"]),
        (Due(Party.SELLER, BARE_DAY.at), ["2026-11-22T09:00"]),
    ],
    ids=["mine", "mine-on-a-day", "theirs", "theirs-on-a-day"],
)
def test_it_rings_before_my_time_is_over_and_after_that_of_others(due, rings):
    _, (event,) = read(written(*items(due)))
    start = event.decoded("dtstart")
    begin = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)
    alarms = event.walk("VALARM")
    assert [f"{begin + alarm.decoded('trigger'):%Y-%m-%dT%H:%M}" for alarm in alarms] == rings
    assert {(str(alarm["action"]), str(alarm["description"])) for alarm in alarms} == {
        ("DISPLAY", items(due)[0].what)
    }


def test_it_is_written_as_the_rfc_has_it():
    data = written(*items(title=LONG), *items(BARE_DAY))
    lines = data.split(b"\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    for needed in (b"VERSION:2.0", b"PRODID:-//dispcli//dispcli agenda//EN"):
        assert lines.count(needed) == 1
    assert b"\r\nMETHOD:" not in data  # a scheduling message needs an ORGANIZER
    assert data.count(b"\r\nDTSTAMP:20261120T120000Z\r\n") == 2


def test_any_title_comes_back_as_it_was():
    _, (event,) = read(written(*items(title=LONG)))
    assert str(event["summary"]) == f"{LONG}: escalate, before it closes by itself"


def test_what_could_break_lines_or_steer_is_shown_instead():
    data = written(*items(title="a\r\nBEGIN:VALARM\x1b[31m\u202e"))
    _, (event,) = read(data)
    assert str(event["summary"]).startswith("a⏎⏎BEGIN:VALARM␛[31m<U+202E>: ")
    assert data.count(b"\r\nBEGIN:VALARM\r\n") == 2


def uids(*found: Item) -> list[str]:
    return [str(event["uid"]) for event in read(written(*found))[1]]


def test_a_deadline_has_the_same_uid_in_every_calendar():
    moved = items(Due(Party.BUYER, "2026-12-01"), note(INSTANT))
    assert uids(*items()) == uids(*moved)
    assert [int(event["sequence"]) for _, (event,) in (read(written(*items())), read(written(*moved)))] == [
        2,
        3,
    ]


def test_where_protection_was_prolonged_the_later_calendar_counts():
    """An order has no version: of two events with one UID and one SEQUENCE the later DTSTAMP counts."""
    waiting = order(protection_ends="2026-11-25")
    longer, later = waiting._replace(protection_ends="2026-11-28"), NOW + timedelta(days=1)
    ((first,), (second,)) = (
        read(written(*order_items(one, one.lines, policy(), AgendaQuery(), now), now=now))[1]
        for one, now in ((waiting, NOW), (longer, later))
    )
    assert first["uid"] == second["uid"]
    assert first["sequence"] == second["sequence"]
    assert [event.decoded("dtstamp") for event in (first, second)] == [NOW, later]
    assert [event.decoded("dtstart").day for event in (first, second)] == [25, 28]


def test_every_deadline_has_a_uid_of_its_own():
    both = [*items(), *items(Due(Party.SELLER, INSTANT.at))]
    other = order(marketplace="ebay", protection_ends="2026-11-25")
    orders = [*order_items(other, other.lines, policy(), AgendaQuery(), NOW)]
    waiting = order(protection_ends="2026-11-25")
    orders += order_items(waiting, waiting.lines, policy(), AgendaQuery(), NOW)
    either = items(Due(Party.SELLER, INSTANT.at), move(Action.ANSWER), note(Due(Party.PLATFORM, INSTANT.at)))
    found = uids(*both, *orders, *either)
    assert len(set(found)) == len(found) == 7


def test_a_calendar_of_nothing_is_one():
    parsed, events = read(written())
    assert (parsed["version"], events) == ("2.0", [])


def test_a_later_calendar_is_newer():
    later = NOW + timedelta(days=1)
    _, (event,) = read(written(*items(), now=later))
    assert event.decoded("dtstamp") == later
