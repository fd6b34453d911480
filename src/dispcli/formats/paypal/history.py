"""What happened in a PayPal dispute: its messages, the seller's offers, the dates by which to respond."""

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from dispcli.core.facts import Due, Message, Offer
from dispcli.core.machine import Intent
from dispcli.core.states import Action, Party
from dispcli.formats.paypal.answers import amount_at, instant_at, object_at, objects_at, required_instant_at
from dispcli.formats.paypal.misread import Misread, read_at, required_at, text_at

_SPEAKERS: Mapping[str, Party] = MappingProxyType(
    {"BUYER": Party.BUYER, "SELLER": Party.SELLER, "ARBITER": Party.PLATFORM}
)
_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "REFUND": "refund",
        "REFUND_WITH_RETURN": "return_and_refund",
        "REFUND_WITH_REPLACEMENT": "replacement",
        "REPLACEMENT_WITHOUT_REFUND": "replacement",
    }
)
_RESPONSES: tuple[tuple[str, Party], ...] = (
    ("seller_response_due_date", Party.SELLER),
    ("buyer_response_due_date", Party.BUYER),
)


def history_of(dispute: Mapping[str, Any], seen_at: str) -> tuple[Intent, ...]:
    """What a dispute tells of its past, oldest first. Raises Misread.

    What bears no date of its own is told as known since `seen_at` (UTC instant).
    """
    happened = [*_messages(dispute), *_offers(dispute, seen_at), *_dues(dispute, seen_at)]
    return tuple(sorted(happened, key=lambda intent: intent.happened_at or seen_at))


def _messages(dispute: Mapping[str, Any]) -> Iterator[Intent]:
    for number, message in enumerate(objects_at(dispute, "messages")):
        yield from read_at(f"messages[{number}]", partial(_message, message))


def _message(told: Mapping[str, Any]) -> list[Intent]:
    """A message; none where only files were attached."""
    content = text_at(told, "content")
    if content is None:
        return []
    speaker = required_at(told, "posted_by")
    if speaker not in _SPEAKERS:
        raise Misread("posted_by", f"{speaker!r} is nobody known (known: {', '.join(_SPEAKERS)})")
    party = _SPEAKERS[speaker]
    at = required_instant_at(told, "time_posted")
    return [Intent(Action.NOTE, party, fact=Message(party, content), happened_at=at)]


def _offers(dispute: Mapping[str, Any], seen_at: str) -> list[Intent]:
    """The seller's offers: each with its time where the offer has a history, else the one that stands."""
    return read_at("offer", lambda: _answers(object_at(dispute, "offer"), seen_at))


def _answers(offer: Mapping[str, Any], seen_at: str) -> list[Intent]:
    past = objects_at(offer, "history")
    answers = [read_at(f"history[{n}]", partial(_answer, step)) for n, step in enumerate(past)]
    if found := [answer for each in answers for answer in each]:
        return found
    amount = amount_at(offer, "seller_offered_amount")
    if amount is None:
        return []
    return [Intent(Action.ANSWER, Party.SELLER, fact=Offer(_remedy(offer), amount), happened_at=seen_at)]


def _answer(step: Mapping[str, Any]) -> list[Intent]:
    """What the seller offered or refused; what else happened to an offer the platform's word tells."""
    if step.get("actor") != "SELLER" or step.get("event_type") not in ("PROPOSED", "DENIED"):
        return []
    refused = step["event_type"] == "DENIED"
    fact = Offer() if refused else Offer(_remedy(step), amount_at(step, "offer_amount"))
    note = text_at(step, "notes")
    at = required_instant_at(step, "offer_time")
    return [Intent(Action.ANSWER, Party.SELLER, note=note, fact=fact, happened_at=at)]


def _remedy(offer: Mapping[str, Any]) -> str:
    """What the seller offers; a refund where the kind is not told."""
    kind = text_at(offer, "offer_type")
    if kind is not None and kind not in _REMEDIES:
        raise Misread("offer_type", f"{kind!r} is no offer known (known: {', '.join(_REMEDIES)})")
    return _REMEDIES[kind] if kind else "refund"


def _dues(dispute: Mapping[str, Any], seen_at: str) -> Iterator[Intent]:
    for key, party in _RESPONSES:
        if at := instant_at(dispute, key):
            yield Intent(Action.NOTE, Party.PLATFORM, fact=Due(party, at), happened_at=seen_at)
