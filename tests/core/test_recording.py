"""What was decided as events, and a dispute as each of them moves it."""

from typing import get_type_hints

import pytest

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event, Recorded
from dispcli.core.facts import Claim, Done, Message, Replaced
from dispcli.core.machine import Change, decide
from dispcli.core.recording import Place, Stamp, events_of, moved, opened
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import CLAIM, PLACE, dispute, event, history, move, note, opening, request, usd

STAMP = Stamp("2026-11-20T12:00:00Z", "ada", "dispute cancel", "op-1")
FOUND = (Recorded("seller-silent", "warn", "0 days"),)


def decided(*moves) -> list[Change]:
    """The changes these moves make of an open dispute."""
    return [decide(dispute(*moves[:count]).position, intent) for count, intent in enumerate(moves)]


def test_an_event_says_all_that_was_said_and_who_recorded_it():
    said = {"note": "it works", "happened_at": "2026-11-19"}
    (change,) = decided(request("received-ok", **said))
    (made,) = events_of(7, 4, [change], STAMP, FOUND)
    assert made == Event(
        dispute_id=7,
        seq=5,
        at=STAMP.at,
        actor="ada",
        source="dispute cancel",
        action=Action.REQUEST_CANCEL,
        party=Party.BUYER,
        from_state=State.OPENED,
        to_state=State.CANCEL_REQUESTED,
        reason="received-ok",
        operation_id="op-1",
        findings=FOUND,
        **said,
    )


def test_a_fact_and_an_outcome_are_in_their_event():
    message, lapse = decided(note(Message(Party.SELLER, "wait")), move(Action.LAPSE, outcome=Outcome.EXPIRED))
    first, second = events_of(1, 1, [message, lapse], STAMP)
    assert (first.fact, first.outcome) == (Message(Party.SELLER, "wait"), None)
    assert (second.fact, second.outcome) == (None, Outcome.EXPIRED)


def test_events_are_counted_on_from_the_newest_and_all_carry_the_findings():
    both = decided(request(), move(Action.CONFIRM_CANCEL))
    events = events_of(1, 8, both, STAMP, FOUND)
    assert [(event.seq, event.to_state, event.findings) for event in events] == [
        (9, State.CANCEL_REQUESTED, FOUND),
        (10, State.CANCELLED, FOUND),
    ]
    assert events_of(1, 8, [], STAMP) == ()


def test_an_operation_is_named_once_for_each_action():
    three = decided(note(note="one"), note(note="two"), request())
    named = [event.operation_id for event in events_of(1, 1, three, STAMP)]
    assert named == ["op-1", None, "op-1"]


def test_an_opening_is_the_first_event_and_comes_from_nothing():
    (made,) = events_of(3, 0, [decide(None, opening())], STAMP)
    assert (made.seq, made.from_state, made.to_state, made.fact) == (1, None, State.OPENED, CLAIM)


@pytest.mark.parametrize("place", [PLACE, Place(2, None, None)])
def test_an_opening_makes_a_dispute_at_its_place(place):
    made = opened(event(action=Action.OPEN, from_state=None, fact=CLAIM), CLAIM, place)
    assert (made.order_id, made.line_id, made.platform_id) == place
    assert (made.id, made.claim, made.state, made.version) == (1, CLAIM, State.OPENED, 1)


STANDS = dispute(request(), platform_id="P1", seen_at=None)
MOVED = {
    "a note leaves it where it is": (note(), {}),
    "what is shown on the site is seen": (note(Done()), {"seen_at": "2026-11-03T09:00:00Z"}),
    "in error it gives its platform id away": (note(Replaced(7)), {"replaced_by": 7, "platform_id": None}),
    "a refreshed request came from where the first one did": (request("keep-item"), {}),
    "keeping it leads back": (move(Action.KEEP), {"state": State.OPENED, "origin": None}),
    "a cancel is final": (move(Action.CONFIRM_CANCEL), {"state": State.CANCELLED, "origin": None}),
    "the site may show it first": (
        move(Action.OBSERVE, to=State.CANCELLED),
        {"state": State.CANCELLED, "origin": None, "seen_at": "2026-11-03T09:00:00Z"},
    ),
    "the site may show something else": (
        move(Action.OBSERVE, to=State.AGREED),
        {"state": State.AGREED, "origin": None},
    ),
    "an ending has its outcome": (
        move(Action.LAPSE, outcome=Outcome.EXPIRED),
        {"state": State.RESOLVED, "origin": None, "outcome": Outcome.EXPIRED},
    ),
}


@pytest.mark.parametrize("what", MOVED)
def test_an_event_changes_what_it_tells_of_and_nothing_else(what):
    intent, changed = MOVED[what]
    newest = history(request(), intent)[-1]
    assert moved(STANDS, newest) == STANDS._replace(version=3, updated_at=newest.at, **changed)


def test_what_a_dispute_has_once_stays_until_something_else_is_told():
    lapsed = dispute(move(Action.LAPSE, outcome=Outcome.EXPIRED), seen_at="2026-11-02", replaced_by=5)
    newest = event(3, from_state=State.RESOLVED, to_state=State.RESOLVED, fact=Message(Party.SELLER, "hi"))
    assert moved(lapsed, newest) == lapsed._replace(version=3, updated_at=newest.at)


def test_a_revised_claim_is_the_claim():
    claim = Claim("damaged", "partial_refund", usd(5_00))
    newest = history(move(Action.REVISE, fact=claim))[-1]
    assert moved(dispute(), newest) == dispute()._replace(claim=claim, version=2, updated_at=newest.at)


def test_every_field_of_a_dispute_is_moved_by_some_example_or_never():
    never = {"id", "order_id", "line_id", "opened_at"}
    always = {"version", "updated_at", "claim"}
    told = set().union(*(changed for _, changed in MOVED.values()))
    assert told | never | always == set(get_type_hints(Dispute))
