"""The fields of a draft, by name: each a line here, told by `dispcli help drafts`."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from dispcli.core.checks import missing_amounts
from dispcli.core.deadlines import end_of
from dispcli.core.disputes import Event
from dispcli.core.drafts import Known, Subject, one_line, worded
from dispcli.core.facts import REMEDIES, SETTLEMENT_KINDS, Claim, Message, Offer, Settlement
from dispcli.core.money import Money, totals
from dispcli.core.orders import OrderStatus
from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS, OTHER
from dispcli.core.settling import kind_of_remedy
from dispcli.core.states import FINAL, Action, Outcome, Party, State
from dispcli.core.templates import Value

REFUSAL = "refusal"
"""The word of an answer that offers nothing."""

_STANDS = (State.AGREED, State.RETURNING, State.SETTLING, State.RESOLVED)


def _day(moment: str | None, subject: Subject) -> str | None:
    return subject.day(moment) if moment else None


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _title(subject: Subject) -> str | None:
    return one_line(subject.case.title) if subject.case.order.lines else None


def _quantity(subject: Subject) -> str | None:
    line = subject.case.line
    return str(line.quantity) if line and line.quantity > 1 else None


def _protection(subject: Subject) -> Value | None:
    ends = subject.case.order.protection_ends
    return worded("ended" if end_of(ends) < subject.now else "running") if ends else None


def _days_late(subject: Subject) -> int | None:
    order = subject.case.order
    if not (order.promised and order.delivered):
        return None
    late = _days_between(subject.day(order.promised), subject.day(order.delivered))
    return late if late > 0 else None


# --- the claim and the answers ---


def _claim(subject: Subject) -> Value | None:
    """For `other` the words that were given with it; nothing where there were none."""
    reason, words = subject.case.dispute.claim.reason, None
    if reason == OTHER:
        claims = (event.note for event in reversed(subject.case.history) if isinstance(event.fact, Claim))
        words = one_line(subject.case.dispute.claim.reason_raw or next(claims, None))
    text = words if reason == OTHER else CLAIM_REASONS.get(reason, reason)
    return Value(text, reason) if text else None


def _closed(subject: Subject) -> str | None:
    last = subject.case.last_move
    return subject.day_of(last) if last and subject.case.dispute.state in FINAL else None


def _cancel_reason(subject: Subject) -> Value | None:
    reason = subject.cancel_reason
    return Value(reason.replace("-", " "), reason) if reason else None


def _seller_events(subject: Subject) -> list[Event]:
    return [
        event
        for event in subject.case.history
        if event.party is Party.SELLER
        or (isinstance(event.fact, Message) and event.fact.speaker is Party.SELLER)
    ]


def _first_answer(subject: Subject) -> str | None:
    events = _seller_events(subject)
    return min(map(subject.day_of, events)) if events else None


def _last_answer(subject: Subject) -> str | None:
    events = _seller_events(subject)
    return max(map(subject.day_of, events)) if events else None


def _answer_days(subject: Subject) -> int | None:
    first = _first_answer(subject)
    return max(0, _days_between(subject.day(subject.case.dispute.opened_at), first)) if first else None


def _offer(subject: Subject) -> tuple[Event, Offer] | None:
    return subject.case.offers[-1] if subject.case.offers else None


def _offered_remedy(subject: Subject) -> Value | None:
    found = _offer(subject)
    return worded(found[1].remedy or REFUSAL) if found else None


def _offered(subject: Subject) -> Money | None:
    found = _offer(subject)
    return found[1].amount if found else None


def _offered_on(subject: Subject) -> str | None:
    found = _offer(subject)
    return subject.day_of(found[0]) if found else None


# --- the solution and what came of it ---


def _moved_to(subject: Subject, state: State) -> str | None:
    """The day it came to stand there last."""
    moved = (
        event for event in reversed(subject.case.history) if event.to_state is state is not event.from_state
    )
    found = next(moved, None)
    return subject.day_of(found) if found else None


def _agreed(subject: Subject) -> str | None:
    stands = subject.case.dispute.standing in _STANDS
    return _moved_to(subject, State.AGREED) if stands else None


def _returned(subject: Subject) -> str | None:
    sent = (event for event in reversed(subject.case.history) if event.action is Action.SHIP_RETURN)
    found = next(sent, None)
    return subject.day_of(found) if found else None


def _awaited_kind(subject: Subject) -> str:
    """What is to come: what was promised or issued last, else what is owed."""
    coming = [fact for _, fact in subject.case.settlements if fact.stage != "received"]
    return coming[-1].kind if coming else kind_of_remedy(subject.case.solution.remedy)


def _settled(subject: Subject, stage: str) -> list[tuple[Event, Settlement]]:
    kind = _awaited_kind(subject)
    return [pair for pair in subject.case.settlements if pair[1].kind == kind and pair[1].stage == stage]


def _amount(subject: Subject, stage: str) -> str | None:
    """What was promised last; what was issued or received in sum, per currency."""
    amounts = [fact.amount for _, fact in _settled(subject, stage) if fact.amount]
    return ", ".join(map(str, totals(amounts[-1:] if stage == "promised" else amounts)))


def _on(subject: Subject, stage: str) -> str | None:
    found = _settled(subject, stage)
    return subject.day_of(found[-1][0]) if found else None


def _missing(subject: Subject) -> str | None:
    kind = _awaited_kind(subject)
    noted = [fact for _, fact in subject.case.settlements if fact.kind == kind]
    return ", ".join(map(str, missing_amounts(noted)))


def _due(subject: Subject) -> str | None:
    return subject.day(subject.deadlines[0].at) if subject.deadlines else None


FIELDS: Mapping[str, Known] = MappingProxyType(
    {
        "today": Known("the day it is", lambda s: s.today),
        "order": Known("the order's number", lambda s: s.case.order.number),
        "marketplace": Known("the marketplace's name in the ledger", lambda s: s.case.order.marketplace),
        "site": Known(
            "the marketplace's own name",
            lambda s: s.policy.name if s.policy.marketplace == s.case.order.marketplace else None,
        ),
        "page": Known("the order's page on the site", lambda s: s.page),
        "title": Known("what was bought", _title),
        "quantity": Known("how many pieces, if more than one", _quantity),
        "total": Known("what was paid for the order", lambda s: s.case.order.total),
        "seller": Known(
            "the shop's name", lambda s: one_line(s.case.order.seller.name) if s.case.order.seller else None
        ),
        "store": Known(
            "the platform's store id",
            lambda s: s.case.order.seller and one_line(s.case.order.seller.store_id),
        ),
        "status": Known("how far the order is", lambda s: worded(s.case.order.status), tuple(OrderStatus)),
        "placed": Known("the day of the order", lambda s: _day(s.case.order.placed, s)),
        "shipped": Known("the day it was shipped", lambda s: _day(s.case.order.shipped, s)),
        "tracking": Known("the tracking number", lambda s: one_line(s.case.order.tracking)),
        "promised_for": Known("the last day it should arrive", lambda s: _day(s.case.order.promised, s)),
        "delivered": Known("the day it arrived", lambda s: _day(s.case.order.delivered, s)),
        "days_late": Known("how many days after the promised one it arrived", _days_late, ("1",)),
        "protection_ends": Known(
            "the day buyer protection ends", lambda s: _day(s.case.order.protection_ends, s)
        ),
        "protection": Known("whether it goes on", _protection, ("running", "ended")),
        "dispute": Known("the dispute's id here", lambda s: s.case.dispute.name),
        "platform_id": Known("the platform's id of the dispute", lambda s: s.case.dispute.platform_id),
        "state": Known("where the dispute stands", lambda s: worded(s.case.dispute.state), tuple(State)),
        "outcome": Known("how it ended", lambda s: worded(s.case.dispute.outcome), tuple(Outcome)),
        "opened": Known("the day it was opened", lambda s: _day(s.case.dispute.opened_at, s)),
        "escalated": Known(
            "the day the marketplace was asked to judge", lambda s: _moved_to(s, State.ESCALATED)
        ),
        "closed": Known("the day it ended", _closed),
        "claim": Known("what is wrong", _claim, tuple(CLAIM_REASONS)),
        "claim_words": Known(
            "the same in the platform's words", lambda s: one_line(s.case.dispute.claim.reason_raw)
        ),
        "remedy": Known("what is asked for", lambda s: worded(s.case.dispute.claim.remedy), REMEDIES),
        "claimed": Known("the amount asked for", lambda s: s.case.dispute.claim.amount),
        "cancel_reason": Known("why it is cancelled", _cancel_reason, tuple(CANCEL_REASONS)),
        "first_answer": Known("the day the seller first did or said anything", _first_answer),
        "last_answer": Known("the day the seller last did or said anything", _last_answer),
        "answer_days": Known("how many days the first answer took", _answer_days, ("0", "1")),
        "offer": Known("the seller's newest answer", _offered_remedy, (*REMEDIES, REFUSAL)),
        "offered": Known("the amount of that answer", _offered),
        "offered_on": Known("the day of that answer", _offered_on),
        "agreed": Known("the day a solution was agreed on, if it stands", _agreed),
        "solution": Known("what is owed", lambda s: worded(s.case.solution.remedy), REMEDIES),
        "owed": Known("the amount that is owed", lambda s: s.case.solution.amount),
        "returned": Known("the day the goods were sent back", _returned),
        "awaited": Known("what is to come", lambda s: worded(_awaited_kind(s)), SETTLEMENT_KINDS),
        "promised": Known("the amount that was promised last", lambda s: _amount(s, "promised")),
        "promised_on": Known("the day it was promised", lambda s: _on(s, "promised")),
        "issued": Known("the amount that was sent", lambda s: _amount(s, "issued")),
        "issued_on": Known("the day it was sent", lambda s: _on(s, "issued")),
        "received": Known("the amount that has arrived", lambda s: _amount(s, "received")),
        "received_on": Known("the day it arrived", lambda s: _on(s, "received")),
        "missing": Known("the amount that was promised or sent and has not arrived", _missing),
        "due": Known("the day by which somebody must act", _due),
        "due_party": Known(
            "who must act",
            lambda s: worded(s.deadlines[0].party) if s.deadlines else None,
            (Party.BUYER, Party.SELLER, Party.PLATFORM),
        ),
    }
)
