"""Later than promised means the same everywhere: of deliveries, of what is awaited, on every clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.lateness import Clocks, Today, days_later, kept_promise, today_on, todays
from dispcli.core.moments import instant, is_day
from dispcli.core.zones import end_of

ZONES = st.sampled_from(sorted(available_timezones()))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
NEAR = st.tuples(INSTANTS, st.integers(-3 * 86_400, 3 * 86_400)).map(
    lambda pair: (pair[0], pair[0] + timedelta(seconds=pair[1]))
)
"""Two instants with a few days between them."""


def is_past(promised: str, today: Today) -> bool:
    """How lists compare what they have as text."""
    return promised < (today.day if is_day(promised) else today.began)


@given(NEAR, ZONES, st.booleans())
def test_what_is_awaited_is_late_once_a_delivery_would_be(pair, zone, by_day):
    promised = pair[0].date().isoformat() if by_day else instant(pair[0])
    late = days_later(promised, instant(pair[1]), zone) > 0
    assert is_past(promised, today_on(zone, pair[1])) is late


@given(NEAR, ZONES)
def test_what_has_not_come_is_late_as_if_it_came_now_and_never_in_time(pair, zone):
    promised, now = instant(pair[0]), pair[1]
    in_time = kept_promise(promised, instant(now), zone, now)
    assert kept_promise(promised, None, zone, now) is (None if in_time else False)


@given(NEAR, ZONES)
def test_a_promised_day_ends_as_every_other_day_that_a_platform_shows(pair, zone):
    day = pair[0].date().isoformat()
    assert (days_later(day, instant(pair[1]), zone) > 0) is (pair[1] > end_of(day, zone))


@given(NEAR, ZONES)
def test_what_comes_earlier_is_never_later(pair, zone):
    earlier, later = map(instant, sorted(pair))
    assert days_later(later, earlier, zone) == 0


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("UTC", "2026-11-22T12:00:00", Today("2026-11-22", "2026-11-22T00:00:00Z")),
        ("America/Los_Angeles", "2026-11-22T07:59:59", Today("2026-11-21", "2026-11-21T08:00:00Z")),
        ("Pacific/Kiritimati", "2026-11-22T10:00:00", Today("2026-11-23", "2026-11-22T10:00:00Z")),
        # Midnight does not come on this day: the clock goes from 23:59 to 01:00.
        ("Africa/Cairo", "2026-04-24T12:00:00", Today("2026-04-24", "2026-04-23T22:00:00Z")),
        # And here it comes twice.
        ("America/Havana", "2026-11-01T12:00:00", Today("2026-11-01", "2026-11-01T04:00:00Z")),
    ],
)
def test_a_day_begins_with_its_first_instant(zone, now, today):
    assert today_on(zone, datetime.fromisoformat(now).replace(tzinfo=UTC)) == today


def test_each_marketplace_has_its_own_today():
    now = datetime(2026, 11, 22, 2, tzinfo=UTC)
    found = todays(Clocks({"aliexpress": "America/Los_Angeles", "shop": "Asia/Tokyo"}), now)
    days = {name: today.day for name, today in found.known.items()}
    assert days == {"aliexpress": "2026-11-21", "shop": "2026-11-22"}
    assert found.others.day == "2026-11-22"
