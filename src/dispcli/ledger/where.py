"""The terms of a filter as a list's own filters and what they bind. Loaded only where there are terms."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.filters import Term
from dispcli.core.lateness import Todays
from dispcli.core.moments import Span
from dispcli.core.money import MAX_MINOR, Money
from dispcli.ledger.binds import EARLIEST, LATEST, anywhere, array, day_after, literal, within
from dispcli.ledger.folding import by_letters, folded
from dispcli.ledger.listing import Use

Uses = tuple[list[Use], dict[str, Any]]
_Binds = Callable[[str, Any], dict[str, Any]]
"""What the filter of a field binds for an operator and a value."""

_TEXTS = frozenset({"seller", "title", "message"})
"""The filters that look for a text."""

_STANDING = frozenset({"state", "is", "outcome", "dispute"})


def order_uses(terms: tuple[Term, ...]) -> Uses:
    """The terms as uses of the filters of ORDERS, and all they bind."""
    return _uses(terms, _ORDERS)


def dispute_uses(terms: tuple[Term, ...]) -> Uses:
    """The terms as uses of the filters of DISPUTES, and all they bind."""
    return _uses(terms, _DISPUTES)


def say_how_they_stand(terms: tuple[Term, ...]) -> bool:
    """Whether terms about disputes say themselves how these stand, so that nothing else should."""
    return any(term.field in _STANDING for term in terms)


def _uses(terms: tuple[Term, ...], fields: Mapping[str, tuple[str, _Binds]]) -> Uses:
    uses: list[Use] = []
    binds: dict[str, Any] = {}
    for number, term in enumerate(terms, 1):
        value: Any = term.value
        if term.field == "is":
            use = Use(value, number, term.negated)
            uses.append(use)
            if term.as_of is not None:
                binds.update(use.binds(_today(term.as_of)))
            continue
        name, bind = fields[term.field]
        use = Use((by_letters(name, value) if name in _TEXTS else name,), number, term.negated)
        uses.append(use)
        binds.update(use.binds(bind(term.operator, value)))
    return uses, binds


def _today(todays: Todays) -> dict[str, str]:
    """The day it is, and when it began, on the clock of each marketplace and on that of all others."""
    import json

    return {
        "today_day": json.dumps({name: today.day for name, today in todays.known.items()}),
        "today_began": json.dumps({name: today.began for name, today in todays.known.items()}),
        "others_day": todays.others.day,
        "others_began": todays.others.began,
    }


def _one_of(name: str) -> _Binds:
    return lambda _operator, words: {name: array(words)}


def _ids(_operator: str, numbers: tuple[int, ...]) -> dict[str, Any]:
    return {"disputes": str(list(numbers))}


def _number(_operator: str, number: str) -> dict[str, Any]:
    return {"number": number}


def _text(name: str) -> _Binds:
    return lambda operator, text: {name: _pattern(operator, text)}


def _seller(operator: str, text: str) -> dict[str, Any]:
    """A part of the name; or the whole name, or the store id."""
    return {"seller": _pattern(operator, text), "store": None if operator == "~" else text}


def _pattern(operator: str, text: str) -> str:
    return anywhere(folded(text)) if operator == "~" else literal(folded(text))


def _tracking(operator: str, text: str) -> dict[str, Any]:
    """A part of it; or the whole number of one of its parcels."""
    return {"tracking": anywhere(text if operator == "~" else f", {text}, ")}


def _time(operator: str, span: Span) -> dict[str, Any]:
    begins, is_over = (span.first_day, span.start), (day_after(span.last_day), span.end)
    since = {"<": EARLIEST, "<=": EARLIEST, ">": is_over}.get(operator, begins)
    until = {">": LATEST, ">=": LATEST, "<": begins}.get(operator, is_over)
    return within(since, until)


def _amount(operator: str, money: Money) -> dict[str, Any]:
    least = {"<": -MAX_MINOR, "<=": -MAX_MINOR, ">": money.minor + 1}.get(operator, money.minor)
    most = {">": MAX_MINOR, ">=": MAX_MINOR, "<": money.minor - 1}.get(operator, money.minor)
    return {"currency": money.currency, "least": least, "most": most}


_SHARED: Mapping[str, tuple[str, _Binds]] = {
    "seller": ("seller", _seller),
    "title": ("title", _text("title")),
    "order": ("number", _number),
    "marketplace": ("marketplace", _one_of("marketplaces")),
    "currency": ("currency", _one_of("currencies")),
}
_ORDERS: Mapping[str, tuple[str, _Binds]] = MappingProxyType(
    {
        **_SHARED,
        "status": ("status", _one_of("statuses")),
        "placed": ("placed", _time),
        "shipped": ("shipped", _time),
        "promised": ("promised", _time),
        "delivered": ("delivered", _time),
        "protection_ends": ("protection_ends", _time),
        "total": ("total", _amount),
        "tracking": ("tracking", _tracking),
    }
)
_DISPUTES: Mapping[str, tuple[str, _Binds]] = MappingProxyType(
    {
        **_SHARED,
        "state": ("state", _one_of("states")),
        "outcome": ("outcome", _one_of("outcomes")),
        "reason": ("reason", _one_of("reasons")),
        "remedy": ("remedy", _one_of("remedies")),
        "settlement": ("settlement", _one_of("stages")),
        "dispute": ("dispute", _ids),
        "opened": ("opened", _time),
        "updated": ("updated", _time),
        "amount": ("amount", _amount),
        "message": ("message", _text("message")),
    }
)
"""The list's filter for each field, and what it binds. `is` has a filter for each of its words."""
