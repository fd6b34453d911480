"""From what a line of a batch asks for to an operation."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from dispcli.core.cancelling import CancelAsk
from dispcli.core.facts import NOTHING, Due
from dispcli.core.operations import Asked
from dispcli.core.reasons import read_reason
from dispcli.core.states import Action, Party, State
from dispcli.namedtuples import NamedTuple
from dispcli.policies import Policies
from dispcli.services.cancelling import cancel_job, confirm_job
from dispcli.services.changes import Job
from dispcli.services.moves import (
    NewPayout,
    NewSettlement,
    Said,
    answer_job,
    decide_job,
    done_job,
    due_job,
    message_job,
    move_job,
    payout_job,
    revise_job,
    settlement_job,
    uphold_job,
)
from dispcli.services.opening import NewClaim, Opening
from dispcli.services.operations import Operation
from dispcli.services.targets import Target

Values = Mapping[str, Any]


class Terms(NamedTuple):
    """What operations are decided by: the marketplaces' rules, and the instant it is."""

    policies: Policies
    now: datetime


def operation_of(asked: Asked, terms: Terms) -> Operation:
    """The operation."""
    op, values = asked
    target = Target(values["order"], values.get("line"), values.get("whole_order", False))
    said = tuple(item for item in values.items() if item[0] not in _TARGET)
    return Operation(target, _ask(op, said, terms))


_TARGET = ("order", "line", "whole_order")


@lru_cache(64)
def _ask(op: str, said: tuple[tuple[str, Any], ...], terms: Terms) -> Job | Opening:
    """What is to be done. Many lines in a row say the same about different orders."""
    return _ASKS[op](dict(said), terms)


def _said(values: Values, next_party: Party | None = None) -> Said:
    due = values.get("due")
    return Said(
        note=values.get("note"),
        happened_at=values.get("at"),
        operation_id=values.get("operation_id"),
        due=Due(next_party, due) if due and next_party else None,
    )


def _open(values: Values, terms: Terms) -> Opening:
    claim = NewClaim(
        reason=values.get("reason"),
        remedy=values.get("remedy"),
        amount=values.get("amount"),
        note=values.get("note"),
        happened_at=values.get("at"),
        platform_id=values.get("platform_id"),
        accepted=values.get("accept_risks", ()),
        replaces=values.get("replaces"),
        operation_id=values.get("operation_id"),
    )
    return Opening(claim, *terms)


def _revise(values: Values, _terms: Terms) -> Job:
    return revise_job(values.get("reason"), values.get("remedy"), values.get("amount"), _said(values))


def _answer(values: Values, _terms: Terms) -> Job:
    remedy = None if values.get("refuse") else values.get("remedy", "partial_refund")
    return answer_job(remedy, values.get("offer"), _said(values, Party.BUYER))


def _decide(values: Values, _terms: Terms) -> Job:
    ruling = State.AGREED if values["ruling"] == "agreed" else State.RESOLVED
    return decide_job(ruling, _said(values))


def _settlement(values: Values, _terms: Terms) -> Job:
    if "to" in values:
        kind = values.get("kind", "refund")
        return payout_job(NewPayout(kind, values.get("amount"), values.get("reference")), _said(values))
    new = NewSettlement(
        kind=values.get("kind"),
        stage=values["stage"],
        amount=values.get("amount"),
        reference=values.get("reference"),
        party=Party(values.get("by", "seller")),
    )
    return settlement_job(new, _said(values))


def _message(values: Values, _terms: Terms) -> Job:
    return message_job(Party(values.get("from", "seller")), values["text"], _said(values))


def _cancel(values: Values, terms: Terms, *, confirm: bool = True) -> Job:
    code, text = read_reason(values["reason"])
    note = "\n".join(part for part in (text, values.get("note")) if part) or None
    ask = CancelAsk(code, note, values.get("accept_risks", ()), confirm)
    kind = "cancel" if confirm else "request-cancel"
    return cancel_job(ask, *terms, values.get("operation_id"), kind=kind)


def _request_cancel(values: Values, terms: Terms) -> Job:
    return _cancel(values, terms, confirm=False)


def _confirm(values: Values, terms: Terms) -> Job:
    return confirm_job(values.get("accept_risks", ()), *terms, values.get("operation_id"))


def _set(values: Values, _terms: Terms) -> Job:
    party = Party(values["by"]) if "by" in values else None
    due = values["due"]
    return due_job(None if due == NOTHING else due, party, _said(values))


def _done(values: Values, _terms: Terms) -> Job:
    return done_job(_said(values))


def _uphold(values: Values, _terms: Terms) -> Job:
    return uphold_job(_said(values))


def _move(action: Action, party: Party, next_party: Party | None = None) -> Callable[[Values, Terms], Job]:
    def ask(values: Values, _terms: Terms) -> Job:
        return move_job(action, Party(values.get("by", party)), _said(values, next_party))

    return ask


_ASKS: Mapping[str, Callable[[Values, Terms], Job | Opening]] = MappingProxyType(
    {
        "open": _open,
        "revise": _revise,
        "answer": _answer,
        "concede": _move(Action.CONCEDE, Party.SELLER, Party.SELLER),
        "accept": _move(Action.ACCEPT, Party.BUYER, Party.SELLER),
        "escalate": _move(Action.ESCALATE, Party.BUYER, Party.PLATFORM),
        "decide": _decide,
        "ship-return": _move(Action.SHIP_RETURN, Party.BUYER, Party.SELLER),
        "settlement": _settlement,
        "lapse": _move(Action.LAPSE, Party.TIME),
        "message": _message,
        "set": _set,
        "request-cancel": _request_cancel,
        "cancel": _cancel,
        "confirm": _confirm,
        "keep": _move(Action.KEEP, Party.BUYER),
        "done": _done,
        "uphold": _uphold,
    }
)
"""How each operation becomes what is done."""
