"""A day, a time of day and a zone: one instant, or the day alone."""

import pytest

from dispcli.formats.paypal.activity_times import moment_of


@pytest.mark.parametrize(
    ("day", "time", "zone", "moment"),
    [
        ("2026-07-01", "12:00:00", "America/Los_Angeles", "2026-07-01T19:00:00Z"),
        ("2026-12-01", "12:00:00", "America/Los_Angeles", "2026-12-01T20:00:00Z"),
        ("2026-07-01", "00:30:00", "BST", "2026-06-30T23:30:00Z"),
        ("2026-07-01", "00:30:00", "cest", "2026-06-30T22:30:00Z"),
        ("2026-12-31", "23:59:59", "PST", "2027-01-01T07:59:59Z"),
        ("1900-01-01", "00:00:00", "JST", "1899-12-31T15:00:00Z"),
    ],
)
def test_a_zone_makes_it_an_instant(day: str, time: str, zone: str, moment: str) -> None:
    assert moment_of(day, time, zone) == moment


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-10-25", "02:30:00"), ("2026-03-29", "02:30:00")],
    ids=["the hour that comes twice", "the hour that never comes"],
)
def test_an_hour_of_two_meanings_leaves_the_day(day: str, time: str) -> None:
    assert moment_of(day, time, "Europe/Berlin") == day


def test_an_abbreviation_says_which_of_the_two_hours_it_is() -> None:
    assert moment_of("2026-10-25", "02:30:00", "CEST") == "2026-10-25T00:30:00Z"
    assert moment_of("2026-10-25", "02:30:00", "CET") == "2026-10-25T01:30:00Z"


@pytest.mark.parametrize("zone", [None, "XYZ", "CST", "America", "America/", "America/Argentina", "Z" * 1000])
def test_a_zone_nobody_knows_leaves_the_day(zone: str | None) -> None:
    assert moment_of("2026-07-01", "12:00:00", zone) == "2026-07-01"


@pytest.mark.parametrize("time", ["24:00:00", "12:60:00", "12:00:60", "12", "12:00:00 PM", "١٢:٠٠"])
def test_a_time_that_is_none_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match="time of day"):
        moment_of("2026-07-01", time, "UTC")
