"""The values of a filter's terms, read from what was written; every mistake with its column."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Any

from dispcli.core.filter_fields import Fields, FilterField, Kind
from dispcli.core.filter_texts import MAX_TEXT, shortened
from dispcli.core.moments import Span, instant, parse_instant, parse_span
from dispcli.core.money import Money, parse_amount
from dispcli.namedtuples import NamedTuple

Value = tuple[str, ...] | tuple[int, ...] | str | Span | Money
"""Any of these words or ids, a text, a stretch of time, an amount."""


class Mistake(NamedTuple):
    """What is wrong, and at which column of the filter, counted from 1."""

    column: int
    problem: str

    def __str__(self) -> str:
        return f"column {self.column}: {self.problem}"


class FilterMistakes(ValueError):
    """Everything that is wrong with a filter, in the order of the columns."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("; ".join(map(str, self.mistakes)))


class Written(NamedTuple):
    """A value as it was written; `column` is its first character's, or that of the quote before it."""

    text: str
    column: int
    quoted: bool = False

    def items(self) -> Iterator["Written"]:
        """What stands between its commas, each with its own column as far as quotes leave one."""
        column = self.column
        for text in self.text.split(","):
            yield Written(text, self.column if self.quoted else column)
            column += len(text) + 1


class Around(NamedTuple):
    """What a value is seen from: the fields there are, now, the zone whose days are meant (None: ours)."""

    fields: Fields
    now: datetime
    zone: tzinfo | None = None


def read_value(field: FilterField, written: Written, around: Around) -> Value:
    """The value, by the kind of its field. Raises FilterMistakes."""
    if not written.text:
        raise FilterMistakes([Mistake(written.column, f"{field.name} has no value, as in {field.example}")])
    several = field.kind in _LISTED
    values, mistakes = [], []
    for item in written.items() if several else (written,):
        try:
            values.append(_value(field, item.text, around))
        except (ValueError, OverflowError) as problem:
            mistakes.append(Mistake(item.column, str(problem)))
    if mistakes:
        raise FilterMistakes(mistakes)
    return tuple(dict.fromkeys(values)) if several else values[0]


def _value(field: FilterField, text: str, around: Around) -> Any:
    if not text:
        raise ValueError("nothing stands beside the comma")
    return _READERS[field.kind](field, text, around)


def _word(field: FilterField, text: str, around: Around) -> str:
    if text in field.words:
        return text
    from dispcli.core.filter_hints import near_word

    near = near_word(text, field, around.fields)
    known = ", ".join(field.words)
    raise ValueError(f"{field.name} knows no {shortened(text)!r}{near}; known words: {known}")


def _name(_field: FilterField, text: str, _around: Around) -> str:
    return text.lower()


def _currency(_field: FilterField, text: str, _around: Around) -> str:
    if not re.fullmatch("[A-Za-z]{3}", text):
        raise ValueError(f"not a currency code: {shortened(text)!r} (three letters, as in USD)")
    return text.upper()


def _dispute(_field: FilterField, text: str, _around: Around) -> int:
    if not re.fullmatch("[Dd][0-9]{1,15}", text):
        raise ValueError(f"not a dispute id: {shortened(text)!r} (as in D12)")
    return int(text[1:])


def _text(_field: FilterField, text: str, _around: Around) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"a text longer than {MAX_TEXT} characters")
    return text


def _span(_field: FilterField, text: str, around: Around) -> Span:
    """An instant is the second that it begins, so that it has an end as well."""
    span = parse_span(shortened(text), around.now, around.zone)
    if span.start < span.end:
        return span
    return span._replace(end=instant(parse_instant(span.start) + timedelta(seconds=1)))


def _amount(field: FilterField, text: str, _around: Around) -> Money:
    return parse_amount(shortened(text), None, field.example)


_LISTED = (Kind.WORDS, Kind.NAMES, Kind.CURRENCIES, Kind.DISPUTES)
_READERS: Mapping[Kind, Callable[[FilterField, str, Around], Any]] = MappingProxyType(
    {
        Kind.WORDS: _word,
        Kind.NAMES: _name,
        Kind.CURRENCIES: _currency,
        Kind.DISPUTES: _dispute,
        Kind.TEXT: _text,
        Kind.TIME: _span,
        Kind.AMOUNT: _amount,
    }
)
"""How one value of each kind is read. Raises ValueError that says what is wrong with it."""
