"""What a line of a batch may ask for, as data: the operations, their fields, their mistakes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from dispcli.core.checks import BLOCKING
from dispcli.core.facts import MAX_TEXT, NOTHING, PAYOUT_STAGE, REMEDIES, SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.moments import parse_moment, parse_span
from dispcli.core.money import parse_amount
from dispcli.core.opening import REOPENING
from dispcli.core.reasons import CLAIM_REASONS, read_reason
from dispcli.namedtuples import NamedTuple

MAX_NAME = 128
"""The longest name of anything: an order, an operation, a date."""


class Wants(Enum):
    """What a field holds. Everything but a count, a flag and codes is text, amounts and dates too."""

    TEXT = "text"
    NAME = "name"
    REASON = "reason"
    WORD = "word"
    AMOUNT = "amount"
    MOMENT = "moment"
    PAST = "past"
    DISPUTE = "dispute"
    COUNT = "count"
    FLAG = "flag"
    CODES = "codes"


class Field(NamedTuple):
    """A field of an operation: what it holds, what it is for, which words there are.

    A moment may have words that take its place.
    """

    wants: Wants
    about: str
    words: tuple[str, ...] = ()
    required: bool = False


COMMON: Mapping[str, Field] = MappingProxyType(
    {
        "order": Field(
            Wants.NAME, "exact: order number, MARKET:NUMBER, dispute id (D12) or platform id", required=True
        ),
        "line": Field(Wants.COUNT, "only line N of the order, counted from 1"),
        "whole_order": Field(Wants.FLAG, "only what concerns the whole order"),
        "operation_id": Field(Wants.NAME, "makes a repeat safe: done once only"),
    }
)
_TELLING = {
    "note": Field(Wants.TEXT, "a text for the history"),
    "at": Field(Wants.PAST, "when it happened: 2026-11-20, yesterday, -3d"),
}
_DUE = {"due": Field(Wants.MOMENT, "by when the next party must act, as the site shows it")}
_CLAIM = {
    "reason": Field(Wants.WORD, "what is claimed", tuple(CLAIM_REASONS)),
    "remedy": Field(Wants.WORD, "what is asked for", REMEDIES),
    "amount": Field(Wants.AMOUNT, "how much: 10.00 or USD 10.00"),
}
_RISKS = {"accept_risks": Field(Wants.CODES, "blocking checks to pass by name", BLOCKING)}
_CANCEL = {
    "reason": Field(Wants.REASON, "a code of 'dispute reasons', or your own words", required=True),
    "note": _TELLING["note"],
    **_RISKS,
}

OPERATIONS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        "open": {
            **_CLAIM,
            **_TELLING,
            "platform_id": Field(Wants.NAME, "the platform's own id of the dispute"),
            "replaces": Field(Wants.DISPUTE, "takes the place of a final record made in error"),
            "accept_risks": Field(Wants.CODES, "open again after a cancel", (REOPENING,)),
        },
        "revise": {**_CLAIM, **_TELLING},
        "answer": {
            "offer": Field(Wants.AMOUNT, "what the seller offers"),
            "remedy": Field(Wants.WORD, "how; a partial refund unless told", REMEDIES),
            "refuse": Field(Wants.FLAG, "the seller refuses"),
            **_TELLING,
            **_DUE,
        },
        "concede": {**_TELLING, **_DUE},
        "accept": {**_TELLING, **_DUE},
        "escalate": {
            "by": Field(Wants.WORD, "who asked; the buyer unless told", ("buyer", "platform")),
            **_TELLING,
            **_DUE,
        },
        "decide": {
            "ruling": Field(Wants.WORD, "what the marketplace ruled", ("agreed", "rejected"), required=True),
            **_TELLING,
        },
        "ship-return": {**_TELLING, **_DUE},
        "settlement": {
            "stage": Field(Wants.WORD, "how far it is", SETTLEMENT_STAGES, required=True),
            "amount": Field(Wants.AMOUNT, "how much; what is due unless told"),
            "kind": Field(Wants.WORD, "what is owed unless told", SETTLEMENT_KINDS),
            "by": Field(Wants.WORD, "whose doing; the seller's unless told", ("seller", "platform")),
            "to": Field(
                Wants.WORD, "who got it, if not you: a reseller's own customer; issued alone", ("customer",)
            ),
            "reference": Field(Wants.NAME, "a payment's reference or a tracking number"),
            **_TELLING,
        },
        "lapse": _TELLING,
        "message": {
            "text": Field(Wants.TEXT, "what was said", required=True),
            "from": Field(Wants.WORD, "who said it; the seller unless told", ("buyer", "seller", "platform")),
            **_TELLING,
        },
        "set": {
            "due": Field(
                Wants.MOMENT,
                "by when a party must act, as the site shows it; none takes back what was entered",
                (NOTHING,),
                required=True,
            ),
            "by": Field(
                Wants.WORD, "who must; whoever's move is next unless told", ("buyer", "seller", "platform")
            ),
            **_TELLING,
        },
        "request-cancel": _CANCEL,
        "cancel": _CANCEL,
        "confirm": _RISKS,
        "keep": _TELLING,
        "done": _TELLING,
        "uphold": _TELLING,
    }
)
"""Every operation by its name, with its fields apart from `op` and COMMON."""

FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {name: MappingProxyType({**COMMON, **own}) for name, own in OPERATIONS.items()}
)
"""Every operation with all its fields apart from `op`."""

KNOWN_FIELDS = tuple(dict.fromkeys(("op", *(name for fields in FIELDS.values() for name in fields))))
"""Every field there is: the columns a table may have."""


class Asked(NamedTuple):
    """A line that says what it should: its operation, and its fields, dates as the ledger stores them."""

    op: str
    values: Mapping[str, Any]


def read_operation(values: Mapping[str, Any], now: datetime) -> Asked | tuple[str, ...]:
    """The operation a line asks for, or everything that is wrong with it. What is null counts as absent."""
    op = values.get("op")
    if not isinstance(op, str) or op not in FIELDS:
        return (_unknown_operation(op),)
    fields, readers = FIELDS[op], _READERS[op]
    read: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, value in values.items():
        if name == "op":
            continue
        field = fields.get(name)
        if field is None:
            mistakes.append(f"{_cut(name)}: {op} has no such field (known: {', '.join(fields)})")
            continue
        if value is None:
            continue
        try:
            read[name] = readers[name](value, field, now)
        except ValueError as problem:
            mistakes.append(f"{name}: {problem}")
    if "operation_id" in read:
        mistakes += [
            f"{name}: {_shown(values[name])} means another day tomorrow; with an operation_id write the date"
            for name in ("at", "due")
            if name in read
            and not values[name].strip()[:4].isdigit()
            and read[name] not in fields[name].words
        ]
    mistakes += [f"{name}: missing" for name in _REQUIRED[op] if values.get(name) is None]
    return tuple(mistakes) or _together(Asked(op, read))


_REQUIRED = {
    name: tuple(field for field, wanted in fields.items() if wanted.required)
    for name, fields in FIELDS.items()
}


def _unknown_operation(op: object) -> str:
    from difflib import get_close_matches

    near = get_close_matches(op[:_SHOWN], OPERATIONS, 1) if isinstance(op, str) else []
    if near:
        return f"op: no such operation: {_shown(op)}. Did you mean {near[0]!r}?"
    told = "missing" if op is None else f"no such operation: {_shown(op)}"
    return f"op: {told} (one of: {', '.join(OPERATIONS)})"


def _together(asked: Asked) -> Asked | tuple[str, ...]:
    """What single fields can't tell: whether they go together."""
    values = asked.values
    mistakes = []
    if "line" in values and values.get("whole_order"):
        mistakes.append("line: it excludes whole_order")
    if asked.op == "open" and not ("reason" in values or "replaces" in values):
        mistakes.append("reason: missing")
    if asked.op == "revise" and not values.keys() & _CLAIM.keys():
        mistakes.append("reason: nothing to change; give reason, remedy or amount")
    if asked.op == "answer" and bool(values.get("refuse")) == bool(values.keys() & {"offer", "remedy"}):
        mistakes.append("offer: say what the seller did; give offer, remedy, or refuse")
    if "to" in values:
        mistakes += _payout_mistakes(values)
    return tuple(mistakes) or asked


def _payout_mistakes(values: Mapping[str, Any]) -> list[str]:
    mistakes = []
    if values["stage"] != PAYOUT_STAGE:
        mistakes.append(f"stage: to a customer only {PAYOUT_STAGE}: what is only promised is not gone yet")
    if "by" in values:
        mistakes.append("by: what a customer got was your doing")
    if "amount" not in values and values.get("kind") != "replacement":
        mistakes.append("amount: missing; nothing else tells what the customer got")
    return mistakes


def _shown(value: object) -> str:
    """What was written, not longer than one reads."""
    return _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 60

Reader = Callable[[Any, Field, datetime], Any]


def _text(value: Any, _field: Field, _now: datetime) -> str:
    if type(value) is not str:
        raise ValueError("not text; write it in quotes")
    text = value.strip()
    if not text:
        raise ValueError("the text is empty")
    if len(value) > MAX_TEXT:
        raise ValueError(f"longer than {MAX_TEXT // 1024} KiB")
    if not text.isprintable() and ("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)):
        raise ValueError("not clean text")
    return text


def _name(value: Any, field: Field, now: datetime) -> str:
    text = _text(value, field, now)
    if len(value) > MAX_NAME or not text.isprintable():
        raise ValueError(f"no name: {_shown(text)}")
    return text


def _reason(value: Any, field: Field, now: datetime) -> str:
    text = _text(value, field, now)
    read_reason(text)
    return text


def _word(value: Any, field: Field, _now: datetime) -> str:
    if value not in field.words:
        raise ValueError(f"no such value: {_shown(value)} (one of: {', '.join(field.words)})")
    return str(value)


def _amount(value: Any, field: Field, now: datetime) -> str:
    """The amount as text: only its order knows the currency. CLF has the most decimals of all."""
    text = _name(value, field, now)
    parse_amount(text, "CLF")
    return text


def _moment(value: Any, field: Field, now: datetime) -> str:
    text = _name(value, field, now)
    return text if text in field.words else parse_moment(text, now)


def _past(value: Any, field: Field, now: datetime) -> str:
    moment = _moment(value, field, now)
    if parse_span(value, now).start > parse_span("now", now).start:
        raise ValueError(f"{value!r} has not happened yet")
    return moment


def _dispute(value: Any, field: Field, now: datetime) -> int:
    text = _text(value, field, now)
    if not (text[0] in "Dd" and text[1:].isascii() and text[1:].isdigit() and len(text) <= 16):
        raise ValueError(f"{_shown(text)} is not a dispute id (as in D12)")
    return int(text[1:])


def _count(value: Any, _field: Field, _now: datetime) -> int:
    digits = type(value) is str and value.isascii() and value.isdigit() and len(value) <= 9
    if not digits and type(value) is not int:
        raise ValueError("not a whole number")
    if int(value) < 1:
        raise ValueError("counted from 1")
    return int(value)


def _flag(value: Any, _field: Field, _now: datetime) -> bool:
    known = {True: True, False: False, "true": True, "false": False}
    if type(value) not in (bool, str) or value not in known:
        raise ValueError("neither true nor false")
    return known[value]


def _codes(value: Any, field: Field, _now: datetime) -> tuple[str, ...]:
    codes = value.replace(",", " ").split() if type(value) is str else value
    if type(codes) is not list:
        raise ValueError("not a list of codes")
    for code in codes:
        if code not in field.words:
            raise ValueError(f"no such code: {_shown(code)} (one of: {', '.join(field.words)})")
    return tuple(dict.fromkeys(codes))


_READ: Mapping[Wants, Reader] = MappingProxyType(
    {
        Wants.TEXT: _text,
        Wants.NAME: _name,
        Wants.REASON: _reason,
        Wants.WORD: _word,
        Wants.AMOUNT: _amount,
        Wants.MOMENT: _moment,
        Wants.PAST: _past,
        Wants.DISPUTE: _dispute,
        Wants.COUNT: _count,
        Wants.FLAG: _flag,
        Wants.CODES: _codes,
    }
)

_READERS = {op: {name: _READ[field.wants] for name, field in fields.items()} for op, fields in FIELDS.items()}
