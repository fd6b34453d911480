from datetime import UTC, datetime, timedelta

import pytest

from dispcli.core import agenda
from dispcli.core.agenda import (
    AgendaQuery,
    Urgency,
    by_urgency,
    case_items,
    counted,
)
from dispcli.core.facts import Claim, Done, Due, Offer, Settlement
from dispcli.core.money import Money
from dispcli.core.orders import Line, OrderStatus
from dispcli.core.states import Action, Party, State
from tests.core.builders import NOW, case, move, note, order, policy, request, settled, window

SOON = timedelta(seconds=1)
RETURN = Claim("damaged", "return_and_refund", Money(10_00, "USD"))
RULES = policy(
    windows={
        "seller_answers": window(5, then="concede"),
        "answer_offer": window(10, by="buyer"),
        "marketplace_steps_in": window(7, by="platform"),
        "send_return": window(10, by="buyer"),
        "refund_arrives": window(5, by="platform"),
    }
)
CLOSING = policy(windows={"escalate": window(5, by="buyer")})
FIRST_IS_OVER = datetime(2026, 11, 6, 9, tzinfo=UTC)
"""When the seller's five days since the opening are over."""


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def items(case_, now, rules=RULES, **query):
    return list(case_items(case_, rules, AgendaQuery(**query), now))


def order_items(bought, rules, query, now, lines=None):
    """What there is to do about an order, or about these lines of it."""
    return agenda.order_items(bought, bought.lines if lines is None else lines, rules, query, now)


def told(case_, now, rules=RULES, **query):
    return [
        (item.deadline.code, str(item.urgency), tuple(map(str, item.proposals)))
        for item in items(case_, now, rules, **query)
    ]


# --- each kind, firing and not firing ---


@pytest.mark.parametrize(
    ("moves", "window_", "over", "code", "proposals"),
    [
        ((), "seller_answers", 6, "seller-answers", ("concede", "escalate")),
        ((move(Action.ESCALATE),), "marketplace_steps_in", 9, "ruling", ("decide",)),
        ((settled("issued", 1000),), "refund_arrives", 7, "refund-arrives", ("receive", "escalate")),
    ],
)
def test_what_others_have_to_do_needs_the_buyer_once_their_time_is_over(
    moves, window_, over, code, proposals
):
    last = datetime(2026, 11, over, 9, tzinfo=UTC)
    only = policy(windows={window_: RULES.windows[window_]})
    assert told(case(*moves), last, only) == []
    assert told(case(*moves), last, only, waiting=True) == [(code, "today", ())]
    assert told(case(*moves), last + SOON, only) == [(code, "overdue", proposals)]


@pytest.mark.parametrize(
    ("moves", "rules", "over", "code", "before", "after"),
    [
        (
            (move(Action.ANSWER, fact=Offer("refund")),),
            RULES,
            12,
            "answer-offer",
            "accept,escalate",
            "escalate",
        ),
        ((move(Action.ANSWER, fact=Offer()),), RULES, 12, "answer-offer", "escalate", "escalate"),
        ((move(Action.CONCEDE),), RULES, 12, "send-return", "ship_return", "ship_return"),
        ((), CLOSING, 6, "escalate", "escalate", "escalate"),
    ],
    ids=["offer", "refusal", "return", "closing"],
)
def test_what_the_buyer_has_to_do_is_told_before_its_time_is_over_and_after(
    moves, rules, over, code, before, after
):
    last = datetime(2026, 11, over, 9, tzinfo=UTC)
    turn = case(*moves, claim=RETURN)
    assert told(turn, last, rules) == [(code, "today", tuple(before.split(",")))]
    assert told(turn, last + SOON, rules) == [(code, "overdue", (after, "lapse"))]


def test_a_pending_cancel_is_to_be_confirmed_or_kept_on_its_day():
    pending = case(request())
    last = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)
    both = ("confirm_cancel", "keep")
    assert told(pending, last, policy()) == [("confirm-or-keep", "today", both)]
    assert told(pending, last + SOON, policy()) == [("confirm-or-keep", "overdue", both)]
    assert told(case(request(), move(Action.KEEP)), last, policy()) == []


def test_a_cancelled_dispute_stays_until_the_site_shows_it():
    cancelled = (request(), move(Action.CONFIRM_CANCEL))
    assert told(case(*cancelled), NOW) == [("press-button", "overdue", ())]
    assert told(case(*cancelled, note(Done())), NOW) == []


def test_a_date_of_nobodys_own_proposes_nothing():
    entered = case(move(Action.ESCALATE), note(Due(Party.BUYER, "2026-11-21")))
    assert told(entered, NOW, policy()) == [("must-act", "soon", ())]


@pytest.mark.parametrize(
    ("moves", "rules", "proposals"),
    [
        ((move(Action.ANSWER, fact=Offer("refund")), request()), RULES, ("keep",)),
        ((request(),), CLOSING, ("keep",)),
        ((request(),), RULES._replace(windows={}), ()),
    ],
)
def test_while_a_cancel_is_pending_it_is_kept_before_anything_else(moves, rules, proposals):
    now = datetime(2026, 11, 5, tzinfo=UTC)
    found = [one[2] for one in told(case(*moves), now, rules) if one[0] != "confirm-or-keep"]
    assert found == ([proposals] if proposals else [])


def test_while_a_cancel_is_pending_what_is_over_was_kept_and_done_or_lapsed():
    pending = {code: proposals for code, _, proposals in told(case(request()), NOW, CLOSING)}
    assert pending == {"escalate": ("keep", "lapse"), "confirm-or-keep": ("confirm_cancel", "keep")}


@pytest.mark.parametrize(
    "windows",
    [{}, {"seller_answers": window(5)}, {"seller_answers": window(5, then="escalate")}],
    ids=["no window", "nothing told", "told"],
)
def test_where_silence_does_not_concede_it_is_escalated(windows):
    late = case(note(Due(Party.SELLER, "2026-11-19")))
    assert told(late, NOW, policy(windows=windows)) == [("seller-answers", "overdue", ("escalate",))]
    pending = case(request(), note(Due(Party.SELLER, "2026-11-19")))
    assert ("seller-answers", "overdue", ("keep",)) in told(pending, NOW, policy(windows=windows))


def test_a_seller_that_was_silent_concedes_while_a_cancel_is_pending_too():
    pending = {code: proposals for code, _, proposals in told(case(request()), NOW)}
    assert pending["seller-answers"] == ("concede",)


def test_goods_on_their_way_back_can_still_be_judged():
    agreed = case(move(Action.CONCEDE), claim=Claim("late", "refund"))
    assert told(agreed, NOW) == [("refund-arrives", "overdue", ("receive", "escalate"))]
    settling = case(move(Action.CONCEDE), move(Action.ISSUE, fact=settled("issued", 1000).fact))
    assert told(settling, NOW) == [("refund-arrives", "overdue", ("receive",))]


def test_an_offer_that_no_longer_stands_is_not_proposed_to_be_accepted():
    offer = move(Action.ANSWER, fact=Offer("partial_refund", Money(12_00, "USD")))
    revised = move(Action.REVISE, fact=Claim("late", "refund"))
    turn = case(offer, revised, move(Action.OBSERVE, to=State.ANSWERED))
    assert told(turn, NOW, policy()) == [("answer-offer", "overdue", ("escalate",))]


def test_what_has_no_date_is_never_missed():
    turn = case(move(Action.ANSWER, fact=Offer("refund")))
    assert told(turn, NOW, policy()) == [("answer-offer", "overdue", ("accept", "escalate"))]
    (item,) = items(turn, NOW, policy())
    assert item.what == "answer the seller"


def test_a_refund_promised_for_no_known_day_is_told_and_never_presses():
    agreed = case(move(Action.CONCEDE), claim=Claim("late", "refund"))
    (item,) = items(agreed, NOW, policy())
    assert (item.deadline.code, item.urgency, item.pressing) == ("refund-arrives", "later", False)
    assert item.what == "the refund has to arrive"
    assert item.proposals == (Action.RECEIVE, Action.ESCALATE)
    assert items(agreed, NOW, policy(), overdue=True) == []
    soon = items(case(note(Due(Party.BUYER, "2026-11-22"))), NOW, policy())
    assert [one.urgency for one in by_urgency([item, *soon])] == ["soon", "later"]


NEW_ONE = Claim("damaged", "replacement")


def test_a_replacement_that_is_waited_for_may_have_come_or_is_escalated():
    agreed = case(move(Action.CONCEDE), claim=NEW_ONE)
    (item,) = items(agreed, NOW)
    assert (item.deadline.code, item.what) == ("replacement-arrives", "the replacement has to arrive")
    assert (item.urgency, item.proposals) == ("later", (Action.RECEIVE, Action.ESCALATE))
    sent = case(
        move(Action.CONCEDE), move(Action.ISSUE, fact=Settlement("replacement", "issued")), claim=NEW_ONE
    )
    assert told(sent, NOW) == [("replacement-arrives", "later", ("receive",))]
    late = case(move(Action.CONCEDE), note(Due(Party.SELLER, "2026-11-19")), claim=NEW_ONE)
    assert told(late, NOW) == [("replacement-arrives", "overdue", ("receive", "escalate"))]
    assert items(late, NOW)[0].what == "the replacement has not arrived in time"


@pytest.mark.parametrize(
    ("claimed", "promised", "named"),
    [
        ("refund", "refund", None),
        ("refund", "replacement", "replacement"),
        ("replacement", "replacement", None),
        ("replacement", "refund", "refund"),
    ],
)
def test_what_came_is_named_where_it_is_not_what_is_owed(claimed, promised, named):
    waiting = case(settled("promised", kind=promised), claim=Claim("damaged", claimed))
    assert [item.kind for item in items(waiting, NOW, policy())] == [named]


# --- orders without a dispute ---


def order_told(bought, now, rules=None, **query):
    found = order_items(bought, rules or policy(), AgendaQuery(**query), now)
    return [(item.deadline.code, str(item.urgency), item.days_left) for item in found]


def test_protection_that_ends_is_told_until_it_has_ended():
    waiting = order(protection_ends="2026-11-20")
    last = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    assert order_told(waiting, last) == [("protection-ends", "today", 0)]
    assert order_told(waiting, last + SOON) == []
    assert order_told(waiting._replace(status=OrderStatus.DELIVERED), last) == []


def test_the_window_to_open_is_told_until_it_has_closed():
    rules = policy(windows={"open": window(15, by="buyer", after="delivery")})
    came = order(delivered="2026-11-05T12:00:00Z", protection_ends=None)
    last = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert order_told(came, last, rules) == [("open-dispute", "today", 0)]
    assert order_told(came, last + SOON, rules) == []
    assert order_told(came, last - timedelta(days=15), rules) == []
    assert order_told(came, last - timedelta(days=14), rules) == [("open-dispute", "later", 14)]
    assert order_told(came, last, rules, overdue=True) == []


LAMP = Line(1, 1, "Desk lamp")
BULB = Line(2, 2, "Bulb", quantity=3, unit_price=Money(2_00, "USD"))
CORD = Line(3, 3, "Cord", unit_price=Money(1_00, "USD"))


@pytest.mark.parametrize(
    ("lines", "title", "amount"),
    [
        ((BULB,), "Bulb", Money(6_00, "USD")),
        ((BULB, CORD), "Bulb", Money(7_00, "USD")),
        ((BULB, CORD._replace(unit_price=None)), "Bulb", None),
        ((BULB, CORD._replace(unit_price=Money(1_00, "EUR"))), "Bulb", None),
    ],
    ids=["one", "two", "a price unknown", "two currencies"],
)
def test_an_order_in_dispute_is_told_by_the_lines_that_are_left(lines, title, amount):
    bought = order(lines=(LAMP, *lines), total=Money(99_00, "USD"), protection_ends="2026-11-20")
    (item,) = order_items(bought, policy(), AgendaQuery(), NOW, lines)
    assert (item.title, item.amount, item.lines) == (title, amount, lines)


# --- how urgent, and how far ahead ---


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(0, "today"), (1, "soon"), (3, "soon"), (4, "week"), (7, "week"), (8, "later"), (14, "later")],
)
def test_how_urgent_it_is(days, urgency):
    waiting = order(protection_ends=f"{NOW + timedelta(days=days):%Y-%m-%d}")
    assert order_told(waiting, NOW) == [("protection-ends", urgency, days)]


def test_how_far_it_looks_ahead():
    waiting = order(protection_ends="2026-12-05")
    assert order_told(waiting, NOW) == []
    assert order_told(waiting, NOW, days=15) == [("protection-ends", "later", 15)]


def test_what_is_overdue_can_be_told_alone():
    late = case(note(Due(Party.BUYER, "2026-11-21")), note(Due(Party.SELLER, "2026-11-19")))
    assert [one[:2] for one in told(late, NOW, policy(), overdue=True)] == [("seller-answers", "overdue")]
    assert len(told(late, NOW, policy())) == 2


def test_the_days_left_are_days_of_the_users_own_calendar(monkeypatch):
    import time

    tonight = case(note(Due(Party.BUYER, "2026-11-21T04:00:00Z")))
    assert [(item.days_left, item.urgency) for item in items(tonight, NOW, policy())] == [(1, "soon")]
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    assert [(item.days_left, item.urgency) for item in items(tonight, NOW, policy())] == [(0, "today")]


# --- what an item tells ---


def test_what_is_late_is_told_so():
    (item,) = items(case(), FIRST_IS_OVER + SOON)
    assert item.what == "the seller has not answered in time"
    (item,) = items(case(), FIRST_IS_OVER, waiting=True)
    assert item.what == "the seller has to answer"


def test_a_refund_that_is_waited_for_is_told_by_what_is_missing():
    waiting = case(settled("issued", 1000), settled("received", 400))
    amounts = {item.deadline.code: item.amount for item in items(waiting, NOW)}
    assert amounts == {"seller-answers": Money(10_00, "USD"), "refund-arrives": Money(6_00, "USD")}


def test_an_order_is_known_by_its_name_and_a_dispute_by_its_id():
    (item,) = order_items(order(protection_ends="2026-11-20"), policy(), AgendaQuery(), NOW)
    assert (item.target, item.title, item.version) == ("aliexpress:3069099405659913", "Desk lamp", 0)
    assert [(item.target, item.version) for item in items(case(), NOW)] == [("D1", 1)]
    (item,) = order_items(order(protection_ends="2026-11-20", lines=()), policy(), AgendaQuery(), NOW)
    assert item.title == "order 3069099405659913"


def test_the_most_urgent_comes_first():
    late = items(case(note(Due(Party.SELLER, "2026-11-19"))), NOW, policy())
    today = order_items(order(protection_ends="2026-11-20"), policy(), AgendaQuery(), NOW)
    both = by_urgency([*today, *late])
    assert [item.urgency for item in both] == [Urgency.OVERDUE, Urgency.TODAY]
    assert counted(both) == "1 overdue, 1 today"
    assert counted(both[1:]) == "1 today"
    assert counted([]) == ""


def test_a_last_chance_to_complain_about_what_has_come_does_not_press():
    rules = policy(windows={"open": window(15)._replace(after="delivery", by="buyer")})
    came = order(status=OrderStatus.COMPLETED, delivered="2026-11-05", protection_ends=None)
    lost = order(status=OrderStatus.SHIPPED, delivered=None, protection_ends="2026-11-20")
    (chance,) = order_items(came, rules, AgendaQuery(), NOW)
    (protection,) = order_items(lost, rules, AgendaQuery(), NOW)
    assert (chance.urgency, chance.pressing) == ("today", False)
    assert (protection.urgency, protection.pressing) == ("today", True)


def test_what_others_may_still_do_today_does_not_press():
    waited = items(case(note(Due(Party.SELLER, "2026-11-20"))), NOW, policy(), waiting=True)
    assert [item.urgency for item in waited] == [Urgency.TODAY]
    assert counted(waited) == ""
