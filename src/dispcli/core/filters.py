"""The language of filters: `state:opened seller:"Shop 12" -opened:<-10d amount:>20USD`.

Terms stand with spaces between them, and all of them must hold. A term is `field:value`, with an operator
right after the colon where it isn't "equal" or "within": `<`, `<=`, `>`, `>=` or `~` for a part of a text.
`-` before a term negates it. A value with spaces is in double quotes, where `\\"` is a quote and `\\\\` a
backslash; everywhere else both are characters like any other.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from dispcli.core.filter_fields import Fields
from dispcli.core.filter_texts import shortened
from dispcli.core.filter_values import Around, FilterMistakes, Mistake, Value, Written, read_value
from dispcli.core.lateness import Clocks, Todays, todays
from dispcli.namedtuples import NamedTuple

MAX_LENGTH = 10_000
MAX_TERMS = 100
"""What SQLite takes without complaint: patterns have a greatest length, conditions a greatest depth."""

_OPENED = r'"[^"\\]*(?:\\.[^"\\]*)*'
_CLOSED = rf'{_OPENED}"'
_QUOTED = rf'{_OPENED}(?:"|\\?\Z)'
_TERM = rf"""(?P<minus>-?)
    (?: (?P<quoted>{_QUOTED})
      | (?P<field>[^\s:]*) : (?P<operator>[<>]=?|~|) (?P<value>{_QUOTED}|\S*)
      | (?P<bare>\S+) )
    (?P<rest>\S*)"""


class Term(NamedTuple):
    """One term. `operator` "" is equal, or within a stretch of time; `value` is by the kind of the field.

    A term about something absent doesn't hold, so that a negated one does. `as_of` is the day it is meant at,
    where its words depend on that.
    """

    field: str
    operator: str
    value: Value
    negated: bool = False
    as_of: Todays | None = None


def parse_filter(
    text: str,
    fields: Fields,
    now: datetime,
    zone: tzinfo | None = None,
    clocks: Callable[[], Clocks] = Clocks,
) -> tuple[Term, ...]:
    """The terms of a filter about things with these fields; dates are days of `zone`, as in `parse_span`.

    `clocks` answers those of the marketplaces, and is asked only where nothing is wrong and a word depends on
    the day. Raises FilterMistakes with every mistake there is.
    """
    if not text.strip():
        raise FilterMistakes([Mistake(1, "the filter is empty")])
    if len(text) > MAX_LENGTH:
        raise FilterMistakes([Mistake(MAX_LENGTH + 1, f"the filter is longer than {MAX_LENGTH} characters")])
    terms: list[Term] = []
    mistakes = list(_unclean(text))
    for count, match in enumerate(re.finditer(_TERM, text, re.VERBOSE | re.DOTALL), 1):
        if count > MAX_TERMS:
            mistakes.append(Mistake(match.start() + 1, f"more than {MAX_TERMS} terms"))
            break
        try:
            terms.append(_term(match, Around(fields, now, zone)))
        except FilterMistakes as found:
            mistakes += found.mistakes
    if mistakes:
        raise FilterMistakes(mistakes)
    if any(_is_dated(term, fields) for term in terms):
        as_of = todays(clocks(), now)
        return tuple(term._replace(as_of=as_of) if _is_dated(term, fields) else term for term in terms)
    return tuple(terms)


def _unclean(text: str) -> Iterator[Mistake]:
    for column, char in enumerate(text, 1):
        if char == "\x00" or "\ud800" <= char <= "\udfff":
            yield Mistake(column, f"{char!r} is not a character of a text")


def _term(match: re.Match[str], around: Around) -> Term:
    mistakes = [*_mistaken_shape(match, around.fields), *_mistaken_field(match, around.fields)]
    field = around.fields.get(match["field"] or "")
    if field is None or not _is_closed(_raw(match)):
        raise FilterMistakes(mistakes)
    try:
        value = read_value(field, _written(match), around)
    except FilterMistakes as found:
        mistakes += found.mistakes
    if mistakes:
        raise FilterMistakes(mistakes)
    return Term(field.name, match["operator"], value, bool(match["minus"]))


def _is_dated(term: Term, fields: Fields) -> bool:
    """Whether what it means depends on the day."""
    return bool(set(fields[term.field].dated).intersection(term.value))


def _mistaken_shape(match: re.Match[str], fields: Fields) -> Iterator[Mistake]:
    written = _written(match)
    if not _is_closed(_raw(match)):
        yield Mistake(written.column, "the quote is never closed")
    elif match["field"] is None:
        from dispcli.core.filter_hints import meant

        before = match.string[: match.start()]
        hint = meant(written.text, match["minus"], before, fields)
        yield Mistake(written.column, f"{shortened(written.text)!r} is not a term{hint}")
    elif match["rest"]:
        yield Mistake(match.start("rest") + 1, "a space is missing after the closing quote")


def _mistaken_field(match: re.Match[str], fields: Fields) -> Iterator[Mistake]:
    name, operator = match["field"], match["operator"]
    column, known = match.start("field") + 1, ", ".join(fields)
    if name is None:
        return
    if not name:
        yield Mistake(column, f"a field's name is missing before the colon; known fields: {known}")
    elif name not in fields:
        from dispcli.core.filter_hints import near_field

        near = near_field(name, fields)
        yield Mistake(column, f"no such field: {shortened(name)!r}{near}; known fields: {known}")
    elif operator not in fields[name].operators:
        known = ", ".join(f"':{known}'" for known in fields[name].operators)
        yield Mistake(match.start("operator") + 1, f"{name} has no ':{operator}'; known: {known}")


def _raw(match: re.Match[str]) -> str:
    """The value, or the word that stands alone, as it was written."""
    return next(text for text in match.group("quoted", "value", "bare") if text is not None)


def _is_closed(raw: str) -> bool:
    return not raw.startswith('"') or bool(re.fullmatch(_CLOSED, raw, re.DOTALL))


def _written(match: re.Match[str]) -> Written:
    raw = _raw(match)
    column = match.start("rest") - len(raw) + 1
    if not raw.startswith('"'):
        return Written(raw, column)
    inner = raw[1:-1] if _is_closed(raw) else raw[1:]
    return Written(re.sub(r'\\(["\\])', r"\1", inner), column, quoted=True)
