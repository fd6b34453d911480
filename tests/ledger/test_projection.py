"""Whatever legal history is appended: the rows that triggers write are what replaying it makes."""

import tempfile
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dispcli.core.checks import BLOCKING
from dispcli.core.disputes import Recorded
from dispcli.core.facts import (
    REMEDIES,
    SETTLEMENT_KINDS,
    SETTLEMENT_STAGES,
    Claim,
    Done,
    Due,
    Evidence,
    Message,
    Offer,
    Replaced,
    Settlement,
    Sighting,
)
from dispcli.core.history import replay
from dispcli.core.machine import TRANSITIONS, Intent, after, decide
from dispcli.core.machine import steps as table
from dispcli.core.money import Money
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.ledger.ledger import Ledger, Stamp
from tests.ledger.builders import (
    ACCEPT,
    ANSWER,
    AT,
    CLAIM,
    CONFIRM,
    REQUEST,
    decided,
    open_dispute,
    order,
    writing,
)
from tests.ledger.builders import move as move_of

texts = st.text(st.characters(codec="utf-8"), max_size=12)
amounts = st.none() | st.builds(Money, st.integers(-(10**16), 10**16), st.sampled_from(["USD", "JPY", "KWD"]))
days = st.none() | st.sampled_from(["2026-11-19", "2026-11-19T08:00:00Z"])
claims = st.builds(Claim, texts, st.sampled_from(REMEDIES), amounts, st.none() | texts)
parties = st.sampled_from([party for move in TRANSITIONS.values() for party in move.by]).map(
    lambda party: party
)
facts = st.one_of(
    st.none(),
    st.builds(Offer, st.none() | st.sampled_from(REMEDIES), amounts),
    st.builds(
        Settlement,
        st.sampled_from(SETTLEMENT_KINDS),
        st.sampled_from(SETTLEMENT_STAGES),
        amounts,
        st.none() | texts,
    ),
    st.builds(Message, parties, texts),
    st.builds(Evidence, texts, texts, texts, st.integers(0, 2**40)),
    st.builds(Due, parties, st.sampled_from(["2026-12-01", "2026-12-01T09:00:00Z"])),
    st.builds(Done),
    st.builds(Sighting, texts),
    st.builds(Replaced, st.just(1)),
)
basis = st.text(st.characters(exclude_categories=["C"]), max_size=30)
findings = st.lists(
    st.builds(Recorded, st.sampled_from(BLOCKING), st.sampled_from(["block", "warn"]), basis, st.booleans()),
    max_size=2,
).map(tuple)


@st.composite
def steps(draw, position):
    """A move that the table allows from here, with any fact that fits and everything else at random."""
    cells = [(action, move) for (state, action), move in TRANSITIONS.items() if state == position.state]
    action, move = draw(st.sampled_from(cells))
    to = position.origin if action is Action.KEEP else draw(st.sampled_from(move.targets))
    outcome = draw(st.sampled_from(move.outcomes)) if to is State.RESOLVED and move.outcomes else None
    return Intent(
        action,
        draw(st.sampled_from(move.by)),
        to=to,
        outcome=outcome,
        reason=draw(texts) if action is Action.REQUEST_CANCEL else draw(st.none() | texts),
        note=draw(st.none() | texts),
        fact=draw(claims) if action is Action.REVISE else draw(facts),
        happened_at=draw(days),
    )


@settings(max_examples=60)
@given(st.data())
def test_stored_rows_are_what_the_history_replays_to(data):
    with tempfile.TemporaryDirectory(prefix="dispcli-projection-") as folder:
        path = Path(folder) / "ledger.db"
        with writing(path) as ledger:
            order_id = ledger.add_order(order(), AT)
            grow(data, ledger, order_id)
        with Ledger.open(path) as ledger, ledger.reading():
            assert ledger.problems() == []


def grow(data, ledger: Ledger, order_id: int) -> None:
    """One dispute and its random life, compared after every step."""
    line_id = data.draw(st.sampled_from([None, 1, 2]))
    platform_id = data.draw(st.none() | texts)
    opening = Intent(Action.OPEN, Party.BUYER, fact=data.draw(claims), happened_at=data.draw(days))
    place = {"order_id": order_id, "line_id": line_id, "platform_id": platform_id}
    written = [
        ledger.open_dispute(order_id, line_id, platform_id, decided(None, opening), Stamp(AT, "ada", "test"))
    ]
    for count in range(data.draw(st.integers(0, 9))):
        dispute = ledger.dispute(1)
        change = decided(dispute, data.draw(steps(dispute.position)))
        stamp = Stamp(
            f"2026-11-21T10:00:{count:02}Z",
            data.draw(texts),
            "test",
            data.draw(st.none() | st.just(f"op{count}")),
        )
        written += ledger.append(dispute, [change], stamp, data.draw(findings))
    assert ledger.history(1) == tuple(written)
    assert ledger.dispute(1) == replay(written, **place)


def told(action: Action, to: State, by: Party, outcome: Outcome | None) -> Intent:
    fact = Claim("late", "replacement", Money(1, "KWD"), "raw") if action is Action.REVISE else None
    return Intent(action, by, to=to, outcome=outcome, reason="other", fact=fact)


def test_every_step_of_the_table_moves_the_row_as_replaying_it_does(tmp_path):
    stored = set()
    with writing(tmp_path / "ledger.db") as ledger:
        for (state, action), move in TRANSITIONS.items():
            for path, to, by in product(PATHS.get(state, ()), move.targets, move.by):
                if action is Action.KEEP and not leads_back(path, to):
                    continue
                outcomes = move.outcomes if to is State.RESOLVED and action is not Action.NOTE else (None,)
                for outcome in outcomes:
                    order_id = ledger.add_order(order(str(len(stored) + 1000)), AT)
                    dispute = open_dispute(ledger, order_id, 1, *path, told(action, to, by, outcome))
                    line_id = ledger.order(order_id).lines[0].id
                    events = ledger.history(dispute.id)
                    assert dispute == replay(events, order_id=order_id, line_id=line_id, platform_id=None)
                    stored.add((str(state), str(action), str(to), by, outcome, path))
        assert ledger.problems() == []
    assert {step[:3] for step in stored} == {step for step in map(_words, table()) if step[0] != UNOPENED}


def _words(step):
    return tuple(map(str, step))


def leads_back(path, to: State) -> bool:
    """Whether a request at the end of this path came from the state that keep is to return to."""
    position = None
    for intent in (move_of(Action.OPEN, fact=CLAIM), *path):
        position = after(position, decide(position, intent))
    return position.origin is to


ESCALATE, SHIP = move_of(Action.ESCALATE), move_of(Action.SHIP_RETURN)
PATHS = {
    State.OPENED: ((),),
    State.ANSWERED: ((ANSWER,),),
    State.ESCALATED: ((ESCALATE,),),
    State.AGREED: ((ANSWER, ACCEPT),),
    State.RETURNING: ((ANSWER, ACCEPT, SHIP),),
    State.SETTLING: ((ANSWER, ACCEPT, move_of(Action.ISSUE)),),
    State.CANCEL_REQUESTED: ((REQUEST,), (ANSWER, REQUEST), (ESCALATE, REQUEST, REQUEST)),
    State.CANCELLED: ((REQUEST, CONFIRM),),
    State.RESOLVED: ((move_of(Action.LAPSE, outcome=Outcome.EXPIRED),),),
}
"""Ways into each state; into a pending request from each state that it may have come from."""
