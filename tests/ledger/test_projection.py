"""Whatever legal history is appended: the rows that triggers write are what replaying it makes."""

import tempfile
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dispcli.core.facts import Claim
from dispcli.core.machine import TRANSITIONS, Intent, after, decide
from dispcli.core.machine import steps as table
from dispcli.core.money import Money
from dispcli.core.recording import Place, Stamp, moved, opened
from dispcli.core.replay import replay
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import (
    ACCEPT,
    ANSWER,
    AT,
    CLAIM,
    CONFIRM,
    REQUEST,
    append,
    append_opening,
    decided,
    dispute_in,
    history_in,
    open_dispute,
    order,
    order_in,
    writing,
)
from tests.ledger.builders import move as move_of
from tests.ledger.histories import claims, days, findings, steps, texts


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
    place = Place(order_id, line_id, platform_id)
    written = [append_opening(ledger, place, opening, Stamp(AT, "ada", "test"))]
    moving = opened(written[0], opening.fact, place)
    assert dispute_in(ledger, 1) == moving
    for count in range(data.draw(st.integers(0, 9))):
        dispute = dispute_in(ledger, 1)
        change = decided(dispute, data.draw(steps(dispute.position)))
        stamp = Stamp(
            f"2026-11-21T10:00:{count:02}Z",
            data.draw(texts),
            "test",
            data.draw(st.none() | st.just(f"op{count}")),
        )
        written += append(ledger, dispute, [change], stamp, data.draw(findings))
        moving = moved(moving, written[-1])
        assert dispute_in(ledger, 1) == moving
    assert history_in(ledger, 1) == tuple(written)
    assert dispute_in(ledger, 1) == replay(written, place)


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
                    line_id = order_in(ledger, order_id).lines[0].id
                    events = history_in(ledger, dispute.id)
                    assert dispute == replay(events, Place(order_id, line_id, None))
                    stored.add((str(state), str(action), str(to), by, outcome, path))
        assert ledger.problems() == []
    assert {step[:3] for step in stored} == {step for step in map(_words, table()) if step[0] != UNOPENED}


def _words(step):
    return tuple(map(str, step))


def leads_back(path, to: State) -> bool:
    """Whether a request at the end of this path came from the state that keep is to return to."""
    position = None
    for intent in (move_of(Action.OPEN, fact=CLAIM), *path):
        position = after(position, decide(position, intent).to_state)
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
