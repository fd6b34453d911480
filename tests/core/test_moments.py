import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, just

from dispcli.core.moments import (
    Span,
    days_until,
    instant,
    is_day,
    local_day,
    local_time,
    parse_day,
    parse_instant,
    parse_moment,
    parse_span,
)

PACIFIC = ZoneInfo("America/Los_Angeles")
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
"""The evening of the 19th on the Pacific coast, the morning of the 20th in Warsaw."""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10-31", "2026-10-31", "2026-10-31"),
        (" 2026-10-31 ", "2026-10-31", "2026-10-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("today", "2026-11-20", "2026-11-20"),
        ("Yesterday", "2026-11-19", "2026-11-19"),
        ("tomorrow", "2026-11-21", "2026-11-21"),
        ("-7d", "2026-11-13", "2026-11-13"),
        ("+0d", "2026-11-20", "2026-11-20"),
        ("+2w", "2026-12-04", "2026-12-04"),
        ("-1m", "2026-10-21", "2026-10-21"),
        ("-1y", "2025-11-20", "2025-11-20"),
    ],
)
def test_a_stretch_of_days_begins_and_ends_at_midnight(text, first, last):
    span = parse_span(text, NOW, UTC)
    assert (span.first_day, span.last_day) == (first, last)
    assert span.start == f"{first}T00:00:00Z"
    assert parse_instant(span.end) == parse_instant(last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "today"), [(PACIFIC, "2026-11-19"), (WARSAW, "2026-11-20"), (UTC, "2026-11-20")], ids=str
)
def test_today_is_the_day_of_the_zone(zone, today):
    assert parse_span("today", NOW, zone).first_day == today
    assert parse_moment("today", NOW, zone) == today


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today", "2026-11-19T08:00:00Z", "2026-11-20T08:00:00Z"),
        ("-7d", "2026-11-12T08:00:00Z", "2026-11-13T08:00:00Z"),
        ("2026-07", "2026-07-01T07:00:00Z", "2026-08-01T07:00:00Z"),
        ("2026", "2026-01-01T08:00:00Z", "2027-01-01T08:00:00Z"),
    ],
)
def test_midnight_is_that_of_the_zone(text, start, end):
    span = parse_span(text, NOW, PACIFIC)
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        ("2026-03-07", "2026-03-07T08:00:00Z", 24),
        ("2026-03-08", "2026-03-08T08:00:00Z", 23),
        ("2026-03-09", "2026-03-09T07:00:00Z", 24),
        ("2026-11-01", "2026-11-01T07:00:00Z", 25),
    ],
)
def test_the_days_the_clocks_change_are_shorter_or_longer(day, start, hours):
    span = parse_span(day, NOW, PACIFIC)
    assert span.start == start
    assert parse_instant(span.end) - parse_instant(span.start) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "zone", "at", "day"),
    [
        ("now", PACIFIC, "2026-11-20T03:30:00Z", "2026-11-19"),
        ("-4h", PACIFIC, "2026-11-19T23:30:00Z", "2026-11-19"),
        ("+5h", PACIFIC, "2026-11-20T08:30:00Z", "2026-11-20"),
        ("+4h", PACIFIC, "2026-11-20T07:30:00Z", "2026-11-19"),
        ("-4h", UTC, "2026-11-19T23:30:00Z", "2026-11-19"),
        ("+1h", UTC, "2026-11-20T04:30:00Z", "2026-11-20"),
        ("2026-10-31T14:00", PACIFIC, "2026-10-31T21:00:00Z", "2026-10-31"),
        ("2026-10-31T20:00", PACIFIC, "2026-11-01T03:00:00Z", "2026-10-31"),
        ("2026-11-01T14:00", PACIFIC, "2026-11-01T22:00:00Z", "2026-11-01"),
        ("2026-11-01T01:30", PACIFIC, "2026-11-01T08:30:00Z", "2026-11-01"),
        ("2026-03-08T02:30", PACIFIC, "2026-03-08T10:30:00Z", "2026-03-08"),
        ("2026-10-31 14:00:05", WARSAW, "2026-10-31T13:00:05Z", "2026-10-31"),
        ("2026-10-31T14:00Z", PACIFIC, "2026-10-31T14:00:00Z", "2026-10-31"),
        ("2026-10-31T23:00:00.75+02:00", UTC, "2026-10-31T21:00:00Z", "2026-10-31"),
        ("2026-10-31T23:00-0700", UTC, "2026-11-01T06:00:00Z", "2026-11-01"),
    ],
)
def test_a_time_of_day_is_one_instant(text, zone, at, day):
    assert parse_span(text, NOW, zone) == Span(day, day, at, at)
    assert parse_moment(text, NOW, zone) == at


@pytest.mark.parametrize("text", ["2026-10-31", "yesterday", "-7d"])
def test_a_day_stays_a_day(text):
    assert is_day(parse_moment(text, NOW, PACIFIC))


@pytest.mark.parametrize("text", ["2026-10", "2026"])
def test_a_month_or_a_year_is_no_moment(text):
    with pytest.raises(ValueError, match="not one day"):
        parse_moment(text, NOW, UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-13",
        "2026-02-30",
        "2026-00",
        "0000",
        "2026-2-3",
        "31.10.2026",
        "10/31/2026",
        "20261031",
        "2026-W44",
        "7d",
        "-d",
        "-7x",
        "-12345d",
        "-9999y",
        "+9999y",
        "9999",
        "9999-12-31",
        "2026-10-31T",
        "2026-10-31T25:00",
        "2026-10-31T14",
        "2026-10-31T14:00+99:00",
        "0001-01-01T00:00+14:00",
        "２０２６-10-31",
        "٢٠٢٦",
        "2026-10-31\n2026",
    ],
)
@pytest.mark.parametrize("read", [parse_span, parse_moment])
def test_what_is_no_date_is_refused_in_words(read, text):
    with pytest.raises(ValueError, match=r"date|range"):
        read(text, NOW, WARSAW)


@given(datetimes(timezones=just(UTC)))
def test_an_instant_survives_being_written(moment):
    assert parse_instant(instant(moment)) == moment.replace(microsecond=0)


@pytest.fixture
def machine_on_the_pacific(monkeypatch):
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("machine_on_the_pacific")
def test_without_a_zone_it_is_that_of_the_machine():
    assert parse_span("2026-11-01", NOW) == parse_span("2026-11-01", NOW, PACIFIC)
    assert parse_span("today", NOW) == parse_span("today", NOW, PACIFIC)
    assert parse_span("2026-07-01T12:00", NOW) == parse_span("2026-07-01T12:00", NOW, PACIFIC)


@pytest.mark.usefixtures("machine_on_the_pacific")
def test_an_instant_is_written_in_utc_wherever_the_machine_stands():
    assert instant(datetime(2026, 11, 1, 2, tzinfo=timezone(timedelta(hours=2)))) == "2026-11-01T00:00:00Z"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a zone"):
        instant(datetime(2026, 11, 1))


def test_a_bare_day_is_its_first_instant():
    assert parse_instant("2026-11-01") == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "2026-11-01T10:00:00", "2026-11-01T10:00:00+00:00", "20261101T100000Z", "2026-11-31"]
)
def test_only_utc_is_an_instant(text):
    with pytest.raises(ValueError, match=r"UTC|day"):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2026-10-31", "2024-02-29"])
def test_a_day_is_checked_to_exist(text):
    assert parse_day(text) == text


@pytest.mark.parametrize("text", ["2026-02-29", "2026-10", "today", "20261031", " 2026-10-31", "٢٠٢٦-10-31"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match="day"):
        parse_day(text)


@pytest.mark.parametrize(
    ("moment", "pacific", "warsaw"),
    [
        ("2026-11-20", "2026-11-20", "2026-11-20"),
        ("2026-11-20T03:30:00Z", "2026-11-19", "2026-11-20"),
        ("2026-11-20T23:30:00Z", "2026-11-20", "2026-11-21"),
    ],
)
def test_an_instant_falls_on_a_day_of_its_zone_and_a_day_is_one(
    moment: str, pacific: str, warsaw: str
) -> None:
    assert (local_day(moment, PACIFIC), local_day(moment, WARSAW)) == (pacific, warsaw)


def test_what_no_calendar_reaches_has_a_day_all_the_same():
    assert local_day("9999-12-31T23:59:59Z", WARSAW) == "9999-12-31"


@pytest.mark.parametrize(
    ("moment", "pacific", "warsaw"),
    [
        ("2026-11-20", 1, 0),
        ("2026-11-18T23:00:00Z", -1, -1),
        ("2026-11-20T23:30:00Z", 1, 1),
        ("2026-11-21T07:59:59Z", 1, 1),
    ],
)
def test_the_days_until_a_moment_are_days_of_the_calendar_where_one_is(moment, pacific, warsaw):
    assert (days_until(moment, NOW, PACIFIC), days_until(moment, NOW, WARSAW)) == (pacific, warsaw)


def test_the_time_of_what_no_calendar_of_a_zone_reaches_is_that_in_utc():
    assert local_time("0001-01-01T02:00:00Z", PACIFIC) == "02:00"
    assert local_time("9999-12-31T23:59:59Z", WARSAW) == "23:59"
