import pytest

from dispcli.core.facts import Claim, Done, Message, Replaced, Sighting
from dispcli.core.replay import BrokenHistory
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import CLAIM, event, history, move, note, recorded_at, replayed, request, usd

ANSWERED = history(move(Action.ANSWER), request(), move(Action.KEEP), note(Message(Party.SELLER, "hello")))


def broken(seq, **lie):
    """A sound history with one event told wrongly."""
    return (*ANSWERED[: seq - 1], ANSWERED[seq - 1]._replace(**lie), *ANSWERED[seq:])


def test_a_sound_history_makes_the_dispute():
    dispute = replayed(ANSWERED)
    assert (dispute.state, dispute.origin, dispute.version) == (State.ANSWERED, None, 5)
    assert (dispute.id, dispute.order_id, dispute.line_id, dispute.platform_id) == (1, 1, 1, "P1")
    assert (dispute.claim, dispute.outcome, dispute.seen_at, dispute.replaced_by) == (CLAIM, None, None, None)
    assert (dispute.opened_at, dispute.updated_at) == (recorded_at(1), recorded_at(5))


@pytest.mark.parametrize(
    ("events", "seq", "told"),
    [
        ((*ANSWERED[:2], *ANSWERED[3:]), 4, "event 3 is missing"),
        (ANSWERED[1:], 2, "event 1 is missing"),
        ((*ANSWERED, ANSWERED[-1]), 5, "event 6 is missing"),
        (broken(2, from_state=State.ESCALATED), 2, "starts from escalated, but the dispute was opened"),
        (broken(2, from_state=None), 2, "starts from none, but the dispute was opened"),
        (broken(1, from_state=State.OPENED), 1, "starts from opened, but the dispute was none"),
        (broken(2, party=Party.BUYER), 2, "answer is the seller's action, not the buyer's"),
        (broken(2, action=Action.KEEP), 2, "keep is not possible while the dispute is opened"),
        (broken(2, to_state=State.AGREED), 2, "leads to agreed, the rules to answered"),
        (broken(4, to_state=State.ESCALATED), 4, "leads to escalated, the rules to answered"),
        (broken(5, to_state=State.CANCELLED), 5, "leads to cancelled, the rules to answered"),
        (broken(1, fact=None), 1, "does not begin with a claim"),
        ((), 1, "does not begin with a claim"),
        (broken(1, action=Action.NOTE), 1, "note is not possible while the dispute is not opened"),
    ],
)
def test_a_broken_history_is_refused_at_the_event_that_breaks_it(events, seq, told):
    with pytest.raises(BrokenHistory, match=told) as broken:
        replayed(events)
    assert broken.value.seq == seq


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.NOTE])
def test_nothing_but_a_note_follows_a_cancel(action):
    ended = history(request(), move(Action.CONFIRM_CANCEL))
    revived = event(4, action=action, from_state=State.CANCELLED, to_state=State.OPENED)
    with pytest.raises(BrokenHistory) as broken:
        replayed((*ended, revived))
    assert broken.value.seq == 4


def test_the_newest_claim_counts():
    claim = Claim("damaged", "partial_refund", usd(5_00))
    assert replayed(history(move(Action.REVISE, fact=claim))).claim == claim


def test_a_pending_request_remembers_where_it_came_from():
    dispute = replayed(history(move(Action.ESCALATE), request()))
    assert (dispute.state, dispute.origin) == (State.CANCEL_REQUESTED, State.ESCALATED)
    assert dispute.standing is State.ESCALATED


def test_the_outcome_is_the_resolving_events_and_later_notes_leave_it():
    lapsed = move(Action.LAPSE, outcome=Outcome.EXPIRED)
    assert replayed(history(lapsed, note())).outcome is Outcome.EXPIRED


@pytest.mark.parametrize(
    ("moves", "seen_at"),
    [
        ((request(), move(Action.CONFIRM_CANCEL)), None),
        ((request(), move(Action.CONFIRM_CANCEL), note(Done()), note()), recorded_at(4)),
        ((move(Action.OBSERVE, to=State.CANCELLED), note()), recorded_at(2)),
        ((move(Action.OBSERVE, to=State.AGREED, fact=Sighting("reached")),), None),
        ((note(Sighting("finish"), Party.IMPORT),), None),
    ],
)
def test_it_is_seen_on_the_site_when_pressed_there_or_shown_as_cancelled(moves, seen_at):
    assert replayed(history(*moves)).seen_at == seen_at


def test_a_record_made_in_error_gives_its_platform_id_away():
    ended = history(request(), move(Action.CONFIRM_CANCEL), note(Replaced(7)))
    dispute = replayed(ended)
    assert (dispute.replaced_by, dispute.platform_id, dispute.state) == (7, None, State.CANCELLED)


def test_the_day_it_is_said_to_have_been_opened_counts_before_the_day_it_was_recorded():
    first = history()[0]._replace(happened_at="2026-10-20")
    dispute = replayed((first,))
    assert (dispute.opened_at, dispute.updated_at) == ("2026-10-20", recorded_at(1))
