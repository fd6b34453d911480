from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core import deadlines as codes
from dispcli.core.deadlines import (
    BASES,
    MEANINGS,
    Deadline,
    deadline,
    deadlines,
    next_party,
    order_deadlines,
    window_end,
)
from dispcli.core.facts import Claim, Done, Due, DueRemoved, Offer, Replaced, Settlement
from dispcli.core.moments import instant, parse_instant
from dispcli.core.orders import OrderStatus
from dispcli.core.policy import WINDOWS
from dispcli.core.states import Action, Party, State
from dispcli.core.zones import end_of, has_ended
from tests.core.builders import case, move, note, order, policy, request, settled, usd, window

SOURCE = "https://example.org/rules"
RULES = policy(
    windows={
        "seller_answers": window(5),
        "answer_offer": window(10, by="buyer"),
        "escalate": window(20, by="buyer"),
        "marketplace_steps_in": window(7, by="platform"),
        "send_return": window(10, by="buyer"),
        "refund_arrives": window(3, business_days=True, by="platform"),
    }
)
ANSWERS_ONLY = policy(windows={"seller_answers": window(5)})
RETURN = Claim("damaged", "return_and_refund")
PACIFIC = ZoneInfo("America/Los_Angeles")


def estimated(party: Party, at: str, code: str, name: str) -> Deadline:
    return Deadline(party, at, "estimated", code, name, SOURCE)


SELLER = estimated(Party.SELLER, "2026-11-06T09:00:00Z", "seller-answers", "seller_answers")
CLOSES = estimated(Party.BUYER, "2026-11-21T09:00:00Z", "escalate", "escalate")


def told(case_, rules=RULES) -> list[tuple[str, str]]:
    return [(one.code, one.at) for one in deadlines(case_, rules)]


@pytest.mark.parametrize(
    ("moves", "running"),
    [
        ((), [("seller-answers", "06"), ("escalate", "21")]),
        ((move(Action.REVISE),), [("seller-answers", "07"), ("escalate", "21")]),
        ((move(Action.ANSWER),), [("answer-offer", "12"), ("escalate", "21")]),
        ((move(Action.ESCALATE),), [("ruling", "09")]),
        ((move(Action.CONCEDE),), [("send-return", "12")]),
    ],
    ids=["opened", "revised", "answered", "escalated", "agreed"],
)
def test_every_window_runs_from_what_opened_it(moves, running):
    assert told(case(*moves, claim=RETURN)) == [(code, f"2026-11-{day}T09:00:00Z") for code, day in running]


def test_an_estimate_tells_which_window_it_counts_by_and_where_that_is_known_from():
    assert deadlines(case(), RULES) == (SELLER, CLOSES)


def test_another_opening_counts_anew_after_an_answer():
    again = case(move(Action.ANSWER), move(Action.REVISE))
    assert told(again, ANSWERS_ONLY) == [("seller-answers", "2026-11-08T09:00:00Z")]


@pytest.mark.parametrize("remedy", ["refund", "partial_refund", "replacement"])
def test_nothing_has_to_be_sent_back_unless_a_return_was_asked_for(remedy):
    agreed = case(move(Action.CONCEDE), claim=Claim("damaged", remedy))
    assert "send-return" not in dict(told(agreed))


@pytest.mark.parametrize(
    ("moves", "since"),
    [
        ((settled("promised", 1000),), "2026-11-02T09:00:00Z"),
        ((settled("promised", 1000), settled("issued", 1000)), "2026-11-03T09:00:00Z"),
        ((settled("issued", 1000), settled("issued", 500)), "2026-11-03T09:00:00Z"),
        ((settled("issued", 1000), settled("promised", 1000)), "2026-11-02T09:00:00Z"),
        ((settled("issued", 1000), settled("received", 999)), "2026-11-02T09:00:00Z"),
        ((settled("issued"),), "2026-11-02T09:00:00Z"),
        ((move(Action.CONCEDE),), "2026-11-02T09:00:00Z"),
        ((move(Action.CONCEDE), settled("received", 400)), "2026-11-02T09:00:00Z"),
        ((settled("received", 400), move(Action.CONCEDE)), "2026-11-03T09:00:00Z"),
        (
            (
                settled("issued", 400),
                settled("received", 400),
                move(Action.CONCEDE),
                settled("promised", 1000),
            ),
            "2026-11-05T09:00:00Z",
        ),
        ((settled("promised", 1000), settled("issued"), settled("received", 400)), "2026-11-02T09:00:00Z"),
    ],
    ids=[
        "promised",
        "issued",
        "twice",
        "promised-again",
        "in-part",
        "no-amount",
        "agreed",
        "agreed-in-part",
        "in-part-before-agreed",
        "promised-after-a-part-came",
        "the-part-that-was-issued-came",
    ],
)
def test_a_refund_that_has_not_come_is_waited_for(moves, since):
    window_ = RULES.windows["refund_arrives"]
    expected = instant(window_end(since, window_, UTC))
    assert dict(told(case(*moves)))["refund-arrives"] == expected


PLATFORM = note(Settlement("refund", "promised", usd(1000)), Party.PLATFORM)


@pytest.mark.parametrize(
    ("moves", "party", "since"),
    [
        ((settled("promised", 1000),), Party.SELLER, "2026-11-02"),
        ((settled("promised", 1000), settled("promised", 900)), Party.SELLER, "2026-11-03"),
        ((PLATFORM,), Party.PLATFORM, "2026-11-02"),
        ((settled("promised", 1000), settled("received", 400)), Party.SELLER, "2026-11-02"),
        ((move(Action.CONCEDE),), Party.SELLER, "2026-11-02"),
        ((move(Action.CONCEDE), settled("promised", 1000)), Party.SELLER, "2026-11-03"),
    ],
    ids=["promised", "again", "by the platform", "in-part", "agreed", "agreed and promised"],
)
def test_a_refund_that_was_only_promised_waits_where_no_rule_tells_how_long_it_takes(moves, party, since):
    (waited,) = (one for one in deadlines(case(*moves), ANSWERS_ONLY) if one.code == "refund-arrives")
    assert waited == Deadline(party, since, "recorded", "refund-arrives")


BACK = (move(Action.CONCEDE), move(Action.SHIP_RETURN))


@pytest.mark.parametrize("rules", [policy(), RULES], ids=["no rule", "a rule"])
def test_goods_on_their_way_back_bring_a_refund_on_no_day_that_is_known(rules):
    assert deadlines(case(*BACK, claim=RETURN), rules) == (
        Deadline(Party.SELLER, "2026-11-03", "recorded", "refund-arrives"),
    )


def test_a_refund_for_goods_sent_back_is_waited_for_as_any_other_once_it_is_told_of():
    promised = case(*BACK, settled("promised", 1000), claim=RETURN)
    expected = instant(window_end("2026-11-04T09:00:00Z", RULES.windows["refund_arrives"], UTC))
    assert told(promised) == [("refund-arrives", expected)]
    assert told(case(*BACK, settled("received", 400), claim=RETURN)) == []


def test_a_refund_that_was_sent_waits_where_no_rule_tells_how_long_it_takes():
    sent = case(move(Action.CONCEDE), settled("promised", 1000), move(Action.ISSUE, fact=REFUND))
    assert deadlines(sent, policy()) == (Deadline(Party.SELLER, "2026-11-04", "recorded", "refund-arrives"),)


REFUND = Settlement("refund", "issued", usd(1000))
REPLACED = Claim("damaged", "replacement")
NEW_ONE = Settlement("replacement", "issued")


@pytest.mark.parametrize(
    ("moves", "since"),
    [
        ((move(Action.CONCEDE),), "02"),
        ((move(Action.CONCEDE), settled("promised", kind="replacement")), "03"),
        ((move(Action.CONCEDE), move(Action.ISSUE, fact=NEW_ONE)), "03"),
        ((move(Action.CONCEDE), move(Action.SHIP_RETURN)), "03"),
        ((settled("promised", kind="replacement"),), "02"),
    ],
    ids=["agreed", "promised", "sent", "goods on their way back", "promised before"],
)
def test_a_replacement_that_is_owed_or_sent_is_waited_for_on_no_day_that_is_known(moves, since):
    found = [one for one in deadlines(case(*moves, claim=REPLACED), RULES) if "arrives" in one.code]
    assert found == [Deadline(Party.SELLER, f"2026-11-{since}", "recorded", "replacement-arrives")]


@pytest.mark.parametrize(
    "moves",
    [
        (),
        (settled("issued", kind="replacement"), settled("received", kind="replacement")),
        (move(Action.ANSWER),),
    ],
    ids=["opened", "received", "answered"],
)
def test_no_replacement_is_waited_for_that_is_not_owed_or_has_come(moves):
    assert "replacement-arrives" not in dict(told(case(*moves, claim=REPLACED)))


def test_a_replacement_that_the_platform_decided_on_is_the_sellers_to_send():
    decided = case(move(Action.ESCALATE), move(Action.DECIDE, to=State.AGREED), claim=REPLACED)
    assert deadlines(decided, policy()) == (
        Deadline(Party.SELLER, "2026-11-03", "recorded", "replacement-arrives"),
    )


def test_a_refund_that_the_site_shows_as_sent_counts_since_then():
    shown = case(move(Action.OBSERVE, to=State.SETTLING))
    expected = instant(window_end("2026-11-02T09:00:00Z", RULES.windows["refund_arrives"], UTC))
    assert told(shown) == [("refund-arrives", expected)]


def test_a_date_that_was_told_for_a_replacement_counts():
    dated = case(move(Action.CONCEDE), note(Due(Party.SELLER, "2026-12-01")), claim=REPLACED)
    assert told(dated) == [("replacement-arrives", "2026-12-01")]


def test_a_date_that_was_told_for_a_promised_refund_counts():
    dated = case(move(Action.CONCEDE), settled("promised", 1000), note(Due(Party.SELLER, "2026-12-01")))
    assert told(dated) == [("refund-arrives", "2026-12-01")]


@pytest.mark.parametrize(
    "moves",
    [
        (),
        (settled("issued", 1000), settled("received", 1000)),
        (settled("issued"), settled("received")),
        (settled("received", 1000),),
        (settled("promised", kind="replacement"),),
        (settled("received", 1000), move(Action.CONCEDE)),
    ],
    ids=["nothing-told", "all-of-it", "no-amount", "received-only", "replacement", "all-before-agreed"],
)
def test_no_refund_is_waited_for_where_none_is_outstanding(moves):
    assert "refund-arrives" not in dict(told(case(*moves)))


def test_goods_that_go_back_first_bring_no_refund_at_once():
    assert told(case(move(Action.CONCEDE), claim=RETURN), policy()) == [("send-return", "2026-11-02")]


def test_a_pending_cancel_is_to_be_settled_and_stops_no_window():
    pending = case(move(Action.ANSWER), request())
    assert told(pending) == [
        ("confirm-or-keep", "2026-11-03"),
        ("answer-offer", "2026-11-12T09:00:00Z"),
        ("escalate", "2026-11-21T09:00:00Z"),
    ]
    assert deadlines(pending, RULES)[0].basis == "recorded"


@pytest.mark.parametrize(
    ("moves", "code"),
    [((move(Action.ANSWER),), "answer-offer"), ((move(Action.CONCEDE),), "send-return")],
)
def test_what_is_for_the_buyer_to_do_is_due_the_day_it_came_up_where_no_date_is_known(moves, code):
    turn = case(*moves, claim=RETURN)
    assert deadlines(turn, policy()) == (Deadline(Party.BUYER, "2026-11-02", "recorded", code),)
    assert deadline(turn, policy()) is None
    assert deadlines(case(*moves, note(Due(Party.BUYER, "2026-11-30")), claim=RETURN), policy()) == (
        Deadline(Party.BUYER, "2026-11-30", "entered", code),
    )
    assert [one.basis for one in deadlines(turn, RULES) if one.code == code] == ["estimated"]


def test_while_a_cancel_is_pending_no_answer_waits_for_a_date():
    assert [code for code, _ in told(case(move(Action.ANSWER), request()), policy())] == ["confirm-or-keep"]


def test_a_cancel_that_was_asked_for_again_waits_since_then():
    assert told(case(request(), request()), policy()) == [("confirm-or-keep", "2026-11-03")]


CANCELLED = (request(), move(Action.CONFIRM_CANCEL))


def test_a_cancelled_dispute_waits_until_the_site_shows_it():
    assert deadlines(case(*CANCELLED), RULES) == (
        Deadline(Party.BUYER, "2026-11-03", "recorded", "press-button"),
    )


@pytest.mark.parametrize(
    "ending",
    [
        (*CANCELLED, note(Done())),
        (*CANCELLED, note(Replaced(2))),
        (move(Action.CONCEDE), move(Action.RECEIVE, to=State.RESOLVED, outcome="refunded")),
    ],
    ids=["seen", "replaced", "resolved"],
)
def test_nothing_runs_in_a_dispute_that_is_over(ending):
    assert deadlines(case(*ending), RULES) == ()
    assert deadline(case(*ending), RULES) is None


# --- dates that were told ---


@pytest.mark.parametrize(
    ("moves", "party", "code"),
    [
        ((), Party.SELLER, "seller-answers"),
        ((), Party.BUYER, "escalate"),
        ((), Party.PLATFORM, "must-act"),
        ((move(Action.ANSWER),), Party.BUYER, "answer-offer"),
        ((move(Action.ANSWER),), Party.SELLER, "must-act"),
        ((move(Action.ESCALATE),), Party.PLATFORM, "ruling"),
        ((move(Action.ESCALATE),), Party.BUYER, "must-act"),
        ((move(Action.CONCEDE),), Party.BUYER, "send-return"),
        ((move(Action.CONCEDE),), Party.SELLER, "must-act"),
        ((move(Action.CONCEDE), move(Action.SHIP_RETURN)), Party.SELLER, "refund-arrives"),
        ((move(Action.CONCEDE), move(Action.SHIP_RETURN)), Party.BUYER, "must-act"),
        ((request(),), Party.SELLER, "seller-answers"),
    ],
)
def test_a_date_that_was_told_stands_for_what_the_party_has_to_do(moves, party, code):
    entered = case(*moves, note(Due(party, "2026-11-30")), claim=RETURN)
    found = [one for one in deadlines(entered, RULES) if one.at == "2026-11-30"]
    assert found == [Deadline(party, "2026-11-30", "entered", code)]
    assert [one.code for one in deadlines(entered, RULES)].count(code) == 1


def test_without_a_return_the_buyer_has_nothing_to_send():
    agreed = case(move(Action.CONCEDE), note(Due(Party.BUYER, "2026-11-30")))
    assert [one.code for one in deadlines(agreed, policy())] == ["refund-arrives", "must-act"]


def test_what_the_platform_told_is_given():
    given = case(note(Due(Party.SELLER, "2026-11-30T10:00:00Z"), party=Party.PLATFORM))
    assert deadlines(given, policy())[0].basis == "given"


def test_each_party_has_its_own_date():
    both = case(
        note(Due(Party.PLATFORM, "2026-11-10")),
        note(Due(Party.SELLER, "2026-11-09")),
        note(Due(Party.PLATFORM, "2026-11-12")),
        note(Due(Party.BUYER, "2026-11-08")),
    )
    assert told(both, policy()) == [
        ("escalate", "2026-11-08"),
        ("seller-answers", "2026-11-09"),
        ("must-act", "2026-11-12"),
    ]


def test_two_who_must_act_somehow_are_told_apart():
    two = case(
        move(Action.ANSWER), note(Due(Party.SELLER, "2026-11-09")), note(Due(Party.PLATFORM, "2026-11-10"))
    )
    assert [(one.code, one.party) for one in deadlines(two, policy())][1:] == [
        ("must-act", Party.SELLER),
        ("must-act", Party.PLATFORM),
    ]


# --- the next one ---


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ((), SELLER),
        ((move(Action.ESCALATE),), "ruling"),
        ((move(Action.CONCEDE),), "send-return"),
        ((move(Action.ANSWER),), "answer-offer"),
        ((move(Action.CONCEDE), move(Action.SHIP_RETURN)), None),
        ((request(), move(Action.CONFIRM_CANCEL)), None),
    ],
)
def test_the_next_deadline_is_of_whoever_moves_next(moves, expected):
    found = deadline(case(*moves, claim=RETURN), RULES)
    assert (found and found.code if isinstance(expected, str) else found) == expected


@pytest.mark.parametrize(
    "paused", [(note(),), (request(),), (request(), move(Action.KEEP)), (request(), request())]
)
def test_notes_and_a_pending_cancel_do_not_restart_a_window(paused):
    assert deadline(case(*paused), RULES) == SELLER


def test_without_the_window_in_the_policy_there_is_no_estimate():
    assert deadline(case(), policy()) is None
    assert deadlines(case(), policy()) == ()


def test_the_window_runs_from_when_it_happened_not_from_when_it_was_recorded():
    told_late = case(move(Action.ESCALATE, happened_at="2026-10-30T08:00:00Z"))
    found = deadline(told_late, RULES)
    assert found == estimated(Party.PLATFORM, "2026-11-06T08:00:00Z", "ruling", "marketplace_steps_in")


@pytest.mark.parametrize(
    "since",
    [(), (note(),), (request(),), (request(), move(Action.KEEP))],
    ids=["nothing", "note", "request", "keep"],
)
def test_an_entered_date_goes_before_the_estimate_until_the_dispute_moves(since):
    found = deadline(case(note(Due(Party.SELLER, "2026-11-30")), *since), RULES)
    assert found == Deadline(Party.SELLER, "2026-11-30", "entered", "seller-answers")


def test_an_entered_date_is_over_once_the_dispute_moves():
    moved = case(note(Due(Party.SELLER, "2026-11-30")), move(Action.ESCALATE))
    assert deadline(moved, RULES).at == "2026-11-10T09:00:00Z"


@pytest.mark.parametrize(
    ("known", "then"),
    [
        ((), Deadline(Party.SELLER, "2026-11-06T09:00:00Z", "estimated", "seller-answers")),
        (
            (note(Due(Party.SELLER, "2026-12-05"), party=Party.PLATFORM),),
            Deadline(Party.SELLER, "2026-12-05", "given", "seller-answers"),
        ),
    ],
    ids=["estimated", "given"],
)
def test_where_an_entered_date_was_taken_back_what_was_known_without_it_counts(known, then):
    taken = case(*known, note(Due(Party.SELLER, "2026-11-30")), note(DueRemoved(Party.SELLER)))
    found = deadline(taken, RULES)
    assert found._replace(window=None, source=None) == then
    assert found == deadline(case(*known), RULES)


def test_the_newest_entered_date_counts():
    twice = case(note(Due(Party.SELLER, "2026-11-30")), note(Due(Party.BUYER, "2026-12-01")))
    assert deadline(twice, RULES) == Deadline(Party.BUYER, "2026-12-01", "entered", "escalate")


@pytest.mark.parametrize(
    ("moves", "claim", "party"),
    [
        ((), RETURN, Party.SELLER),
        ((move(Action.ANSWER),), RETURN, Party.BUYER),
        ((move(Action.ESCALATE),), RETURN, Party.PLATFORM),
        ((move(Action.CONCEDE),), RETURN, Party.BUYER),
        ((move(Action.CONCEDE),), Claim("late", "refund"), Party.SELLER),
        ((move(Action.ANSWER), request()), RETURN, Party.BUYER),
    ],
)
def test_whose_move_it_is(moves, claim, party):
    assert next_party(case(*moves, claim=claim)) is party


def test_an_accepted_offer_with_a_return_is_sent_back():
    offer = move(Action.ANSWER, fact=Offer("return_and_refund", usd(500)))
    assert next_party(case(offer, move(Action.ACCEPT))) is Party.BUYER


# --- orders without a dispute ---


def opens(after: str, days: int = 15, **told) -> dict:
    return {"open": window(days, by="buyer", after=after, **told)}


@pytest.mark.parametrize(
    ("after", "dates"),
    [
        ("delivery", {"delivered": "2026-11-10T12:00:00Z"}),
        ("latest-delivery", {"promised": "2026-11-10T12:00:00Z"}),
        ("payment", {"placed": "2026-11-10T12:00:00Z"}),
    ],
)
def test_a_dispute_can_be_opened_as_long_as_the_policy_says_since(after, dates):
    bought = order(**{"placed": "2026-10-01", "protection_ends": None} | dates)
    found = order_deadlines(bought, policy(windows=opens(after)))
    assert found == (estimated(Party.BUYER, "2026-11-25T12:00:00Z", "open-dispute", "open"),)


@pytest.mark.parametrize("after", ["delivery", "latest-delivery"])
def test_what_has_not_come_or_was_not_promised_starts_no_window(after):
    bought = order(protection_ends=None)
    assert order_deadlines(bought, policy(windows=opens(after))) == ()


PROMISED = {"promised": "2026-11-10T12:00:00Z", "protection_ends": None}


@pytest.mark.parametrize("status", [OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.UNKNOWN])
def test_the_delivery_of_what_has_not_come_ended_on_the_promised_day(status):
    late = order(status=status, **PROMISED)
    assert order_deadlines(late, policy(windows=opens("delivery"))) == (
        estimated(Party.BUYER, "2026-11-25T12:00:00Z", "open-dispute", "open"),
    )


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"delivered": "2026-11-12T12:00:00Z"}, ["open-dispute 2026-11-27T12:00:00Z"]),
        ({"delivered": "2026-11-01T12:00:00Z"}, ["open-dispute 2026-11-16T12:00:00Z"]),
        ({"status": OrderStatus.DELIVERED}, []),
        ({"protection_ends": "2027-01-31"}, ["protection-ends 2027-01-31"]),
    ],
    ids=["late", "in time", "on a day unknown", "protected"],
)
def test_what_has_come_or_is_protected_does_not_count_from_the_promised_day(known, expected):
    found = order_deadlines(order(**PROMISED | known), policy(windows=opens("delivery")))
    assert [f"{one.code} {one.at}" for one in found] == expected


@pytest.mark.parametrize("status", [OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.UNKNOWN])
def test_protection_counts_as_long_as_nothing_arrived(status):
    waiting = order(status=status, protection_ends="2026-12-01")
    assert order_deadlines(waiting, policy()) == (
        Deadline(Party.BUYER, "2026-12-01", "given", "protection-ends"),
    )


@pytest.mark.parametrize(("known", "basis"), [("given", "given"), ("entered", "entered"), (None, "given")])
def test_the_end_of_protection_tells_how_it_is_known(known, basis):
    waiting = order(protection_ends="2026-12-01", protection_basis=known)
    assert [one.basis for one in order_deadlines(waiting, policy())] == [basis]


@pytest.mark.parametrize(
    "known",
    [
        {"delivered": "2026-11-10"},
        {"status": OrderStatus.DELIVERED},
        {"status": OrderStatus.COMPLETED},
        {"protection_ends": None},
    ],
    ids=lambda known: next(iter(known)) + "-" + str(next(iter(known.values()))),
)
def test_protection_does_not_matter_where_it_arrived_or_is_not_known(known):
    assert order_deadlines(order(**known), policy()) == ()


@pytest.mark.parametrize("status", [OrderStatus.PLACED, OrderStatus.CANCELLED, OrderStatus.CLOSED])
def test_what_was_not_bought_has_no_deadlines(status):
    bought = order(status=status, delivered="2026-11-10")
    assert order_deadlines(bought, policy(windows=opens("delivery"))) == ()


def test_both_deadlines_of_an_order_come_soonest_first():
    waiting = order(placed="2026-11-01", protection_ends="2026-11-05")
    found = order_deadlines(waiting, policy(windows=opens("payment")))
    assert [one.code for one in found] == ["protection-ends", "open-dispute"]


# --- counting ---


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("America/Los_Angeles", datetime(2026, 12, 1, 7, 59, 59, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_day_that_a_platform_shows_ends_on_its_clock(zone, last):
    rules = policy(zone=zone)
    protected = order(status=OrderStatus.SHIPPED, delivered=None, protection_ends="2026-11-30")
    (protection,) = order_deadlines(protected, rules)
    (entered,) = list(deadlines(case(note(Due(Party.BUYER, "2026-11-30"))), rules))
    assert (protection.end(), entered.end()) == (last, last)


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2026-11-30", datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-30T10:00:00Z", datetime(2026, 11, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_day_counts_to_its_end_and_an_instant_to_itself(moment, last):
    assert end_of(moment, "UTC") == last
    assert Deadline(Party.SELLER, moment, "entered", "must-act").end() == last


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
    assert window_end(start, window(days, business), UTC) == end_of(end, "UTC")


@pytest.mark.parametrize(
    ("start", "shape", "end"),
    [
        ("2026-10-30T20:00:00Z", window(5), "2026-11-04T21:00:00Z"),
        ("2026-03-05T20:00:00Z", window(5), "2026-03-10T19:00:00Z"),
        ("2026-10-30", window(5), "2026-11-05T07:59:59Z"),
        ("2026-03-05", window(5), "2026-03-11T06:59:59Z"),
        ("2026-10-29T08:30:00Z", window(3), "2026-11-01T09:30:00Z"),
        ("2026-03-05T10:30:00Z", window(3), "2026-03-08T10:30:00Z"),
        ("2026-10-31T20:00:00Z", window(0, hours=48), "2026-11-02T20:00:00Z"),
        ("2026-10-31", window(0, hours=48), "2026-11-03T06:59:59Z"),
        ("2026-10-31T05:00:00Z", window(1, True), "2026-11-03T06:00:00Z"),
    ],
    ids=[
        "over-the-end-of-summer",
        "over-its-beginning",
        "a-day-in-autumn",
        "a-day-in-spring",
        "into-the-doubled-hour",
        "into-the-skipped-hour",
        "hours",
        "hours-after-a-day",
        "a-friday-there-is-a-saturday-here",
    ],
)
def test_days_are_the_marketplaces(start, shape, end):
    assert instant(window_end(start, shape, PACIFIC)) == end


def test_what_no_calendar_reaches_ends_with_it():
    assert window_end("9999-12-20", window(15), UTC) == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


ZONES = st.sampled_from(
    ["UTC", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo"]
).map(ZoneInfo)
STARTS = st.datetimes(datetime(2015, 1, 1), datetime(2037, 12, 31)).map(
    lambda at: instant(at.replace(tzinfo=UTC))
)
DAYS = st.integers(1, 200)
AN_HOUR = timedelta(hours=1)


@given(STARTS, DAYS, ZONES, st.booleans())
def test_the_end_bears_the_time_of_day_of_the_start(start, days, zone, business):
    """Unless the clock skips that time on that day: then it is as much later as it skips."""
    shown = parse_instant(start).astimezone(zone).replace(tzinfo=None)
    end = window_end(start, window(days, business), zone)
    ended = end.astimezone(zone).replace(tzinfo=None)
    assert ended.time() == shown.time() or (ended - AN_HOUR).time() == shown.time()
    skipped = ended.time() != shown.time()
    assert not skipped or (end - AN_HOUR).astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset()


@given(STARTS, DAYS, ZONES, st.booleans())
def test_nobody_has_less_than_the_days_that_were_promised(start, days, zone, business):
    shown = parse_instant(start).astimezone(zone).replace(tzinfo=None)
    end = window_end(start, window(days, business), zone)
    assert end.astimezone(zone).replace(tzinfo=None) - shown >= timedelta(days=days)
    assert end - parse_instant(start) >= timedelta(days=days) - AN_HOUR


@given(STARTS, DAYS, ZONES, st.booleans())
def test_a_day_more_ends_later(start, days, zone, business):
    ends = [window_end(start, window(count, business), zone) for count in (days, days + 1)]
    assert ends[0] < ends[1]


@given(STARTS, STARTS, DAYS, ZONES, st.booleans())
def test_who_starts_later_ends_later_but_for_the_hour_that_clocks_change_by(a, b, days, zone, business):
    first, second = (window_end(start, window(days, business), zone) for start in sorted((a, b)))
    assert first <= second + AN_HOUR


@given(STARTS, DAYS, ZONES, st.booleans())
def test_a_bare_day_ends_no_sooner_than_any_time_of_it(start, days, zone, business):
    shown = parse_instant(start).astimezone(zone)
    whole = window_end(shown.date().isoformat(), window(days, business), zone)
    assert whole >= window_end(start, window(days, business), zone)


@given(STARTS, st.integers(1, 5000), ZONES)
def test_hours_are_exact_in_every_zone(start, hours, zone):
    assert window_end(start, window(0, hours=hours), zone) - parse_instant(start) == timedelta(hours=hours)


@given(STARTS, DAYS, ZONES)
def test_business_days_end_on_one_and_have_as_many_of_them(start, days, zone):
    shown = parse_instant(start).astimezone(zone).date()
    last = window_end(start, window(days, business_days=True), zone).astimezone(zone).date()
    between = (shown + timedelta(days=count) for count in range(1, (last - shown).days + 1))
    assert sum(day.weekday() < 5 for day in between) == days
    assert last.weekday() < 5


FARTHEST = ("Pacific/Kiritimati", "Etc/GMT+12", "Pacific/Apia", "America/Los_Angeles", "UTC")


@given(STARTS, st.booleans(), st.integers(-72 * 3600, 72 * 3600), st.sampled_from(FARTHEST))
def test_it_has_ended_when_its_last_instant_is_over_wherever_that_is(start, bare, seconds, zone):
    moment = start[:10] if bare else start
    end = end_of(moment, zone)
    for now in (end + timedelta(seconds=seconds), end, end + timedelta(seconds=1)):
        assert has_ended(moment, zone, now) is (end < now)


# --- nothing is forgotten ---


def test_every_code_has_a_meaning():
    known = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)}
    assert known - set(BASES) == set(MEANINGS)


def test_every_window_of_a_policy_is_counted():
    counted = {timer.window for timer in codes._TIMERS} | {"open"}
    assert counted == set(WINDOWS)
