import pytest

from dispcli.core.facts import Claim
from dispcli.core.machine import Unchanged
from dispcli.core.opening import OpenAsk, decide_open
from dispcli.core.states import Action, Outcome, State
from tests.core.builders import CLAIM, NOW, dispute, move, order, policy, request, usd, window

OTHER_CLAIM = Claim("damaged", "refund", usd(3_00))
STRICT = policy(reopening=False)
LENIENT = policy(reopening=True)


def standing(state, **overrides):
    """A dispute about line 1 that ended, or stands where it was answered or opened."""
    moves = {
        State.OPENED: (),
        State.ANSWERED: (move(Action.ANSWER),),
        State.CANCELLED: (request(), move(Action.CONFIRM_CANCEL)),
        State.RESOLVED: (move(Action.LAPSE, outcome=Outcome.EXPIRED),),
    }[state]
    return dispute(*moves, **overrides)


def open_beside(*existing, line_id=1, claim=CLAIM, policy=STRICT, bought=None, **asked):
    return decide_open(existing, OpenAsk(line_id, claim, **asked), bought or order(), policy, NOW)


def opens(decision):
    return [(change.intent.action, change.intent.fact, change.to_state) for change in decision.changes]


OPENED = [(Action.OPEN, CLAIM, State.OPENED)]


def test_a_claim_is_opened_where_nothing_is_open():
    decision = open_beside(note="no lamp in the box", happened_at="2026-11-01")
    assert opens(decision) == OPENED
    said = decision.changes[0].intent
    assert (said.note, said.happened_at) == ("no lamp in the box", "2026-11-01")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [(1, 1), (None, 1), (1, None), (None, None)],
    ids=["one line", "the order has one", "a line has one", "the order again"],
)
def test_an_open_dispute_about_the_same_goods_is_in_the_way(theirs, ours):
    refusal = open_beside(standing(State.OPENED, line_id=theirs), line_id=ours, claim=OTHER_CLAIM)
    assert refusal.code == "already-open"
    assert "D1" in refusal.message
    assert "D1" in refusal.hint


def test_disputes_about_two_lines_stand_beside_each_other():
    assert opens(open_beside(standing(State.OPENED, line_id=2))) == OPENED


def test_an_open_one_is_found_behind_others_that_ended():
    ended, open_one = standing(State.RESOLVED, id=1), standing(State.ANSWERED, id=2)
    assert "D2" in open_beside(ended, open_one, claim=OTHER_CLAIM).message


def test_the_same_claim_again_changes_nothing():
    assert open_beside(standing(State.OPENED)) == Unchanged("D1 is open with the same claim")


@pytest.mark.parametrize(
    ("rival", "asked"),
    [
        (standing(State.ANSWERED), {}),
        (standing(State.OPENED), {"claim": OTHER_CLAIM}),
        (standing(State.OPENED, line_id=None), {}),
    ],
    ids=["answered meanwhile", "another claim", "about the whole order"],
)
def test_what_is_not_quite_the_same_is_refused(rival, asked):
    assert open_beside(rival, **asked).code == "already-open"


def test_opening_again_after_a_cancel_is_refused_by_a_policy_without_reopening():
    refusal = open_beside(standing(State.CANCELLED))
    assert (refusal.code, refusal.findings) == ("reopening", ("reopening",))
    assert "AliExpress" in refusal.message
    assert "--accept-risk reopening" in refusal.hint


@pytest.mark.parametrize(
    ("rival", "asked"),
    [
        (standing(State.CANCELLED), {"accepted": ("reopening",)}),
        (standing(State.CANCELLED), {"policy": LENIENT}),
        (standing(State.CANCELLED, line_id=2), {}),
        (standing(State.CANCELLED, replaced_by=9), {}),
        (standing(State.CANCELLED), {"replaces": standing(State.CANCELLED)}),
        (standing(State.RESOLVED), {}),
    ],
    ids=[
        "the risk is accepted",
        "the policy reopens",
        "another line",
        "recorded in error",
        "it is the one replaced",
        "not cancelled but resolved",
    ],
)
def test_a_cancel_is_no_obstacle_when(rival, asked):
    assert opens(open_beside(rival, **asked)) == OPENED


def test_only_a_final_record_is_replaced():
    refusal = open_beside(replaces=standing(State.ANSWERED))
    assert refusal.code == "not-final"
    assert "D1 is still answered" in refusal.message


# --- the time to open ---


def opening_from(after, days=15):
    """A policy whose time to open is counted from there; NOW is the 20th of November, at noon."""
    return policy(windows={"open": window(days)._replace(after=after)})


def warned(decision):
    assert opens(decision) == OPENED
    return [(found.code, found.level, found.basis) for found in decision.findings]


@pytest.mark.parametrize(
    ("after", "fact"), [("delivery", "delivered"), ("latest-delivery", "promised"), ("payment", "placed")]
)
def test_a_claim_that_comes_too_late_is_warned_of_and_opened(after, fact):
    late, just_in_time = order(**{fact: "2026-11-04"}), order(**{fact: "2026-11-05"})
    found = open_beside(bought=late, policy=opening_from(after))
    assert warned(found) == [("window-over", "warn", "2026-11-19")]
    assert "15 days from " + after in found.findings[0].message
    assert "https://example.org/rules" in found.findings[0].message
    assert warned(open_beside(bought=just_in_time, policy=opening_from(after))) == []


def test_what_never_came_is_too_late_so_long_after_the_promised_day():
    late = order(promised="2026-11-04", protection_ends=None)
    found = open_beside(bought=late, policy=opening_from("delivery"))
    assert warned(found) == [("window-over", "warn", "2026-11-19")]
    protected = late._replace(protection_ends="2026-12-31")
    assert warned(open_beside(bought=protected, policy=opening_from("delivery"))) == []


def test_what_counts_is_the_day_the_dispute_was_opened_on_the_site():
    bought, rules = order(delivered="2026-10-01"), opening_from("delivery")
    assert warned(open_beside(bought=bought, policy=rules, happened_at="2026-10-10")) == []
    assert warned(open_beside(bought=bought, policy=rules, happened_at="2026-10-18")) != []


@pytest.mark.parametrize(
    ("bought", "rules"),
    [
        (order(delivered=None), opening_from("delivery")),
        (order(delivered="2026-01-01"), policy()),
        (order(delivered="2026-01-01"), opening_from("opening")),
    ],
    ids=["no day known", "no window known", "another start"],
)
def test_nothing_is_guessed_where_no_end_is_known(bought, rules):
    assert warned(open_beside(bought=bought, policy=rules)) == []


def test_a_record_that_takes_the_place_of_another_is_not_late():
    rules, bought = opening_from("delivery"), order(delivered="2026-01-01")
    old = standing(State.CANCELLED)
    assert warned(open_beside(old, replaces=old, bought=bought, policy=rules)) == []
