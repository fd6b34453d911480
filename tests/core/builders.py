"""Disputes for tests: told as the moves that made them, with keywords for what a test cares about."""

from datetime import UTC, datetime
from typing import Any

from dispcli.core.disputes import Case, Dispute
from dispcli.core.events import Event, Recorded
from dispcli.core.facts import Claim, Fact, Settlement
from dispcli.core.histories import History
from dispcli.core.machine import Change, Intent, after, decide
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order, OrderStatus, Seller
from dispcli.core.policy import Policy, Window
from dispcli.core.recording import Place
from dispcli.core.replay import replay
from dispcli.core.states import Action, Outcome, Party, State

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLAIM = Claim("not-as-described", "refund", Money(10_00, "USD"))
PLACE = Place(1, 1, "P1")

_ACTOR = {
    Action.ANSWER: Party.SELLER,
    Action.CONCEDE: Party.SELLER,
    Action.ISSUE: Party.SELLER,
    Action.DECIDE: Party.PLATFORM,
    Action.LAPSE: Party.TIME,
    Action.OBSERVE: Party.IMPORT,
}


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def move(action: Action, party: Party | None = None, **said: Any) -> Intent:
    return Intent(action, party or _ACTOR.get(action, Party.BUYER), **said)


def note(fact: Fact | None = None, party: Party = Party.BUYER, **said: Any) -> Intent:
    return Intent(Action.NOTE, party, fact=fact, **said)


def settled(stage: str, minor: int | None = None, kind: str = "refund", currency: str = "USD") -> Intent:
    """The note of a settlement; without `minor`, of one without an amount."""
    return note(Settlement(kind, stage, None if minor is None else Money(minor, currency)))


def request(reason: str = "received-ok", **said: Any) -> Intent:
    return move(Action.REQUEST_CANCEL, reason=reason, **said)


def opening(claim: Claim = CLAIM) -> Intent:
    return move(Action.OPEN, fact=claim)


def recorded_at(seq: int) -> str:
    """Event 1 is recorded on November 1st, event 2 on the 2nd, and so on, at nine."""
    return f"2026-11-{seq:02}T09:00:00Z"


def event(seq: int = 1, **overrides: Any) -> Event:
    told = {
        "dispute_id": 1,
        "seq": seq,
        "at": recorded_at(seq),
        "actor": "ada",
        "source": "test",
        "action": Action.NOTE,
        "party": Party.BUYER,
        "from_state": State.OPENED,
        "to_state": State.OPENED,
    }
    return Event(**(told | overrides))


def event_of(change: Change, seq: int, findings: tuple[Recorded, ...] = ()) -> Event:
    """The event that records a change."""
    said = change.intent
    return event(
        seq,
        action=said.action,
        party=said.party,
        from_state=change.from_state,
        to_state=change.to_state,
        outcome=change.outcome,
        reason=said.reason,
        note=said.note,
        fact=said.fact,
        happened_at=said.happened_at,
        findings=findings,
    )


def history(*moves: Intent, claim: Claim = CLAIM) -> tuple[Event, ...]:
    """The events that opening the claim and then these moves make."""
    position, events = None, []
    for seq, intent in enumerate((opening(claim), *moves), start=1):
        change = decide(position, intent)
        assert isinstance(change, Change), change
        events.append(event_of(change, seq))
        position = after(position, change.to_state)
    return tuple(events)


def dispute(*moves: Intent, claim: Claim = CLAIM, **overrides: Any) -> Dispute:
    return replayed(history(*moves, claim=claim))._replace(**overrides)


def replayed(events: tuple[Event, ...]) -> Dispute:
    return replay(events, PLACE)


def order(**overrides: Any) -> Order:
    told = {
        "id": 1,
        "marketplace": "aliexpress",
        "number": "3069099405659913",
        "placed": "2026-10-01",
        "status": OrderStatus.SHIPPED,
        "seller": Seller(1, "aliexpress", "Lamp Shop"),
        "protection_ends": "2027-01-31",
        "lines": (Line(1, 1, "Desk lamp"),),
    }
    return Order(**(told | overrides))


def case(*moves: Intent, claim: Claim = CLAIM, **around: Any) -> Case:
    """A dispute these moves made; `around` replaces the order, the past, the channels or the history."""
    events = history(*moves, claim=claim)
    return Case(replayed(events), order(), History(events))._replace(**around)


def recorded(case: Case, change: Change, findings: tuple[Recorded, ...] = ()) -> Case:
    """The case once the change has been recorded."""
    events = (*case.history, event_of(change, len(case.history) + 1, findings))
    return case._replace(dispute=replayed(events), history=History(events))


def window(days: int, business_days: bool = False, by: str = "seller", **told: Any) -> Window:
    known = {
        "days": days,
        "business_days": business_days,
        "source": "https://example.org/rules",
        "seen": "2026-11-01",
        "second_hand": True,
        "note": "",
        "by": by,
        "after": "opening",
    }
    return Window(**(known | told))


def policy(**overrides: Any) -> Policy:
    told = {
        "marketplace": "aliexpress",
        "name": "AliExpress",
        "zone": "UTC",
        "hosts": (),
        "order_page": None,
        "reopening": False,
        "windows": {},
        "claims": (),
        "cancel_steps": (),
    }
    return Policy(**(told | overrides))


WAYS_TO: dict[State, tuple[Intent, ...]] = {
    State.OPENED: (),
    State.ANSWERED: (move(Action.ANSWER),),
    State.ESCALATED: (move(Action.ESCALATE),),
    State.AGREED: (move(Action.CONCEDE),),
    State.RETURNING: (move(Action.CONCEDE), move(Action.SHIP_RETURN)),
    State.SETTLING: (move(Action.CONCEDE), move(Action.ISSUE)),
    State.CANCEL_REQUESTED: (request(),),
    State.CANCELLED: (request(), move(Action.CONFIRM_CANCEL)),
    State.RESOLVED: (move(Action.LAPSE, outcome=Outcome.EXPIRED),),
}
"""For each state something that leads there from the opening."""
