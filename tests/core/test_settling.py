import pytest

from dispcli.core.facts import Claim, Settlement
from dispcli.core.machine import Unchanged
from dispcli.core.owed import left_after
from dispcli.core.settling import News, decide_settlement, expected_amount
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import WAYS_TO, case, move, settled, usd

MOVES = {
    ("issued", State.AGREED): (Action.ISSUE, State.SETTLING),
    ("issued", State.RETURNING): (Action.ISSUE, State.SETTLING),
    ("received", State.AGREED): (Action.RECEIVE, State.RESOLVED),
    ("received", State.RETURNING): (Action.RECEIVE, State.RESOLVED),
    ("received", State.SETTLING): (Action.RECEIVE, State.RESOLVED),
}
"""Where a settlement does more than stand in the history."""


def money(minor):
    return None if minor is None else usd(minor)


def refund(stage, minor=None, kind="refund"):
    return Settlement(kind, stage, money(minor))


def settle(case, settlement, party=Party.SELLER, **told):
    return decide_settlement(case, News(settlement, party, **told))


def agreed(*moves, remedy="refund", minor=10_00):
    """A dispute the seller gave in to, and what happened after."""
    return case(move(Action.CONCEDE), *moves, claim=Claim("damaged", remedy, money(minor)))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("stage", ["promised", "issued", "received"])
def test_a_settlement_can_be_told_in_any_state_and_moves_only_where_the_table_does(stage, state):
    settlement = refund(stage, 10_00)
    (change,) = settle(case(*WAYS_TO[state]), settlement).changes
    assert (change.intent.action, change.to_state) == MOVES.get((stage, state), (Action.NOTE, state))
    assert change.intent.fact == settlement


@pytest.mark.parametrize(
    ("stage", "told_by", "recorded_as"),
    [
        ("promised", Party.SELLER, Party.SELLER),
        ("issued", Party.PLATFORM, Party.PLATFORM),
        ("received", Party.SELLER, Party.BUYER),
    ],
)
def test_who_did_it_is_recorded_and_receiving_is_the_buyers(stage, told_by, recorded_as):
    (change,) = settle(
        agreed(), refund(stage, 10_00), told_by, note="by card", happened_at="2026-11-03"
    ).changes
    said = change.intent
    assert (said.party, said.note, said.happened_at) == (recorded_as, "by card", "2026-11-03")


def test_a_buyer_cannot_issue_a_refund():
    assert settle(agreed(), refund("issued"), Party.BUYER).code == "wrong-party"


@pytest.mark.parametrize(
    ("before", "received", "left"),
    [
        ((), refund("received", 10_00), 0),
        ((), refund("received", 4_00), 6_00),
        ((settled("received", 3_00),), refund("received", 2_00), 5_00),
        ((settled("received", 6_00),), refund("received", 4_00), 0),
        ((settled("promised"),), refund("received", 4_00), 6_00),
        ((settled("promised", 4_00),), refund("received", 4_00), 0),
        ((settled("promised", 8_00), settled("received", 3_00)), refund("received", 5_00), 0),
        ((settled("promised", 8_00),), refund("received"), 8_00),
        ((), refund("received", kind="replacement"), 0),
        ((settled("promised", 8_00),), refund("received", kind="replacement"), 0),
    ],
)
def test_only_a_receipt_in_full_resolves(before, received, left):
    standing = agreed(*before)
    (change,) = settle(standing, received).changes
    assert sum(money.minor for money in left_after(standing, received)) == left
    assert change.to_state is (State.AGREED if left else State.RESOLVED)


@pytest.mark.parametrize("before", [("promised", "received"), ("issued", "received"), ("promised",)])
def test_what_came_before_the_agreement_does_not_stand_for_all_of_it(before):
    standing = case(*(settled(stage, 1_00) for stage in before), move(Action.CONCEDE))
    left = 9_00 - 1_00 * before.count("received")
    assert left_after(standing, refund("received", 1_00)) == (money(left),)
    (change,) = settle(standing, refund("received", 1_00)).changes
    assert change.to_state is State.AGREED
    (change,) = settle(standing, refund("received", left + 1_00)).changes
    assert change.to_state is State.RESOLVED


def test_a_promise_of_more_than_was_agreed_on_stands():
    standing = case(settled("promised", 12_00), move(Action.CONCEDE))
    assert left_after(standing, refund("received", 10_00)) == (money(2_00),)


@pytest.mark.parametrize(
    ("standing", "received", "outcome"),
    [
        (agreed(), refund("received", 10_00), Outcome.REFUNDED),
        (agreed(settled("received", 6_00)), refund("received", 4_00), Outcome.REFUNDED),
        (agreed(settled("promised", 8_00)), refund("received", 8_00), Outcome.PARTLY_REFUNDED),
        (agreed(settled("issued", 9_99)), refund("received", 9_99), Outcome.PARTLY_REFUNDED),
        (agreed(minor=None), refund("received"), Outcome.REFUNDED),
        (agreed(minor=None), refund("received", 4_00), Outcome.REFUNDED),
        (agreed(remedy="partial_refund"), refund("received", 10_00), Outcome.PARTLY_REFUNDED),
        (agreed(move(Action.SHIP_RETURN)), refund("received", 10_00), Outcome.RETURNED_AND_REFUNDED),
        (agreed(), refund("received", kind="replacement"), Outcome.REPLACED),
        (agreed(move(Action.SHIP_RETURN)), refund("received", kind="replacement"), Outcome.REPLACED),
    ],
)
def test_the_outcome_tells_what_arrived(standing, received, outcome):
    (change,) = settle(standing, received).changes
    assert change.outcome is outcome


@pytest.mark.parametrize(
    ("moves", "kind", "expected"),
    [
        ((), "refund", 10_00),
        ((settled("promised", 8_00),), "refund", 8_00),
        ((settled("issued", 8_00), settled("received", 5_00)), "refund", 3_00),
        ((settled("issued", 8_00), settled("received", 8_00)), "refund", None),
        ((settled("promised"),), "refund", 10_00),
        ((settled("received", 4_00),), "refund", 6_00),
        ((settled("issued", 8_00), settled("issued", 8_00, currency="EUR")), "refund", None),
        ((settled("promised", 8_00, kind="replacement"),), "refund", 10_00),
        ((), "replacement", None),
    ],
)
def test_the_amount_to_expect_is_what_is_missing_else_what_was_claimed(moves, kind, expected):
    assert expected_amount(case(*moves), kind) == money(expected)


def test_the_same_settlement_told_twice_is_recorded_once():
    standing = agreed(settled("promised", 4_00))
    assert isinstance(settle(standing, refund("promised", 4_00), Party.BUYER), Unchanged)
