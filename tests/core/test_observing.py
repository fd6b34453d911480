"""The set rule on every state: what a platform's word means for a dispute that stands somewhere."""

import pytest

from dispcli.core.facts import Done, Due, DueRemoved, KnownAs, Message, Offer, Sighting, Upheld
from dispcli.core.machine import Intent
from dispcli.core.observing import AS_FAR_AS_KNOWN, Observed, contradiction, decide_uphold, enter, observe
from dispcli.core.states import FINAL, Action, Outcome, Party, State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from tests.core.builders import CLAIM, WAYS_TO, case, move, note, recorded, request, usd

SEEN = "2026-11-25T09:00:00Z"
OLD = "2026-11-01T12:00:00Z"
LIVE = [state for state in State if state not in (*FINAL, State.CANCEL_REQUESTED)]
SITES = [state for state in State if state is not State.CANCEL_REQUESTED]
ENDED = sorted(FINAL)
OFFER = Offer("refund", usd(5_00))
ANSWERED_THEN = Intent(Action.ANSWER, Party.SELLER, fact=OFFER, happened_at="2026-11-10T09:00:00Z")


def told(
    *standings: Standing | State, seen_at: str = SEEN, word: str = "word", **more: object
) -> ToldDispute:
    shown = tuple(Standing(one) if isinstance(one, State) else one for one in standings)
    sight = Sight(word, shown)
    return ToldDispute("aliexpress", "1", "P1", CLAIM, "2026-11-01", sight, seen_at, **more)


def steps(seen: Observed) -> list[tuple[Action, State]]:
    return [(change.intent.action, change.to_state) for change in seen.changes]


def facts(seen: Observed) -> list[object]:
    return [change.intent.fact for change in seen.changes]


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("here", LIVE)
def test_a_set_of_one_leads_there_from_every_live_state(here: State, site: State) -> None:
    first = observe(case(*WAYS_TO[here]), told(site))
    assert steps(first) == [(Action.OBSERVE, site)]
    assert (first.conflict, first.remark) == (False, None)


@pytest.mark.parametrize("here", LIVE)
def test_a_set_with_the_state_in_it_changes_nothing(here: State) -> None:
    assert observe(case(*WAYS_TO[here]), told(*SITES)) == Observed(())


@pytest.mark.parametrize("here", LIVE)
def test_a_set_of_several_others_is_kept_as_a_word(here: State) -> None:
    seen = observe(case(*WAYS_TO[here]), told(State.RESOLVED, State.CANCELLED))
    assert (steps(seen), facts(seen)) == ([(Action.NOTE, here)], [Sighting("word")])
    assert seen.remark == f"D1 stays {here}; the site says 'word', which may mean several states"


@pytest.mark.parametrize("here", [State.OPENED, State.ANSWERED, State.ESCALATED])
def test_a_pending_request_counts_as_the_state_it_came_from(here: State) -> None:
    pending = case(*WAYS_TO[here], request())
    assert observe(pending, told(here)) == Observed(())
    others = [site for site in SITES if site not in (here, State.CANCELLED)]
    for site in others:
        seen = observe(pending, told(site))
        assert steps(seen) == [(Action.OBSERVE, site)]
        assert seen.remark
        assert seen.remark.endswith("this withdraws the request to cancel it")
    assert observe(pending, told(State.CANCELLED)).remark is None


@pytest.mark.parametrize("here", ENDED)
@pytest.mark.parametrize("site", [*map(Standing, SITES), Standing(State.RESOLVED, Outcome.REFUNDED)])
def test_nothing_moves_what_is_final(here: State, site: Standing) -> None:
    seen = observe(case(*WAYS_TO[here]), told(site))
    assert all(action is Action.NOTE and state is here for action, state in steps(seen))
    goes_on = site.state not in FINAL
    agrees = site.state is here and site.outcome is None
    assert seen.conflict is (not agrees and (here is State.RESOLVED or not goes_on))


@pytest.mark.parametrize(
    ("outcome", "site", "conflict"),
    [
        (Outcome.REFUNDED, Outcome.REFUNDED, False),
        (Outcome.PARTLY_REFUNDED, Outcome.REFUNDED, False),
        (Outcome.RETURNED_AND_REFUNDED, Outcome.REFUNDED, False),
        (Outcome.REPLACED, Outcome.REFUNDED, True),
        (Outcome.REJECTED, Outcome.REFUNDED, True),
        (Outcome.REFUNDED, Outcome.REJECTED, True),
        (Outcome.UNKNOWN, Outcome.REJECTED, False),
        (Outcome.REJECTED, None, False),
    ],
)
def test_an_end_contradicts_only_another_end(outcome: Outcome, site: Outcome | None, conflict: bool) -> None:
    ended = case(move(Action.OBSERVE, to=State.RESOLVED, outcome=outcome))
    assert observe(ended, told(Standing(State.RESOLVED, site))).conflict is conflict


def test_the_cancel_is_proven_once() -> None:
    ended = case(*WAYS_TO[State.CANCELLED])
    seen = observe(ended, told(State.CANCELLED))
    assert facts(seen) == [Done()]
    (change,) = seen.changes
    assert observe(recorded(ended, change), told(State.CANCELLED)) == Observed(())


def test_what_goes_on_after_it_was_seen_to_be_cancelled_is_a_conflict() -> None:
    ended = case(*WAYS_TO[State.CANCELLED], note(Done()))
    assert observe(ended, told(State.OPENED)).conflict
    assert not observe(ended, told(State.OPENED, seen_at=OLD)).conflict


@pytest.mark.parametrize("here", [*LIVE, *ENDED])
def test_what_is_older_than_the_record_only_adds_facts(here: State) -> None:
    said = Intent(Action.NOTE, Party.SELLER, fact=Message(Party.SELLER, "wait"), happened_at=OLD)
    due = Intent(Action.NOTE, Party.PLATFORM, fact=Due(Party.BUYER, "2026-12-01"), happened_at=OLD)
    led = WAYS_TO[here] or (move(Action.REVISE, fact=CLAIM),)
    seen = observe(case(*led), told(State.AGREED, seen_at=OLD, history=(said, due)))
    assert facts(seen) == [said.fact]
    assert (seen.conflict, seen.remark) == (False, None)


def test_the_opening_makes_nothing_old() -> None:
    """Whoever types a dispute later than it was opened knows no more of it than the platform does."""
    assert steps(observe(case(), told(State.ANSWERED, seen_at="2026-10-30T09:00:00Z"))) == [
        (Action.OBSERVE, State.ANSWERED)
    ]


def test_a_word_is_kept_once_and_an_older_one_not_at_all() -> None:
    several = (State.RESOLVED, State.CANCELLED)
    first = observe(case(), told(*several))
    known = recorded(case(), first.changes[0])
    assert observe(known, told(*several)) == Observed(())
    assert observe(known, told(*several, word="other", seen_at=OLD)) == Observed(())
    assert facts(observe(known, told(*several, word="other"))) == [Sighting("other")]


def test_a_dispute_without_an_id_learns_it_and_keeps_it() -> None:
    unnamed = case()._replace(dispute=case().dispute._replace(platform_id=None))
    assert facts(observe(unnamed, told(State.OPENED)))[0] == KnownAs("P1")
    assert KnownAs("P1") not in facts(observe(case(), told(State.OPENED)))


def test_a_claim_of_which_nothing_is_known_is_learned() -> None:
    vague = case(claim=CLAIM._replace(reason="other", amount=None))
    first, *_ = observe(vague, told(State.OPENED)).changes
    assert (first.intent.action, first.to_state, first.intent.fact) == (Action.REVISE, State.OPENED, CLAIM)
    better = case(claim=CLAIM._replace(reason="other"))
    assert Action.REVISE not in [action for action, _ in steps(observe(better, told(State.OPENED)))]


# --- a dispute nobody knew ---


@pytest.mark.parametrize("site", SITES)
def test_it_is_entered_where_the_word_says(site: State) -> None:
    changes = enter(told(site))
    assert [change.to_state for change in changes] == [State.OPENED, site]
    assert changes[-1].intent.note is None
    assert changes[-1].outcome is (Outcome.UNKNOWN if site is State.RESOLVED else None)


@pytest.mark.parametrize(
    ("standings", "state"),
    [((State.RESOLVED, State.CANCELLED), State.RESOLVED), (tuple(LIVE), State.OPENED), ((), State.OPENED)],
)
def test_where_it_is_not_sure_that_is_said(standings: tuple[State, ...], state: State) -> None:
    *_, last = enter(told(*standings))
    assert (last.to_state, last.intent.note, last.intent.fact) == (state, AS_FAR_AS_KNOWN, Sighting("word"))


def test_what_the_history_leads_to_is_no_conflict_with_a_vaguer_word() -> None:
    ruled = Intent(
        Action.DECIDE, Party.PLATFORM, to=State.RESOLVED, outcome=Outcome.REJECTED, happened_at=OLD
    )
    asked = Intent(Action.ESCALATE, Party.BUYER, happened_at=OLD)
    changes = enter(told(State.RESOLVED, State.CANCELLED, history=(asked, ruled)))
    assert [change.to_state for change in changes] == [State.OPENED, State.ESCALATED, State.RESOLVED]


def test_a_date_to_respond_by_stands_last_so_that_it_counts() -> None:
    due = Intent(Action.NOTE, Party.PLATFORM, fact=Due(Party.BUYER, "2026-12-01"), happened_at=SEEN)
    changes = enter(told(State.ANSWERED, history=(due,)))
    assert [change.intent.fact for change in changes] == [CLAIM, Sighting("word"), due.fact]


def test_a_date_that_was_entered_and_taken_back_is_told_by_the_platform_all_the_same() -> None:
    due = Intent(Action.NOTE, Party.PLATFORM, fact=Due(Party.BUYER, "2026-12-01"), happened_at=SEEN)
    shown = told(State.OPENED, history=(due,))
    entered = (move(Action.REVISE, fact=CLAIM), note(Due(Party.BUYER, "2026-12-01")))
    assert due.fact not in facts(observe(case(*entered), shown))
    taken_back = case(*entered, note(DueRemoved(Party.BUYER)))
    assert due.fact in facts(observe(taken_back, shown))


# --- the past ---


def test_what_is_recorded_as_a_note_is_not_told_again() -> None:
    known = case(note(OFFER, Party.SELLER, happened_at=ANSWERED_THEN.happened_at))
    assert observe(known, told(State.OPENED, State.ANSWERED, history=(ANSWERED_THEN,))) == Observed(())


def test_an_offer_without_a_date_is_the_one_that_stands() -> None:
    undated = ANSWERED_THEN._replace(happened_at=SEEN)
    both = (State.OPENED, State.ANSWERED)
    known = case(move(Action.ANSWER, fact=OFFER))
    assert observe(known, told(*both, history=(undated,))) == Observed(())
    revised = case(move(Action.ANSWER, fact=OFFER), move(Action.REVISE, fact=CLAIM))
    assert steps(observe(revised, told(*both, history=(undated,)))) == [(Action.ANSWER, State.ANSWERED)]


# --- settling ---


def contradicted(*more: Intent) -> object:
    return case(*WAYS_TO[State.RESOLVED], note(Sighting("word"), Party.IMPORT), *more)


def test_the_word_that_denies_a_final_state_is_the_contradiction() -> None:
    found = contradiction(contradicted(note(Message(Party.BUYER, "hm"))))
    assert found
    assert found.fact == Sighting("word")
    assert contradiction(contradicted(note(Upheld()))) is None
    assert contradiction(case(note(Sighting("word"), Party.IMPORT), *WAYS_TO[State.RESOLVED])) is None
    assert contradiction(case(note(Sighting("word"), Party.IMPORT))) is None


def test_a_contradiction_is_upheld_once() -> None:
    uphold = note(Upheld())
    assert [change.intent for change in decide_uphold(contradicted(), uphold).changes] == [uphold]
    assert decide_uphold(contradicted(uphold), uphold).message == "this was settled already"
    assert decide_uphold(case(), uphold).code == "no-conflict"
