"""The lists of a draft, by name, with the fields of their rows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dispcli.core.draft_fields import REFUSAL
from dispcli.core.drafts import Disputed, Known, Listed, Purchase, lines_of, one_line, worded
from dispcli.core.events import Event
from dispcli.core.facts import (
    REMEDIES,
    SETTLEMENT_KINDS,
    SETTLEMENT_STAGES,
    Claim,
    Evidence,
    Message,
    Offer,
    Payout,
    Settlement,
)
from dispcli.core.facts import told as told_fact
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.states import Action, Party
from dispcli.namedtuples import NamedTuple

_SPEAKERS = (Party.BUYER, Party.SELLER, Party.PLATFORM)


def _day(pair: tuple[Event, Any], purchase: Purchase) -> str:
    return purchase.day_of(pair[0])


_DAY = Known("the day", _day)
_TIME_OF_DAY = "the time of day, if more than the day is known"

_LINES = {
    "title": Known("what it is", lambda line, _: one_line(line.title)),
    "quantity": Known("how many pieces", lambda line, _: line.quantity, ("1",)),
    "price": Known("the price of one piece", lambda line, _: line.unit_price),
    "variant": Known("which variant", lambda line, _: one_line(line.attributes)),
}
_ANSWERS = {
    "day": _DAY,
    "offer": Known("what is offered", lambda p, _: worded(p[1].remedy or REFUSAL), (*REMEDIES, REFUSAL)),
    "amount": Known("how much", lambda p, _: p[1].amount),
    "note": Known("the words with it", lambda p, _: lines_of(p[0].note)),
}
_MESSAGES = {
    "day": _DAY,
    "time": Known(_TIME_OF_DAY, lambda p, purchase: purchase.time_of(p[0])),
    "party": Known("who said it", lambda p, _: worded(p[1].speaker), _SPEAKERS),
    "text": Known("what was said", lambda p, _: lines_of(p[1].text)),
}
_SETTLEMENTS = {
    "day": _DAY,
    "kind": Known("refund or replacement", lambda p, _: worded(p[1].kind), SETTLEMENT_KINDS),
    "stage": Known("how far it is", lambda p, _: worded(p[1].stage), SETTLEMENT_STAGES),
    "amount": Known("how much", lambda p, _: p[1].amount),
    "reference": Known("a payment's reference", lambda p, _: one_line(p[1].reference)),
}
_EVIDENCE = {
    "day": _DAY,
    "name": Known("the file's name", lambda file, _: one_line(file.kept.name)),
    "type": Known("the kind of file", lambda file, _: one_line(file.kept.media_type)),
    "size": Known("how many bytes", lambda file, _: file.kept.size),
    "sha256": Known("the SHA-256 of its content", lambda file, _: file.kept.sha256),
    "file": Known("its name in the ZIP that the text goes with", lambda file, _: file.packed),
    "lost": Known("where it should be in that ZIP and is not", lambda file, _: file.lost),
}


class _File(NamedTuple):
    """A file, with its name in the ZIP that the text goes with, or what keeps it from being there."""

    event: Event
    kept: Evidence
    packed: str | None = None
    lost: str | None = None


def _evidence(disputed: Disputed) -> Sequence[_File]:
    packed = disputed.packed
    if packed is None:
        return [_File(event, kept) for event, kept in disputed.case.evidence]
    return [
        _File(event, kept, packed.get(event.seq), None if event.seq in packed else "missing or altered")
        for event, kept in disputed.case.evidence
    ]


def _step(event: Event, _: Purchase) -> str:
    fact = event.fact
    if isinstance(fact, Settlement):
        return f"{fact.kind} {fact.stage}"
    if isinstance(fact, Payout):
        return f"{fact.kind} to my customer"
    if isinstance(fact, Message):
        return "message"
    return "seen on the site" if event.action is Action.OBSERVE else event.action.replace("_", " ")


def _details(event: Event, _: Purchase) -> str | None:
    match event.fact:
        case Claim(reason):
            return told_fact(event.fact._replace(reason=CLAIM_REASONS.get(reason, reason)))
        case Offer():
            return told_fact(event.fact)
        case Settlement(_, _, amount, reference) | Payout(_, amount, reference):
            return one_line(" ".join(part for part in (str(amount or ""), reference) if part))
    return None


_TIMELINE = {
    "day": Known("the day", lambda event, purchase: purchase.day_of(event)),
    "time": Known(_TIME_OF_DAY, lambda event, purchase: purchase.time_of(event)),
    "party": Known("whose doing it was", lambda event, _: worded(event.party), tuple(Party)),
    "step": Known("what was done", _step),
    "details": Known("more about it", _details),
    "reason": Known(
        "the reason that was given", lambda event, _: event.reason and event.reason.replace("-", " ")
    ),
    "accepted": Known(
        "the risks that were accepted with it, by their codes", lambda event, _: ", ".join(event.accepted)
    ),
    "note": Known("the note to it", lambda event, _: lines_of(event.note)),
    "state": Known(
        "where it led to, if it moved",
        lambda event, _: worded(event.to_state) if event.to_state is not event.from_state else None,
    ),
}
_DEADLINES = {
    "day": Known("by when", lambda due, purchase: purchase.day(due.at)),
    "party": Known("who must act", lambda due, _: worded(due.party), _SPEAKERS),
    "basis": Known("how it is known", lambda due, _: worded(due.basis)),
}
_CHANNELS = {
    "dispute": Known("its id here", lambda channel, _: f"D{channel.dispute_id}"),
    "marketplace": Known("where", lambda channel, _: channel.marketplace),
    "number": Known("under which number", lambda channel, _: channel.number),
}


def _told_to_others(event: Event) -> bool:
    """Whether it belongs to the dispute, and not to our own book-keeping alone."""
    moved = event.to_state is not event.from_state
    return moved or bool(event.note) or isinstance(event.fact, Claim | Offer | Settlement | Payout | Message)


ORDER_LISTS: Mapping[str, Listed] = MappingProxyType(
    {"lines": Listed("what was ordered", _LINES, lambda purchase: purchase.order.lines)}
)

DISPUTE_LISTS: Mapping[str, Listed] = MappingProxyType(
    {
        "timeline": Listed(
            "what happened, oldest first; messages without their text",
            _TIMELINE,
            lambda disputed: tuple(filter(_told_to_others, disputed.case.history)),
        ),
        "answers": Listed("the seller's answers", _ANSWERS, lambda disputed: disputed.case.history.offers),
        "messages": Listed("what was said", _MESSAGES, lambda disputed: disputed.case.messages),
        "settlements": Listed(
            "refunds and replacements, promised, issued and received",
            _SETTLEMENTS,
            lambda disputed: disputed.case.history.settlements,
        ),
        "evidence": Listed("the files kept as evidence", _EVIDENCE, _evidence),
        "deadlines": Listed("by when who must act", _DEADLINES, lambda disputed: disputed.deadlines),
        "channels": Listed(
            "open disputes about the same purchase elsewhere",
            _CHANNELS,
            lambda disputed: disputed.case.channels,
        ),
    }
)
