"""Later than promised: what came, or is still awaited, after the promised day.

Days are those of the marketplace's clock, where every day that a platform shows ends (`zones.end_of`).
What comes on the promised day is in time, at whatever hour it was promised.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from dispcli.core.moments import instant, local_day
from dispcli.core.zones import zone_named
from dispcli.namedtuples import NamedTuple


class Clocks(NamedTuple):
    """Clocks by their IANA names: of the marketplaces that are asked about, and of any other."""

    known: Mapping[str, str] = MappingProxyType({})
    others: str = "UTC"


ClockOf = Callable[[str], str]
"""Answers the clock of a marketplace."""


class Today(NamedTuple):
    """The day it is on a clock, and the UTC instant at which it began.

    What was promised for a day before `day`, or for an instant before `began`, is late.
    """

    day: str
    began: str


class Todays(NamedTuple):
    """The same on all of the Clocks."""

    known: Mapping[str, Today]
    others: Today


def days_later(first: str, second: str, zone: str) -> int:
    """How many days after one stored moment another is, on the clock of `zone`: 0 on the same day or before.

    So is a delivery later than promised, an answer later than the claim. Never below 0: of a bare day the
    hour isn't known, and people enter wrong ones.
    """
    clock = zone_named(zone)
    days = date.fromisoformat(local_day(second, clock)) - date.fromisoformat(local_day(first, clock))
    return max(0, days.days)


def kept_promise(promised: str, delivered: str | None, zone: str, now: datetime) -> bool | None:
    """Whether it came by the promised day: False where it is late, come or not; None while there is time."""
    if delivered is not None:
        return not days_later(promised, delivered, zone)
    return False if days_later(promised, instant(now), zone) else None


def today_on(zone: str, now: datetime) -> Today:
    """Today on the clock of `zone`, an IANA name."""
    midnight = now.astimezone(zone_named(zone)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return Today(midnight.date().isoformat(), instant(midnight))


def todays(clocks: Clocks, now: datetime) -> Todays:
    """Today on all these clocks."""
    found = {zone: today_on(zone, now) for zone in {clocks.others, *clocks.known.values()}}
    return Todays({name: found[zone] for name, zone in clocks.known.items()}, found[clocks.others])
