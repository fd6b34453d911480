"""Texts to send: what there is to know about a case, as the fields and lists that a template can name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from dispcli.core.deadlines import Deadline
from dispcli.core.disputes import Case, Event
from dispcli.core.moments import local_day
from dispcli.core.policy import Policy
from dispcli.core.templates import Facts, Template, Value


class Subject(NamedTuple):
    """What a text is about: a case, its marketplace's rules, the order's page, the dates that are known.

    `cancel_reason` is the code it is cancelled for. Days are days of `zone` (None: of this machine).
    """

    case: Case
    policy: Policy
    page: str | None
    deadlines: tuple[Deadline, ...]
    cancel_reason: str | None
    now: datetime
    zone: tzinfo | None = None

    def day(self, moment: str) -> str:
        """The day of a stored moment."""
        return local_day(moment, self.zone)

    def day_of(self, event: Event) -> str:
        """The day something happened, as far as that was said."""
        return self.day(event.happened_at or event.at)

    @property
    def today(self) -> str:
        """The day it is."""
        return self.now.astimezone(self.zone).date().isoformat()


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
    rows: Callable[[Subject], Sequence[object]]


class Draft(NamedTuple):
    """A text that is ready to be sent, and the template it was made from."""

    kind: str
    origin: str
    case: Case
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
