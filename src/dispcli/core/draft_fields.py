"""The fields of a draft that a dispute brings, by name: each a line here, told by `dispcli help drafts`."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dispcli.core.drafts import Disputed, Known, one_line, worded
from dispcli.core.events import Event
from dispcli.core.facts import REMEDIES, SETTLEMENT_KINDS, Claim, Offer, Settlement
from dispcli.core.lateness import days_later
from dispcli.core.money import Money, totals
from dispcli.core.owed import goods_go_first, is_owed, kind_of_remedy, left_after, missing_amounts, settled
from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS, OTHER
from dispcli.core.states import FINAL, SOLVED, Action, Outcome, Party, State
from dispcli.core.templates import Value
from dispcli.core.times_told import ARRIVES
from dispcli.core.zones import has_ended

REFUSAL = "refusal"
"""The word of an answer that offers nothing."""

_STANDS = (*SOLVED, State.RESOLVED)
_WITHOUT_A_SOLUTION = (Outcome.REJECTED, Outcome.EXPIRED, Outcome.UNKNOWN)


def _claim(disputed: Disputed) -> Value | None:
    """For `other` the words that were given with it; nothing where there were none but a platform's code."""
    reason, words = disputed.case.dispute.claim.reason, None
    if reason == OTHER:
        claims = (event.note for event in reversed(disputed.case.history) if isinstance(event.fact, Claim))
        words = _without_code(disputed.case.dispute.claim.reason_raw) or one_line(next(claims, None))
    text = words if reason == OTHER else CLAIM_REASONS.get(reason, reason)
    return Value(text, reason) if text else None


_CODE = re.compile(r"[A-Z0-9_.:-]+|[a-z0-9]+(_[a-z0-9]+)+", re.ASCII)


def _without_code(raw: str | None) -> str | None:
    """A platform's words without its code, which nobody else reads: `4019 Smells of fish`, `NOT_AS_SHOWN`."""
    words = (raw or "").split()
    if words and _CODE.fullmatch(words[0]) and (len(words) == 1 or words[0].isdigit()):
        del words[0]
    return " ".join(words) or None


def _closed(disputed: Disputed) -> str | None:
    last = disputed.case.history.last_move
    return disputed.purchase.day_of(last) if last and disputed.case.dispute.state in FINAL else None


def _cancel_reason(disputed: Disputed) -> Value | None:
    reason = disputed.cancel_reason
    return Value(reason.replace("-", " "), reason) if reason else None


def _first_answer(disputed: Disputed) -> str | None:
    events = disputed.case.history.seller_events
    return min(map(disputed.purchase.day_of, events)) if events else None


def _last_answer(disputed: Disputed) -> str | None:
    events = disputed.case.history.seller_events
    return max(map(disputed.purchase.day_of, events)) if events else None


def _answer_days(disputed: Disputed) -> int | None:
    opened, first = disputed.purchase.day(disputed.case.dispute.opened_at), _first_answer(disputed)
    return days_later(opened, first, disputed.purchase.policy.zone) if first else None


def _offer(disputed: Disputed) -> tuple[Event, Offer] | None:
    return disputed.case.history.offers[-1] if disputed.case.history.offers else None


def _offered_remedy(disputed: Disputed) -> Value | None:
    found = _offer(disputed)
    return worded(found[1].remedy or REFUSAL) if found else None


def _offered(disputed: Disputed) -> Money | None:
    found = _offer(disputed)
    return found[1].amount if found else None


def _offered_on(disputed: Disputed) -> str | None:
    found = _offer(disputed)
    return disputed.purchase.day_of(found[0]) if found else None


# --- the solution and what came of it ---


def _moved_to(disputed: Disputed, state: State) -> str | None:
    """The day it came to stand there last."""
    moved = (
        event for event in reversed(disputed.case.history) if event.to_state is state is not event.from_state
    )
    found = next(moved, None)
    return disputed.purchase.day_of(found) if found else None


def _agreed(disputed: Disputed) -> str | None:
    stands = disputed.case.dispute.standing in _STANDS
    return _moved_to(disputed, State.AGREED) if stands else None


def _returned(disputed: Disputed) -> str | None:
    sent = (event for event in reversed(disputed.case.history) if event.action is Action.SHIP_RETURN)
    found = next(sent, None)
    return disputed.purchase.day_of(found) if found else None


def _awaited(disputed: Disputed) -> Value | None:
    """What is to come, or has; nothing as long as it is only asked for, or the goods are to go back first."""
    dispute = disputed.case.dispute
    stands = dispute.standing in _STANDS and dispute.outcome not in _WITHOUT_A_SOLUTION
    stands = stands and not goods_go_first(disputed.case)
    return worded(_awaited_kind(disputed)) if stands or disputed.case.history.settlements else None


def _awaited_kind(disputed: Disputed) -> str:
    """What was promised or issued last, else what is owed."""
    coming = [fact for _, fact in disputed.case.history.settlements if fact.stage != "received"]
    return coming[-1].kind if coming else kind_of_remedy(disputed.case.solution.remedy)


def _settled(disputed: Disputed, stage: str) -> list[tuple[Event, Settlement]]:
    kind = _awaited_kind(disputed)
    return [
        pair for pair in disputed.case.history.settlements if pair[1].kind == kind and pair[1].stage == stage
    ]


def _amount(disputed: Disputed, stage: str) -> str | None:
    """What was promised last; what was issued or received in sum, per currency."""
    amounts = [fact.amount for _, fact in _settled(disputed, stage) if fact.amount]
    return ", ".join(map(str, totals(amounts[-1:] if stage == "promised" else amounts)))


def _on(disputed: Disputed, stage: str) -> str | None:
    found = _settled(disputed, stage)
    return disputed.purchase.day_of(found[-1][0]) if found else None


def _missing(disputed: Disputed) -> str | None:
    """Of what came in parts, the rest of what is owed counts like a promise while the solution stands."""
    kind, case = _awaited_kind(disputed), disputed.case
    noted = [fact for _, fact in case.history.settlements if fact.kind == kind]
    waits = bool(noted) and is_owed(case, kind) and not settled(case)
    left = left_after(case, Settlement(kind, "received")) if waits else missing_amounts(noted)
    return ", ".join(map(str, left))


def _settled_on(disputed: Disputed) -> str | None:
    """The day that made it complete: the last of what came, where nothing more is owed or promised."""
    if not settled(disputed.case) or _missing(disputed):
        return None
    came = (event for event, fact in disputed.case.history.settlements if fact.stage == "received")
    return max(map(disputed.purchase.day_of, came))


def _due(disputed: Disputed, *, passed: bool) -> str | None:
    purchase, due = disputed.purchase, next(iter(disputed.deadlines), None)
    return (
        purchase.day(due.at)
        if due and has_ended(due.at, purchase.policy.zone, purchase.now) is passed
        else None
    )


def _silent_since(disputed: Disputed) -> str | None:
    """Nothing is known where they have been heard from on that day or later, or have something else to do."""
    ended, heard = _due(disputed, passed=True), _last_answer(disputed)
    if ended is None or disputed.deadlines[0].party is not Party.SELLER:
        return None
    answers = disputed.deadlines[0].code not in ARRIVES and disputed.case.dispute.standing not in SOLVED
    return ended if answers and not (heard and heard >= ended) else None


DISPUTE_FIELDS: Mapping[str, Known] = MappingProxyType(
    {
        "dispute": Known("the dispute's id here", lambda d: d.case.dispute.name),
        "platform_id": Known("the platform's id of the dispute", lambda d: d.case.dispute.platform_id),
        "state": Known("where the dispute stands", lambda d: worded(d.case.dispute.state), tuple(State)),
        "outcome": Known("how it ended", lambda d: worded(d.case.dispute.outcome), tuple(Outcome)),
        "opened": Known("the day it was opened", lambda d: d.purchase.day(d.case.dispute.opened_at)),
        "escalated": Known(
            "the day the marketplace was asked to judge", lambda d: _moved_to(d, State.ESCALATED)
        ),
        "closed": Known("the day it ended", _closed),
        "claim": Known("what is wrong", _claim, tuple(CLAIM_REASONS)),
        "claim_words": Known(
            "the same in the platform's words", lambda d: one_line(d.case.dispute.claim.reason_raw)
        ),
        "remedy": Known("what is asked for", lambda d: worded(d.case.dispute.claim.remedy), REMEDIES),
        "claimed": Known("the amount asked for", lambda d: d.case.dispute.claim.amount),
        "cancel_reason": Known("why it is cancelled", _cancel_reason, tuple(CANCEL_REASONS)),
        "first_answer": Known("the day the seller first did or said anything", _first_answer),
        "last_answer": Known("the day the seller last did or said anything", _last_answer),
        "answer_days": Known("how many days the first answer took", _answer_days, ("0", "1")),
        "offer": Known("the seller's newest answer", _offered_remedy, (*REMEDIES, REFUSAL)),
        "offered": Known("the amount of that answer", _offered),
        "offered_on": Known("the day of that answer", _offered_on),
        "agreed": Known("the day a solution was agreed on, if it stands", _agreed),
        "solution": Known("what is owed", lambda d: worded(d.case.solution.remedy), REMEDIES),
        "owed": Known("the amount that is owed", lambda d: d.case.solution.amount),
        "returned": Known("the day the goods were sent back", _returned),
        "awaited": Known(
            "what is to come once it was promised, agreed or sent; goods to be sent back go first",
            _awaited,
            SETTLEMENT_KINDS,
        ),
        "promised": Known("the amount that was promised last", lambda d: _amount(d, "promised")),
        "promised_on": Known("the day it was promised", lambda d: _on(d, "promised")),
        "issued": Known("the amount that was sent", lambda d: _amount(d, "issued")),
        "issued_on": Known("the day it was sent", lambda d: _on(d, "issued")),
        "received": Known("the amount that has arrived", lambda d: _amount(d, "received")),
        "received_on": Known("the day it arrived", lambda d: _on(d, "received")),
        "missing": Known("the rest of what was promised, sent or agreed on", _missing),
        "settled": Known("the day since which all that is owed is here", _settled_on),
        "due": Known("the day by which somebody must act", lambda d: _due(d, passed=False)),
        "overdue": Known("the same where it has passed", lambda d: _due(d, passed=True)),
        "silent_since": Known(
            "the day the seller's time to answer ended, if nothing was heard from them since", _silent_since
        ),
        "due_party": Known(
            "who must act, or should have",
            lambda d: worded(d.deadlines[0].party) if d.deadlines else None,
            (Party.BUYER, Party.SELLER, Party.PLATFORM),
        ),
    }
)
