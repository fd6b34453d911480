"""A history says the same however it came about: at once, event by event, or seen at a glance first."""

import pytest

from dispcli.core.events import Event
from dispcli.core.facts import Due, DueRemoved, Message, Offer
from dispcli.core.histories import History, gist_of
from dispcli.core.states import Action, Party
from tests.core.builders import history, move, note, request, settled

OFFER = move(Action.ANSWER, fact=Offer("refund"))
WROTE = note(Message(Party.SELLER, "wait"))
DUE = note(Due(Party.SELLER, "2026-11-30"))
GIVEN = note(Due(Party.SELLER, "2026-12-05"), Party.PLATFORM)
TAKEN_BACK = note(DueRemoved(Party.SELLER))

HISTORIES = {
    "opened": history(),
    "the buyer wrote": history(note(Message(Party.BUYER, "where is it?"))),
    "the seller wrote": history(WROTE),
    "answered twice": history(OFFER, note(), OFFER),
    "a date, then a move": history(DUE, OFFER),
    "a move, then dates": history(OFFER, DUE, note(Due(Party.BUYER, "2026-12-01"))),
    "two dates, taken back": history(DUE, note(Due(Party.SELLER, "2026-12-01")), TAKEN_BACK),
    "given, entered, taken back": history(GIVEN, DUE, TAKEN_BACK),
    "entered, taken back, given": history(DUE, TAKEN_BACK, GIVEN),
    "taken back, entered again": history(DUE, TAKEN_BACK, DUE),
    "another's is not taken back": history(DUE, note(Due(Party.BUYER, "2026-12-01")), TAKEN_BACK),
    "taken back, then a move": history(DUE, TAKEN_BACK, OFFER, DUE),
    "requested, kept, requested": history(request(), move(Action.KEEP), request("agreement"), note()),
    "accepted, settled": history(OFFER, move(Action.ACCEPT), settled("promised", 5_00), settled("received")),
    "escalated with a date": history(move(Action.ESCALATE, fact=Due(Party.PLATFORM, "2026-12-02"))),
    "moved at a time told": history(move(Action.ANSWER, fact=Offer(), happened_at="2026-10-30")),
}
ASKED = (
    *("settlements", "offers", "dues", "entered", "entry", "last_move", "request", "solved"),
    *("seller_acted", "seller_events"),
)


def answers(told: History) -> dict[str, object]:
    return {name: getattr(told, name) for name in ASKED} | {"events": tuple(told), "length": len(told)}


def dues_of(name: str) -> list[Due]:
    return [due for _, due in History(HISTORIES[name]).dues]


def one_by_one(events: tuple[Event, ...]) -> History:
    told = History()
    for event in events:
        told = told.then(event)
    return told


def at_a_glance(events: tuple[Event, ...]) -> History:
    gist = gist_of([event.sketch for event in events])
    return History.later(gist, [event.moment for event in events], lambda: events)


@pytest.mark.parametrize("made", [one_by_one, at_a_glance])
@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_says_the_same_however_it_came_about(made, name):
    assert answers(made(HISTORIES[name])) == answers(History(HISTORIES[name]))


def test_what_is_asked_is_the_newest_or_all_of_it():
    asked = History(HISTORIES["requested, kept, requested"])
    assert (asked.request, asked.last_move) == (asked[3], asked[3])
    assert (asked.entered, asked.seller_acted, asked.dues) == (asked[0].at, False, ())
    settled_twice = History(HISTORIES["accepted, settled"])
    assert [event.seq for event, _ in settled_twice.settlements] == [4, 5]
    assert settled_twice.solved == settled_twice[2]
    assert dues_of("a move, then dates") == [DUE.fact, Due(Party.BUYER, "2026-12-01")]
    assert dues_of("a date, then a move") == []
    assert dues_of("escalated with a date") == [Due(Party.PLATFORM, "2026-12-02")]
    assert History(HISTORIES["moved at a time told"]).entered == "2026-10-30"


def test_what_was_entered_counts_until_it_is_taken_back():
    assert dues_of("two dates, taken back") == []
    assert dues_of("given, entered, taken back") == [GIVEN.fact]
    assert dues_of("entered, taken back, given") == [GIVEN.fact]
    assert dues_of("taken back, entered again") == [DUE.fact]
    assert dues_of("another's is not taken back") == [Due(Party.BUYER, "2026-12-01")]
    assert dues_of("taken back, then a move") == [DUE.fact]


def test_a_history_never_changes_and_two_may_go_on_from_it():
    first, second, third = history(OFFER, WROTE)
    begun = History([first])
    offered = begun.then(second)
    instead = begun.then(third)
    assert (list(begun), list(offered), list(instead)) == ([first], [first, second], [first, third])
    assert (begun.seller_acted, offered.offers, instead.offers) == (False, ((second, second.fact),), ())
    assert offered.then(third) == (first, second, third)
    assert begun == (first,)


def test_what_is_seen_at_a_glance_fetches_no_event():
    events = HISTORIES["the seller wrote"]
    gist = gist_of([event.sketch for event in events])

    def fetch() -> tuple[Event, ...]:
        raise AssertionError("fetched")

    seen = History.later(gist, [event.moment for event in events], fetch)
    assert (seen.seller_acted, seen.entered, seen.settlements, seen.request, len(seen)) == (
        True,
        events[0].at,
        (),
        None,
        2,
    )


def test_a_fetched_history_ends_where_it_ended_when_it_was_seen():
    events = HISTORIES["the seller wrote"]
    seen = History.later(gist_of([events[0].sketch]), [events[0].moment], lambda: events)
    assert seen == events[:1]
    assert seen.last_move == events[0]
    assert seen.then(events[1]) == events
