"""Texts to send: what they are about, and how the fields and lists that a template can name are told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from dispcli.core.deadlines import Deadline, day_told
from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.moments import instant, is_day, local_time
from dispcli.core.orders import Line, Order
from dispcli.core.policy import Policy
from dispcli.core.templates import Facts, Template, Value
from dispcli.core.zones import zone_named
from dispcli.namedtuples import NamedTuple


class Purchase(NamedTuple):
    """What was bought: an order, the line that is meant (None: the whole), its marketplace's rules, its page.

    `claim` is the code of what is wrong with it, None where there is no dispute. Days and times are those of
    the marketplace's clock, as its own pages show them.
    """

    order: Order
    line: Line | None
    policy: Policy
    page: str | None
    now: datetime
    claim: str | None = None

    def day(self, moment: str) -> str:
        """The day of a stored moment."""
        return day_told(moment, self.policy)

    def time_of(self, event: Event) -> str | None:
        """The time of day something happened; None where only the day was said."""
        return None if is_day(event.moment) else local_time(event.moment, zone_named(self.policy.zone))

    def day_of(self, event: Event) -> str:
        """The day something happened, as far as that was said."""
        return self.day(event.moment)

    @property
    def today(self) -> str:
        """The day it is."""
        return self.day(instant(self.now))


class Disputed(NamedTuple):
    """A dispute about a purchase, the dates that are known, and the code it is cancelled for.

    `packed` has the names of its files in the ZIP that the text goes with, by their number in the history;
    what is not among them is lost. None where the text goes alone.
    """

    purchase: Purchase
    case: Case
    deadlines: tuple[Deadline, ...]
    cancel_reason: str | None
    packed: Mapping[int, str] | None = None


class Known(NamedTuple):
    """A field: what it tells, the words it can be compared with, and where it is found.

    `get` answers a text, an amount or a Value; None, or an empty text, where it is not known.
    """

    about: str
    get: Callable[..., object]
    words: tuple[str, ...] = ()


class Listed(NamedTuple):
    """A list: what it tells, the fields of its rows, and where the rows are found."""

    about: str
    fields: Mapping[str, Known]
    rows: Callable[..., Sequence[object]]


class Draft(NamedTuple):
    """A text that is ready to be sent, and the template it was made from.

    `case` is None where it is about an order that has no dispute.
    """

    kind: str
    origin: str
    order: Order
    case: Case | None
    template: Template
    facts: Facts
    text: str


def one_line(text: str | None) -> str | None:
    """A text from outside without line ends or gaps."""
    return " ".join(text.split()) or None if text else None


def lines_of(text: str | None) -> str | None:
    """A text from outside with plain line ends."""
    return "\n".join(text.strip().splitlines()) or None if text else None


def worded(word: str | None) -> Value | None:
    """One of our own words, for a person and to compare."""
    return Value(word.replace("_", " "), str(word)) if word else None


def value_of(found: object) -> Value | None:
    """What a field's `get` has found, as a value."""
    if found is None or isinstance(found, Value):
        return found
    text = str(found)
    return Value(text, text) if text else None
