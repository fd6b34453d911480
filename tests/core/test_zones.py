"""Times of a platform's own clock: which UTC instant they are, and what is refused."""

import pytest

from dispcli.core.zones import CHINA, moment_in, pacific_moment


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-01-16 15:12:01", "2026-01-16T23:12:01Z"),
        ("2026-07-04 09:00:00", "2026-07-04T16:00:00Z"),
        ("2026-07-04T09:00:00", "2026-07-04T16:00:00Z"),
        ("2026-12-31 23:30", "2027-01-01T07:30:00Z"),
        (" 2026-01-16 15:12:01 ", "2026-01-16T23:12:01Z"),
    ],
    ids=["winter", "summer", "with a T", "into the next year, no seconds", "blanks around it"],
)
def test_a_pacific_time_is_a_utc_instant(text: str, at: str) -> None:
    assert pacific_moment(text) == at


def test_a_day_stays_a_day() -> None:
    assert pacific_moment("2026-03-08") == "2026-03-08"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-08 01:59:59", "2026-03-08T09:59:59Z"),
        ("2026-03-08 03:00:00", "2026-03-08T10:00:00Z"),
        ("2026-11-01 00:59:59", "2026-11-01T07:59:59Z"),
        ("2026-11-01 01:00:00", "2026-11-01T09:00:00Z"),
        ("2026-11-01 01:59:59", "2026-11-01T09:59:59Z"),
        ("2026-11-01 02:00:00", "2026-11-01T10:00:00Z"),
    ],
)
def test_around_the_change_of_the_clocks_the_later_instant_is_taken(text: str, at: str) -> None:
    assert pacific_moment(text) == at


@pytest.mark.parametrize("text", ["2026-03-08 02:00:00", "2026-03-08 02:59:59"])
def test_a_time_that_the_clocks_skip_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the clocks skip it"):
        pacific_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "16/01/2026 15:12:01",
        "2026-1-16 15:12:01",
        "2026-01-16 15:12:01Z",
        "2026-01-16 15:12:01.5",
        "2026-02-30 10:00:00",
        "2026-02-30",
        "2026-01-16 24:00:00",
        "9999-12-31 23:59:59",
        "0001-01-01 00:00:00",
        "0000-01-01 00:00:00",
        "1989-12-31",
        "2200-01-01",
        "٢٠٢٦-01-16 15:12:01",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        pacific_moment(text)


def test_a_zone_without_summer_time_has_no_gap() -> None:
    assert moment_in("2026-03-08 02:30:00", CHINA) == "2026-03-07T18:30:00Z"
