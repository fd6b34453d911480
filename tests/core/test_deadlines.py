from datetime import UTC, datetime

import pytest

from dispcli.core.deadlines import Deadline, add_window, deadline, end_of
from dispcli.core.facts import Claim, Due
from dispcli.core.states import Action, Party
from tests.core.builders import case, move, note, policy, request, window

RULES = policy(
    windows={"seller_answers": window(5), "marketplace_steps_in": window(7), "send_return": window(10)}
)
RETURN = Claim("damaged", "return_and_refund")
SELLER = Deadline(Party.SELLER, "2026-11-06T09:00:00Z", "estimated")


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ((), SELLER),
        ((move(Action.REVISE),), Deadline(Party.SELLER, "2026-11-07T09:00:00Z", "estimated")),
        ((move(Action.ESCALATE),), Deadline(Party.PLATFORM, "2026-11-09T09:00:00Z", "estimated")),
        ((move(Action.CONCEDE),), Deadline(Party.BUYER, "2026-11-12T09:00:00Z", "estimated")),
        ((move(Action.ANSWER),), None),
        ((move(Action.CONCEDE), move(Action.SHIP_RETURN)), None),
        ((request(), move(Action.CONFIRM_CANCEL)), None),
    ],
)
def test_a_window_of_the_policy_runs_from_the_move_that_opened_it(moves, expected):
    assert deadline(case(*moves, claim=RETURN), RULES) == expected


@pytest.mark.parametrize(
    "paused", [(note(),), (request(),), (request(), move(Action.KEEP)), (request(), request())]
)
def test_notes_and_a_pending_cancel_do_not_restart_a_window(paused):
    assert deadline(case(*paused), RULES) == SELLER


@pytest.mark.parametrize("remedy", ["refund", "partial_refund", "replacement"])
def test_nothing_has_to_be_sent_back_unless_a_return_was_asked_for(remedy):
    assert deadline(case(move(Action.CONCEDE), claim=Claim("damaged", remedy)), RULES) is None


def test_without_the_window_in_the_policy_there_is_no_estimate():
    assert deadline(case(), policy()) is None


def test_the_window_runs_from_when_it_happened_not_from_when_it_was_recorded():
    told_late = case(move(Action.ESCALATE, happened_at="2026-10-30"))
    assert deadline(told_late, RULES) == Deadline(Party.PLATFORM, "2026-11-06T00:00:00Z", "estimated")


@pytest.mark.parametrize(
    "since",
    [(), (note(),), (request(),), (request(), move(Action.KEEP))],
    ids=["nothing", "note", "request", "keep"],
)
def test_an_entered_date_goes_before_the_estimate_until_the_dispute_moves(since):
    entered = note(Due(Party.PLATFORM, "2026-11-30"))
    assert deadline(case(entered, *since), RULES) == Deadline(Party.PLATFORM, "2026-11-30", "entered")


def test_an_entered_date_is_over_once_the_dispute_moves():
    moved = case(note(Due(Party.SELLER, "2026-11-30")), move(Action.ESCALATE))
    assert deadline(moved, RULES) == Deadline(Party.PLATFORM, "2026-11-10T09:00:00Z", "estimated")


def test_the_newest_entered_date_counts():
    twice = case(note(Due(Party.SELLER, "2026-11-30")), note(Due(Party.BUYER, "2026-12-01")))
    assert deadline(twice, RULES) == Deadline(Party.BUYER, "2026-12-01", "entered")


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2026-11-30", datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-30T10:00:00Z", datetime(2026, 11, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_day_counts_to_its_end_and_an_instant_to_itself(moment, last):
    assert end_of(moment) == last
    assert Deadline(Party.SELLER, moment, "entered").end() == last


@pytest.mark.parametrize(
    ("start", "days", "business", "end"),
    [
        ("2026-11-20", 3, False, "2026-11-23"),
        ("2026-11-20", 1, True, "2026-11-23"),
        ("2026-11-20", 3, True, "2026-11-25"),
        ("2026-11-21", 1, True, "2026-11-23"),
        ("2026-11-22", 5, True, "2026-11-27"),
        ("2026-11-23", 5, True, "2026-11-30"),
        ("2026-11-23", 20, True, "2026-12-21"),
    ],
)
def test_business_days_are_monday_to_friday(start, days, business, end):
    first, last = (datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (start, end))
    assert add_window(first, window(days, business)) == last


def test_a_window_of_hours_ends_to_the_hour():
    start = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert add_window(start, window(0)._replace(hours=48)) == datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
