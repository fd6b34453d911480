"""Which orders may have something on the agenda that no dispute is about, by their days: few are read."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from dispcli.core.policy import Policy, Window
from dispcli.namedtuples import NamedTuple

OLDEST = 400
"""How many days ago an order may have been placed, besides the window: nobody protects one for longer."""

_SLACK = 2
"""Days more than needed on either side: what is found is looked at exactly afterwards."""


class Starts(NamedTuple):
    """From which day to which something may have begun that ends within the agenda's days, both included."""

    first: str
    last: str


NEVER = Starts("9999-12-31", "0001-01-01")


class Reach(NamedTuple):
    """Which orders can matter, as far as no dispute is about them; `paid` counts for `marketplaces` alone.

    `delivered`, `promised` and `paid` tell when a window to open a dispute may have begun, `protected` when
    protection may end. Older orders than `placed_since` are left out.
    """

    placed_since: str
    protected: Starts
    delivered: Starts
    promised: Starts
    paid: Starts
    marketplaces: tuple[str, ...]


def reach(policies: Mapping[str, Policy], days: int, now: datetime) -> Reach:
    """What the marketplaces' windows to open a dispute make of the days that the agenda looks ahead."""
    today = now.date()
    opening = {name: window for name, policy in policies.items() if (window := policy.windows.get("open"))}
    spans = [_calendar_days(window)[1] for window in opening.values()]

    def begun(*after: str) -> Starts:
        return _starts([window for window in opening.values() if window.after in after], today, days)

    return Reach(
        placed_since=_day(today, -OLDEST - max(spans, default=0)),
        protected=Starts(_day(today, -_SLACK), _day(today, days + _SLACK)),
        delivered=begun("delivery"),
        promised=begun("delivery", "latest-delivery"),
        paid=begun("payment"),
        marketplaces=tuple(name for name, window in opening.items() if window.after == "payment"),
    )


def _starts(windows: list[Window], today: date, days: int) -> Starts:
    if not windows:
        return NEVER
    least = min(_calendar_days(window)[0] for window in windows)
    most = max(_calendar_days(window)[1] for window in windows)
    return Starts(_day(today, -most - _SLACK), _day(today, days - least + _SLACK))


def _calendar_days(window: Window) -> tuple[int, int]:
    """How many days a window lasts, at least and at most: two of seven are no business days."""
    days = window.days or window.hours // 24
    return days, days + (days // 5 + 1) * 2 if window.business_days else days + 1


def _day(today: date, offset: int) -> str:
    """That many days from today; what no calendar reaches is its end."""
    try:
        return (today + timedelta(days=offset)).isoformat()
    except OverflowError:
        return (date.max if offset > 0 else date.min).isoformat()
