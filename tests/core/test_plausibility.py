"""What is unlikely is warned of: just above is, just as much is not."""

import pytest

from dispcli.core.facts import Claim, Due, Message, Offer, Payout
from dispcli.core.machine import decide
from dispcli.core.money import MAX_MINOR, Money
from dispcli.core.plausibility import doubts_of_changes, doubts_of_claim, out_of_order
from dispcli.core.states import Action, Party
from tests.core.builders import case, move, note, order, settled, usd


def claim(minor, currency="USD"):
    return Claim("late", "refund", None if minor is None else Money(minor, currency))


BOUGHT = order(total=usd(25_00), placed="2026-10-02")
AT = "2026-11-22T12:00:00Z"
DISPUTED = case(claim=claim(10_00), order=BOUGHT)


def doubted(told, *intents):
    """The codes and sentences of what is unlikely about these intents."""
    changes = [decide(told.dispute.position, intent) for intent in intents]
    return [(found.code, found.message) for found in doubts_of_changes(told, changes, AT)]


def codes(told, *intents):
    return [code for code, _ in doubted(told, *intents)]


@pytest.mark.parametrize(
    ("minor", "currency", "total", "found"),
    [
        (25_01, "USD", usd(25_00), ["above-total"]),
        (25_00, "USD", usd(25_00), []),
        (25_01, "EUR", usd(25_00), []),
        (25_01, "USD", None, []),
        (None, "USD", usd(25_00), []),
    ],
    ids=["more", "as much", "another currency", "no total", "no amount"],
)
def test_a_claim_of_more_than_the_order_cost(minor, currency, total, found):
    asked, bought = claim(minor, currency), order(total=total)
    assert [one.code for one in doubts_of_claim(asked, None, bought)] == found
    revised = move(Action.REVISE, fact=asked)
    assert codes(case(order=bought), revised) == found


@pytest.mark.parametrize(("minor", "found"), [(10_01, ["above-claim"]), (10_00, []), (None, [])])
def test_an_offer_of_more_than_is_claimed(minor, found):
    offer = Offer("refund", None if minor is None else usd(minor))
    assert codes(DISPUTED, move(Action.ANSWER, fact=offer)) == found


@pytest.mark.parametrize(
    ("before", "told", "found"),
    [
        ((), settled("issued", 25_01), ["above-owed"]),
        ((), settled("promised", 25_01), ["above-owed"]),
        ((), settled("received", 25_00), []),
        ((), settled("received", 25_01, currency="EUR"), []),
        ((), settled("issued", 25_01, kind="replacement"), []),
        ((), settled("issued"), []),
        ((settled("received", 20_00),), settled("received", 5_00), []),
        ((settled("received", 20_00),), settled("received", 5_01), ["above-owed"]),
        ((settled("issued", 20_00),), settled("received", 20_00), []),
        ((settled("promised", 20_00),), settled("promised", 20_00), []),
        ((move(Action.ANSWER, fact=Offer("refund", usd(30_00))), move(Action.ACCEPT)),
         settled("issued", 30_00), []),
        ((), note(Payout("refund", usd(99_00))), []),
    ],
)  # fmt: skip
def test_a_refund_of_more_than_was_paid_or_is_owed(before, told, found):
    assert codes(case(*before, claim=claim(10_00), order=BOUGHT), told) == found


def test_what_the_sum_of_refunds_comes_to_is_told():
    twice = case(settled("received", 20_00), claim=claim(10_00), order=BOUGHT)
    assert doubted(twice, settled("received", 20_00)) == [
        ("above-owed", "USD 40.00 received in all is more than was paid, claimed or agreed: USD 25.00")
    ]


def test_a_sum_that_is_no_amount_any_more_is_doubted_all_the_same():
    most = MAX_MINOR - 1
    twice = case(settled("received", most), claim=claim(10_00), order=BOUGHT)
    assert codes(twice, settled("received", most)) == ["above-owed"]


@pytest.mark.parametrize(
    ("happened", "found"),
    [("2026-10-01", ["before-order"]), ("2026-10-02", []), ("2026-10-02T00:00:00Z", []), (None, [])],
)
def test_what_happened_before_the_order_was_placed(happened, found):
    said = note(Message(Party.SELLER, "soon"), Party.SELLER, happened_at=happened)
    assert codes(DISPUTED, said) == found
    assert [one.code for one in doubts_of_claim(claim(1), happened, BOUGHT)] == found


@pytest.mark.parametrize(
    ("due", "happened", "found"),
    [
        ("2026-11-22T12:00:00Z", None, []),
        ("2026-11-22T11:59:59Z", None, ["due-over"]),
        ("2026-11-22", None, []),
        ("2026-11-21", None, ["due-over"]),
        ("2026-11-15", "2026-11-15", []),
        ("2026-11-14", "2026-11-15", ["due-over"]),
        ("2026-11-15", "2026-11-15T20:00:00Z", []),
        ("2026-11-14T23:00:00Z", "2026-11-15T20:00:00Z", ["due-over"]),
    ],
)
def test_a_date_that_is_over_when_it_is_told(due, happened, found):
    told = note(Due(Party.SELLER, due), happened_at=happened)
    assert codes(DISPUTED, told) == found
    assert codes(DISPUTED, move(Action.ESCALATE, happened_at=happened), note(Due(Party.SELLER, due))) == found


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2026-10-31", "2026-11-01", True),
        ("2026-10-31", "2026-10-31", False),
        ("2026-10-30T23:59:59Z", "2026-10-31T00:00:00Z", True),
        ("2026-10-31T10:00:00Z", "2026-10-31T23:00:00Z", False),
        ("2026-10-31", "2026-11-01T03:00:00Z", False),  # still 31 October in Los Angeles
        ("2026-10-31", "2026-11-01T12:00:00Z", True),
        ("2026-10-30T11:00:00Z", "2026-10-31", False),  # 31 October already in Kiritimati
        ("2026-10-30T09:00:00Z", "2026-10-31", True),
    ],
)
def test_a_day_is_before_another_where_it_is_on_every_clock(one, other, before):
    assert bool(out_of_order({"placed": other, "shipped": one}, ("shipped",))) is before


DAYS = {
    "placed": "2026-10-02",
    "shipped": "2026-10-04",
    "promised": "2026-10-20",
    "delivered": "2026-10-18T12:00:00Z",
}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, ()),
        ({"shipped": "2026-10-02"}, ()),
        ({"shipped": "2026-10-01"}, ("shipped 2026-10-01 is before placed 2026-10-02",)),
        ({"promised": "2026-10-01"}, ("promised 2026-10-01 is before placed 2026-10-02",)),
        ({"promised": "2026-10-03"}, ()),
        (
            {"delivered": "2026-10-01"},
            (
                "delivered 2026-10-01 is before placed 2026-10-02",
                "delivered 2026-10-01 is before shipped 2026-10-04",
            ),
        ),
        ({"delivered": None}, ()),
    ],
)
def test_days_that_can_not_all_be_right(told, found):
    assert out_of_order(DAYS | told, told) == found


def test_what_was_known_before_is_not_doubted_again():
    assert out_of_order(DAYS | {"shipped": "2026-10-01"}, ("promised",)) == ()
