import pytest

from dispcli.core.facts import Claim, Done, Due, DueRemoved, KnownAs, Message, Offer, Sighting, Upheld
from dispcli.core.machine import Unchanged
from dispcli.core.moving import decide_accept, decide_due, decide_moves
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import case, move, note, request, usd

OFFER = move(Action.ANSWER, fact=Offer("refund", usd(5_00)), note="half", happened_at="2026-11-02")
HELLO = note(Message(Party.SELLER, "hello"), Party.SELLER)
LAPSED = move(Action.LAPSE, outcome=Outcome.EXPIRED)


def moved(standing, intent):
    return decide_moves(standing, (intent,))


def test_a_move_the_table_has_becomes_one_step():
    (change,) = moved(case(), OFFER).changes
    assert (change.intent, change.from_state, change.to_state) == (OFFER, State.OPENED, State.ANSWERED)


def test_a_move_the_table_lacks_is_refused():
    assert moved(case(), move(Action.ACCEPT)).code == "not-allowed"


@pytest.mark.parametrize("told", [OFFER, HELLO, LAPSED], ids=lambda intent: intent.action)
def test_the_same_told_twice_in_a_row_changes_nothing(told):
    decision = moved(case(told), told)
    assert isinstance(decision, Unchanged)
    assert told.action in decision.message


def test_a_final_move_told_again_without_its_outcome_changes_nothing():
    assert isinstance(moved(case(LAPSED), LAPSED._replace(outcome=None)), Unchanged)


def test_a_final_move_told_again_with_another_outcome_is_refused():
    assert moved(case(LAPSED), LAPSED._replace(outcome=Outcome.REJECTED)).code == "final"


def test_a_note_in_between_does_not_make_a_repeated_move_new():
    assert isinstance(moved(case(OFFER, HELLO), OFFER), Unchanged)


def test_a_note_told_again_after_something_else_is_news():
    assert moved(case(HELLO, note(), HELLO, OFFER), HELLO).changes


@pytest.mark.parametrize(
    "changed",
    [
        {"fact": Offer("refund", usd(6_00))},
        {"fact": None},
        {"note": "more than half"},
        {"happened_at": "2026-11-03"},
        {"reason": "second thoughts"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_move_that_says_anything_else_is_a_new_one(changed):
    (change,) = moved(case(OFFER), OFFER._replace(**changed)).changes
    assert change.to_state is State.ANSWERED


@pytest.mark.parametrize(("known", "told"), [(Upheld(), Done()), (Sighting("77"), KnownAs("77"))])
def test_the_same_words_of_another_kind_are_not_the_same(known, told):
    assert moved(case(note(known)), note(told)).changes


def test_the_same_words_of_another_party_are_not_the_same():
    mine, theirs = note(note="see you in court"), note(party=Party.SELLER, note="see you in court")
    assert moved(case(theirs), mine).changes


def test_revising_back_and_forth_is_two_changes():
    revised = move(Action.REVISE, fact=Claim("damaged", "refund", usd(3_00)))
    again = revised._replace(fact=Claim("damaged", "refund", usd(4_00)))
    assert moved(case(revised, again), revised).changes


def test_a_kept_dispute_can_be_asked_to_be_cancelled_again():
    assert moved(case(request(), move(Action.KEEP)), request()).changes


REVISED = move(Action.REVISE, fact=Claim("late", "refund", usd(9_00)))
SEEN = move(Action.OBSERVE, to=State.ANSWERED)
REFUSED = move(Action.ANSWER, fact=Offer())
ACCEPTED = move(Action.ACCEPT)


@pytest.mark.parametrize(
    ("moves", "solution"),
    [
        ((OFFER, ACCEPTED), ("refund", usd(5_00))),
        ((OFFER, HELLO, request(), move(Action.KEEP), ACCEPTED), ("refund", usd(5_00))),
        ((OFFER, ACCEPTED, move(Action.SHIP_RETURN)), ("refund", usd(5_00))),
        ((OFFER, REVISED, SEEN, ACCEPTED), ("refund", usd(9_00))),
        ((OFFER, move(Action.ESCALATE), SEEN, ACCEPTED), ("refund", usd(10_00))),
    ],
    ids=["offer", "asked and kept", "sent back", "revised", "escalated"],
)
def test_what_is_accepted_is_what_the_seller_offers_as_it_stands(moves, solution):
    assert case(*moves).solution == solution


@pytest.mark.parametrize(
    ("moves", "can_accept"),
    [
        ((OFFER,), True),
        ((REFUSED,), False),
        ((OFFER, REFUSED), False),
        ((REFUSED, OFFER), True),
        ((REFUSED, REVISED, SEEN), True),
    ],
    ids=["offer", "refusal", "refused since", "offered since", "answered since nobody knows what"],
)
def test_a_refusal_is_not_accepted_as_long_as_it_stands(moves, can_accept):
    standing = case(*moves)
    assert (Action.ACCEPT in standing.possible) is can_accept
    decision = decide_accept(standing, (ACCEPTED,))
    assert (getattr(decision, "code", None) is None) is can_accept
    assert can_accept or Action.ACCEPT not in decision.allowed


DUE = note(Due(Party.SELLER, "2026-11-30"))


def test_a_date_is_noted_and_moves_nothing():
    (change,) = decide_due(case(), DUE).changes
    assert (change.intent, change.to_state) == (DUE, State.OPENED)


@pytest.mark.parametrize("since", [(), (HELLO,), (note(Due(Party.BUYER, "2026-12-01")),)])
def test_a_date_that_counts_already_is_not_set_again(since):
    assert isinstance(decide_due(case(DUE, *since), DUE), Unchanged)


@pytest.mark.parametrize(
    "since", [(move(Action.REVISE),), (note(Due(Party.SELLER, "2026-12-01")),)], ids=["moved", "another"]
)
def test_a_date_that_counts_no_more_can_be_set_again(since):
    assert decide_due(case(DUE, *since), DUE).changes[0].intent == DUE


TAKEN_BACK = note(DueRemoved(Party.SELLER))
GIVEN = note(Due(Party.SELLER, "2026-12-05"), party=Party.PLATFORM)


@pytest.mark.parametrize("since", [(), (HELLO,), (note(Due(Party.BUYER, "2026-12-01")),)])
def test_what_was_entered_is_taken_back(since):
    (change,) = decide_due(case(DUE, *since), TAKEN_BACK).changes
    assert (change.intent, change.to_state) == (TAKEN_BACK, State.OPENED)


@pytest.mark.parametrize(
    "known",
    [(), (GIVEN,), (DUE, GIVEN), (DUE, TAKEN_BACK), (DUE, move(Action.REVISE))],
    ids=["nothing", "given", "given since", "taken back", "moved"],
)
@pytest.mark.parametrize("explained", [None, "misread"])
def test_what_does_not_count_or_was_given_is_not_taken_back(known, explained):
    decision = decide_due(case(*known), TAKEN_BACK._replace(note=explained))
    assert decision == Unchanged("no date entered for the seller counts")


def test_a_date_that_counts_can_be_explained():
    explained = DUE._replace(note="the site says so")
    assert decide_due(case(DUE), explained).changes[0].intent == explained


@pytest.mark.parametrize("ending", [(LAPSED,), (request(), move(Action.CONFIRM_CANCEL))])
def test_nobody_has_to_act_by_any_date_once_it_is_over(ending):
    assert decide_due(case(*ending), DUE).code == "final"
