import re
from itertools import product

import pytest

from dispcli.core.machine import (
    Change,
    Intent,
    Position,
    Refusal,
    after,
    allowed,
    decide,
    is_irreversible,
    steps,
)
from dispcli.core.states import FINAL, STATE_MEANINGS, Action, Outcome, Party, State

# The contract, typed anew: action, from, to (one of), by. A dash is the place before opening.
CONTRACT = """
open            -                                                  opened                     buyer
revise          opened answered                                    opened                     buyer
answer          opened answered cancel_requested                   answered                   seller
concede         opened answered escalated cancel_requested         agreed                     seller
accept          answered                                           agreed                     buyer
escalate        opened answered agreed returning                   escalated                  buyer platform
decide          escalated cancel_requested                         agreed resolved            platform
ship_return     agreed                                             returning                  buyer
issue           agreed returning                                   settling                   seller platform
receive         agreed returning settling                          resolved                   buyer
lapse           opened answered agreed returning cancel_requested  resolved                   time
request_cancel  opened answered escalated cancel_requested         cancel_requested           buyer
keep            cancel_requested                                   opened answered escalated  buyer
confirm_cancel  cancel_requested                                   cancelled                  buyer
observe         not_final                                          shown                      import
note            any                                                same                       anyone
"""
ENDS = {
    "decide": "rejected",
    "receive": "refunded partly_refunded returned_and_refunded replaced",
    "lapse": "expired",
    "observe": "refunded partly_refunded returned_and_refunded replaced rejected expired unknown",
}
"""With which outcomes an action may resolve a dispute."""

SOURCES = {
    "not_final": "opened answered escalated agreed returning settling cancel_requested",
    "any": "opened answered escalated agreed returning settling cancel_requested cancelled resolved",
}
SHOWN = frozenset(State) - {State.CANCEL_REQUESTED}
"""What a platform can show: it knows nothing of a request that was only made here."""


def _read(contract):
    cells = {}
    for row in contract.strip().splitlines():
        action, sources, targets, parties = re.split(r" {2,}", row)
        by = set(Party) if parties == "anyone" else {Party(party) for party in parties.split()}
        ends = {Outcome(outcome) for outcome in ENDS.get(action, "").split()}
        for word in SOURCES.get(sources, sources).split():
            state = None if word == "-" else State(word)
            to = {"shown": SHOWN | {state}, "same": {state}}.get(targets) or set(map(State, targets.split()))
            cells[state, Action(action)] = (to, by, ends)
    return cells


CELLS = _read(CONTRACT)
PAIRS = tuple(product((None, *State), Action))
ORIGINS = (State.OPENED, State.ANSWERED, State.ESCALATED)
WITHDRAWING = (
    (Action.ANSWER, Party.SELLER, None, None, State.ANSWERED),
    (Action.CONCEDE, Party.SELLER, None, None, State.AGREED),
    (Action.DECIDE, Party.PLATFORM, State.AGREED, None, State.AGREED),
    (Action.DECIDE, Party.PLATFORM, State.RESOLVED, Outcome.REJECTED, State.RESOLVED),
    (Action.LAPSE, Party.TIME, None, Outcome.EXPIRED, State.RESOLVED),
)


def positions(state):
    if state is None:
        return (None,)
    if state is State.CANCEL_REQUESTED:
        return tuple(Position(state, origin) for origin in ORIGINS)
    return (Position(state),)


def intents(action):
    """Everything that can be said with an action: by anyone, leading anywhere, with any outcome."""
    for party, to, outcome in product(Party, (None, *State), (None, *Outcome)):
        yield Intent(action, party, to=to, outcome=outcome)


def expected_step(position, intent):
    """The state and outcome the contract gives, or the code of the refusal."""
    state = position.state if position else None
    if (state, intent.action) not in CELLS:
        return expected_refusal(state, intent.action)
    targets, parties, outcomes = CELLS[state, intent.action]
    if intent.party not in parties:
        return "wrong-party"
    if intent.action is Action.KEEP:
        return position.origin, None
    target = next(iter(targets)) if len(targets) == 1 else intent.to
    if target not in targets:
        return "target-unclear"
    if target is not State.RESOLVED or intent.action is Action.NOTE:
        return target, None
    return (target, intent.outcome) if intent.outcome in outcomes else "outcome-unclear"


def expected_refusal(state, action):
    if state in FINAL:
        return "final"
    if action is Action.REQUEST_CANCEL and state is not None:
        return "solution-stands"
    if action is Action.CONFIRM_CANCEL and state is not None:
        return "no-request"
    if (state, action) == (State.CANCEL_REQUESTED, Action.ACCEPT):
        return "cancel-pending"
    return "not-allowed"


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_pair_does_what_the_contract_says_whoever_says_it(state, action):
    for position in positions(state):
        for intent in intents(action):
            decision = decide(position, intent)
            if isinstance(decision, Refusal):
                assert decision.code == expected_step(position, intent), intent
            else:
                assert (decision.to_state, decision.outcome) == expected_step(position, intent), intent
                assert (decision.from_state, decision.intent) == (state, intent)


@pytest.mark.parametrize("state", [None, *State])
def test_the_allowed_actions_are_those_decide_lets_through(state):
    let_through = tuple(
        action
        for action in Action
        if any(isinstance(decide(at, said), Change) for at in positions(state) for said in intents(action))
    )
    assert sorted(allowed(state)) == sorted(let_through)


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_refusal_says_why_in_a_sentence_and_what_may_happen_instead(state, action):
    for position in positions(state):
        for intent in intents(action):
            decision = decide(position, intent)
            if isinstance(decision, Refusal):
                assert " " in decision.message
                assert decision.allowed == allowed(state)


def test_the_steps_for_the_ledger_are_those_of_the_contract():
    told = {(source or "none", action, to) for (source, action), cell in CELLS.items() for to in cell[0]}
    listed = list(steps())
    assert set(listed) == told
    assert len(listed) == len(told)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_final_is_final_only_a_note_may_be_added(state):
    assert allowed(state) == (Action.NOTE,)
    for action in Action:
        for intent in intents(action):
            decision = decide(Position(state), intent)
            assert isinstance(decision, Refusal) or (decision.to_state, action) == (state, Action.NOTE)


@pytest.mark.parametrize("origin", ORIGINS)
def test_keep_returns_to_where_the_request_came_from(origin):
    pending = Position(State.CANCEL_REQUESTED, origin)
    kept = decide(pending, Intent(Action.KEEP, Party.BUYER))
    assert after(pending, kept.to_state) == Position(origin)


@pytest.mark.parametrize("origin", [None, State.AGREED, State.SETTLING])
def test_keep_without_a_believable_origin_is_refused(origin):
    refusal = decide(Position(State.CANCEL_REQUESTED, origin), Intent(Action.KEEP, Party.BUYER))
    assert refusal.code == "target-unclear"


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_refreshed_request_remembers_where_it_first_came_from(origin):
    asking = Intent(Action.REQUEST_CANCEL, Party.BUYER)
    once = after(Position(origin), decide(Position(origin), asking).to_state)
    assert once == Position(State.CANCEL_REQUESTED, origin)
    assert after(once, decide(once, asking).to_state) == once


@pytest.mark.parametrize(("action", "party", "to", "outcome", "lands"), WITHDRAWING)
@pytest.mark.parametrize("origin", ORIGINS)
def test_what_another_party_does_withdraws_a_pending_request(origin, action, party, to, outcome, lands):
    pending = Position(State.CANCEL_REQUESTED, origin)
    change = decide(pending, Intent(action, party, to=to, outcome=outcome))
    assert after(pending, change.to_state) == Position(lands)


def test_accepting_the_offer_is_not_cancelling():
    answered = Position(State.ANSWERED)
    accepted = after(answered, decide(answered, Intent(Action.ACCEPT, Party.BUYER)).to_state)
    assert accepted == Position(State.AGREED)
    refusal = decide(accepted, Intent(Action.REQUEST_CANCEL, Party.BUYER))
    assert refusal.code == "solution-stands"
    assert refusal.hint


def test_an_offer_cannot_be_accepted_while_a_cancel_is_pending():
    refusal = decide(Position(State.CANCEL_REQUESTED, State.ANSWERED), Intent(Action.ACCEPT, Party.BUYER))
    assert refusal.code == "cancel-pending"
    assert Action.KEEP in refusal.allowed


def test_every_state_can_be_reached_from_nothing():
    seen, ahead = set(), [None]
    while ahead:
        state = ahead.pop()
        for position, action in product(positions(state), Action):
            for intent in intents(action):
                change = decide(position, intent)
                if (
                    isinstance(change, Change)
                    and action is not Action.OBSERVE
                    and change.to_state not in seen
                ):
                    seen.add(change.to_state)
                    ahead.append(change.to_state)
    assert seen == set(State)


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_what_ends_a_dispute_or_takes_an_offer_deserves_a_question(state, action):
    for position in positions(state):
        for intent in intents(action):
            change = decide(position, intent)
            if isinstance(change, Change):
                ends = change.to_state in FINAL and action is not Action.NOTE
                assert is_irreversible(change) == (ends or action is Action.ACCEPT)


def test_every_state_is_explained_once_in_the_order_of_the_enum():
    assert tuple(state for state, _, _ in STATE_MEANINGS) == tuple(State)
    assert all(meaning and whose for _, meaning, whose in STATE_MEANINGS)


@pytest.mark.parametrize(
    ("position", "intent", "told"),
    [
        (Position(State.OPENED), Intent(Action.ANSWER, Party.BUYER), ("answer", "seller", "buyer")),
        (Position(State.AGREED), Intent(Action.ESCALATE, Party.TIME), ("buyer or platform", "time")),
        (Position(State.ESCALATED), Intent(Action.DECIDE, Party.PLATFORM), ("decide", "agreed, resolved")),
        (
            Position(State.SETTLING),
            Intent(Action.RECEIVE, Party.BUYER, outcome=Outcome.REJECTED),
            ("receive", "refunded, partly_refunded, returned_and_refunded, replaced"),
        ),
        (Position(State.RETURNING), Intent(Action.REQUEST_CANCEL, Party.BUYER), ("returning",)),
        (Position(State.OPENED), Intent(Action.CONFIRM_CANCEL, Party.BUYER), ("no request", "opened")),
        (Position(State.OPENED), Intent(Action.KEEP, Party.BUYER), ("keep", "opened")),
        (None, Intent(Action.ANSWER, Party.SELLER), ("answer", "not opened")),
        (Position(State.CANCELLED), Intent(Action.OPEN, Party.BUYER), ("stays cancelled",)),
        (Position(State.RESOLVED), Intent(Action.OPEN, Party.BUYER), ("resolved",)),
    ],
)
def test_a_refusal_names_what_was_tried_and_where_it_stands(position, intent, told):
    message = decide(position, intent).message
    assert [part for part in told if part not in message] == []
