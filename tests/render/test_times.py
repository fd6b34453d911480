"""Moments as a person reads them."""

from datetime import UTC, datetime

import pytest

from dispcli.render.times import relative

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-22T12:00:00Z", "now"),
        ("2026-11-22T11:59:01Z", "now"),
        ("2026-11-22T11:58:00Z", "2min ago"),
        ("2026-11-22T12:30:00Z", "in 30min"),
        ("2026-11-22T09:00:00Z", "3h ago"),
        ("2026-11-20T12:00:00Z", "2d ago"),
        ("2026-11-27T12:00:00Z", "in 5d"),
        ("2026-08-22T12:00:00Z", "3mo ago"),
        ("2020-11-20T12:00:00Z", "6y ago"),
        ("2026-11-22", "today"),
        ("2026-11-21", "yesterday"),
        ("2026-11-23", "tomorrow"),
        ("2026-11-12", "10d ago"),
        ("2026-11-23T11:59:59Z", "in 23h"),
        ("2026-11-23T12:00:00Z", "tomorrow"),
        ("2026-12-04T07:59:59Z", "in 12d"),
        ("2026-11-19T23:00:00Z", "3d ago"),
        ("soon", "soon"),
    ],
)
def test_a_moment_is_told_as_seen_from_now(moment: str, told: str) -> None:
    assert relative(moment, NOW) == told
