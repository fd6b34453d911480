"""PayPal's disputes as its API answers them: the list, a detail, several details."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.facts import Claim, Due, Message, Offer
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from dispcli.errors import BadInput
from dispcli.formats.source import Mistake
from tests.formats.paypal.reading import SAVED, format_of, read, told


def usd(value: str) -> dict[str, str]:
    return {"currency_code": "USD", "value": value}


def listed(**changes: Any) -> dict[str, Any]:
    """A dispute as the list has it; a key changed to None is left out."""
    dispute = {
        "dispute_id": "PP-D-77001",
        "create_time": "2026-09-01T10:00:00.000Z",
        "update_time": "2026-09-03T12:30:45.678Z",
        "status": "WAITING_FOR_SELLER_RESPONSE",
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "dispute_amount": usd("48.20"),
    } | changes
    return {key: value for key, value in dispute.items() if value is not None}


def detail(**changes: Any) -> dict[str, Any]:
    """A dispute as the detail has it."""
    paid = {
        "seller_transaction_id": "4SE11111AA2222333",
        "create_time": "2026-08-20T06:15:00-07:00",
        "transaction_status": "COMPLETED",
        "gross_amount": usd("59.90"),
        "seller": {"name": "Bright Things", "merchant_id": "MERCH7STORE42"},
    }
    return listed(**{"disputed_transactions": [paid]} | changes)


def dispute_of(value: Any) -> ToldDispute:
    _, dispute = told(json.dumps(value))
    assert isinstance(dispute, ToldDispute)
    return dispute


def mistake_of(value: Any) -> Mistake:
    (mistake,) = read(json.dumps(value))
    assert isinstance(mistake, Mistake)
    return mistake


def test_a_listed_dispute_is_an_order_of_its_own_number_and_a_dispute() -> None:
    assert told(json.dumps({"items": [listed()], "links": []})) == [
        NewOrder(
            marketplace="paypal",
            number="PP-D-77001",
            placed="2026-09-01T10:00:00Z",
            placed_exact=False,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2026-09-03T12:30:45Z",
        ),
        ToldDispute(
            marketplace="paypal",
            order="PP-D-77001",
            platform_id="PP-D-77001",
            claim=Claim("not-received", "refund", Money(4820, "USD"), "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"),
            opened="2026-09-01T10:00:00Z",
            sight=Sight("WAITING_FOR_SELLER_RESPONSE", (Standing(State.OPENED),)),
            seen_at="2026-09-03T12:30:45Z",
        ),
    ]


def test_a_detail_tells_the_payment() -> None:
    order, dispute = told(json.dumps(detail()))
    assert order == NewOrder(
        marketplace="paypal",
        number="4SE11111AA2222333",
        placed="2026-08-20T13:15:00Z",
        placed_exact=True,
        status=OrderStatus.PAID,
        status_raw="COMPLETED",
        seen_at="2026-09-03T12:30:45Z",
        seller_name="Bright Things",
        store_id="MERCH7STORE42",
        total=Money(5990, "USD"),
    )
    assert isinstance(dispute, ToldDispute)
    assert (dispute.order, dispute.platform_id) == ("4SE11111AA2222333", "PP-D-77001")


def test_the_buyers_own_transaction_id_goes_first() -> None:
    """It is what the buyer's activity shows, so that a refund there finds its payment."""
    both = {"seller_transaction_id": "SELLERSIDE", "buyer_transaction_id": "BUYERSIDE"}
    assert dispute_of(detail(disputed_transactions=[both])).order == "BUYERSIDE"


@pytest.mark.parametrize("transactions", [None, [], [{}]])
def test_without_a_transaction_the_dispute_numbers_the_order(transactions: Any) -> None:
    order, _ = told(json.dumps(detail(disputed_transactions=transactions)))
    assert isinstance(order, NewOrder)
    assert (order.number, order.placed, order.placed_exact) == ("PP-D-77001", "2026-09-01T10:00:00Z", False)


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        ({"items": [listed(), listed(dispute_id="PP-D-77002")]}, 4),
        ([detail(), detail(dispute_id="PP-D-77002")], 4),
        (detail(), 2),
        ({"items": [], "links": []}, 0),
    ],
)
def test_each_shape_is_recognised(value: Any, entries: int) -> None:
    assert format_of(json.dumps(value)) == "paypal-disputes"
    assert len(told(json.dumps(value))) == entries


REFUNDED, REJECTED = (Standing(State.RESOLVED, outcome) for outcome in (Outcome.REFUNDED, Outcome.REJECTED))
ENDED = (Standing(State.RESOLVED), Standing(State.CANCELLED))


@pytest.mark.parametrize(
    ("changes", "word", "standings"),
    [
        ({"status": "OPEN"}, "OPEN", (Standing(State.OPENED),)),
        ({"status": "WAITING_FOR_BUYER_RESPONSE"}, "WAITING_FOR_BUYER_RESPONSE", (Standing(State.ANSWERED),)),
        ({"status": "UNDER_REVIEW"}, "UNDER_REVIEW", (Standing(State.ESCALATED),)),
        ({"status": "OTHER"}, "OTHER", ()),
        ({"status": "RESOLVED"}, "RESOLVED", ENDED),
        ({"status": "RESOLVED", "dispute_outcome": {}}, "RESOLVED", ENDED),
        ({"status": "RESOLVED", "dispute_outcome": {"outcome_code": "NONE"}}, "NONE", ENDED),
        (
            {"status": "RESOLVED", "dispute_outcome": {"outcome_code": "CANCELED_BY_BUYER"}},
            "CANCELED_BY_BUYER",
            (Standing(State.CANCELLED),),
        ),
        ({"status": "RESOLVED", "dispute_outcome": {"outcome_code": "ACCEPTED"}}, "ACCEPTED", (REFUNDED,)),
        (
            {"status": "RESOLVED", "dispute_outcome": {"outcome_code": "RESOLVED_WITH_PAYOUT"}},
            "RESOLVED_WITH_PAYOUT",
            (REFUNDED,),
        ),
        ({"status": "RESOLVED", "dispute_outcome": {"outcome_code": "DENIED"}}, "DENIED", (REJECTED,)),
        ({"status": "RESOLVED", "dispute_outcome": {"outcome_code": "FUTURE"}}, "FUTURE", ()),
        (
            {"status": "UNDER_REVIEW", "dispute_outcome": {"outcome_code": "DENIED"}},
            "UNDER_REVIEW",
            (Standing(State.ESCALATED),),
        ),
    ],
)
def test_the_status_or_the_outcome_says_where_it_stands(
    changes: dict[str, Any], word: str, standings: tuple[Standing, ...]
) -> None:
    assert dispute_of(listed(**changes)).sight == Sight(word, standings)


@pytest.mark.parametrize(
    ("reason", "slug"),
    [
        ("MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", "not-as-described"),
        ("UNAUTHORISED", "other"),
        ("SOMETHING_NEW", "other"),
        (None, "other"),
    ],
)
def test_the_reason_is_ours_beside_the_platforms_own(reason: str | None, slug: str) -> None:
    claim = dispute_of(listed(reason=reason)).claim
    assert (claim.reason, claim.reason_raw) == (slug, reason)


@pytest.mark.parametrize(
    ("currency", "value", "amount"),
    [("JPY", "5000", "JPY 5000"), ("KWD", "1.234", "KWD 1.234"), ("USD", "50", "USD 50.00")],
)
def test_amounts_have_the_decimals_of_their_currency(currency: str, value: str, amount: str) -> None:
    told_amount = {"currency_code": currency, "value": value}
    assert str(dispute_of(listed(dispute_amount=told_amount)).claim.amount) == amount


def test_an_absent_amount_and_update_time_are_no_mistake() -> None:
    dispute = dispute_of(listed(dispute_amount=None, update_time=None))
    assert (dispute.claim.amount, dispute.seen_at) == (None, SAVED)


def test_the_history_is_told_oldest_first() -> None:
    messages = [
        {"posted_by": "ARBITER", "time_posted": "2026-09-03T09:00:00.000Z", "content": "Send us a photo"},
        {"posted_by": "SELLER", "time_posted": "2026-09-02T01:00:00+02:00", "content": "It was sent"},
        {"posted_by": "SELLER", "time_posted": "2026-09-02T09:00:00Z"},
        {"posted_by": "BUYER", "time_posted": "2026-09-01T10:00:04.999Z", "content": "Nothing came"},
    ]
    dues = {
        "seller_response_due_date": "2026-09-11T07:00:00.000Z",
        "buyer_response_due_date": "2026-09-21T07:00:00.000Z",
    }
    assert dispute_of(detail(messages=messages, **dues)).history == (
        Intent(
            Action.NOTE,
            Party.BUYER,
            fact=Message(Party.BUYER, "Nothing came"),
            happened_at="2026-09-01T10:00:04Z",
        ),
        Intent(
            Action.NOTE,
            Party.SELLER,
            fact=Message(Party.SELLER, "It was sent"),
            happened_at="2026-09-01T23:00:00Z",
        ),
        Intent(
            Action.NOTE,
            Party.PLATFORM,
            fact=Message(Party.PLATFORM, "Send us a photo"),
            happened_at="2026-09-03T09:00:00Z",
        ),
        Intent(
            Action.NOTE,
            Party.PLATFORM,
            fact=Due(Party.SELLER, "2026-09-11T07:00:00Z"),
            happened_at="2026-09-03T12:30:45Z",
        ),
        Intent(
            Action.NOTE,
            Party.PLATFORM,
            fact=Due(Party.BUYER, "2026-09-21T07:00:00Z"),
            happened_at="2026-09-03T12:30:45Z",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (None, "refund"),
        ("REFUND", "refund"),
        ("REFUND_WITH_RETURN", "return_and_refund"),
        ("REFUND_WITH_REPLACEMENT", "replacement"),
    ],
)
def test_an_offer_that_stands_is_the_sellers_answer(kind: str | None, remedy: str) -> None:
    offer = {"buyer_requested_amount": usd("48.20"), "seller_offered_amount": usd("20.00")}
    offer |= {"offer_type": kind} if kind else {}  # type: ignore[dict-item]
    assert dispute_of(detail(offer=offer)).history == (
        Intent(
            Action.ANSWER,
            Party.SELLER,
            fact=Offer(remedy, Money(2000, "USD")),
            happened_at="2026-09-03T12:30:45Z",
        ),
    )


def test_what_only_the_buyer_asked_for_is_no_answer() -> None:
    assert dispute_of(detail(offer={"buyer_requested_amount": usd("48.20")})).history == ()


def test_an_offers_history_tells_when_the_seller_answered() -> None:
    steps = [
        {
            "offer_time": "2026-09-03T08:00:00Z",
            "actor": "SELLER",
            "event_type": "PROPOSED",
            "offer_type": "REFUND_WITH_RETURN",
            "offer_amount": usd("48.20"),
            "notes": "Send it back first",
        },
        {"offer_time": "2026-09-02T08:00:00Z", "actor": "BUYER", "event_type": "PROPOSED"},
        {"offer_time": "2026-09-02T20:00:00Z", "actor": "SELLER", "event_type": "DENIED"},
    ]
    offer = {"seller_offered_amount": usd("48.20"), "history": steps}
    assert dispute_of(detail(offer=offer)).history == (
        Intent(Action.ANSWER, Party.SELLER, fact=Offer(), happened_at="2026-09-02T20:00:00Z"),
        Intent(
            Action.ANSWER,
            Party.SELLER,
            note="Send it back first",
            fact=Offer("return_and_refund", Money(4820, "USD")),
            happened_at="2026-09-03T08:00:00Z",
        ),
    )


@pytest.mark.parametrize(
    ("value", "key", "message"),
    [
        (listed(dispute_id=""), "dispute_id", "missing"),
        (listed(dispute_id="8.2E+15"), "dispute_id", "not an id"),
        (listed(status=None), "status", "missing"),
        (listed(create_time=None), "create_time", "missing"),
        (listed(create_time="2026-09-01T10:00:00"), "create_time", "with its zone"),
        (listed(create_time="2026-02-30T10:00:00Z"), "create_time", "no such instant"),
        (listed(create_time="0001-01-01T00:00:00+14:00"), "create_time", "instant"),
        (listed(update_time="9999-12-31T23:59:59-14:00"), "update_time", "instant"),
        (listed(dispute_amount={"value": "5.00"}), "dispute_amount.currency_code", "missing"),
        (listed(dispute_amount=usd("5,00")), "dispute_amount.value", "not an amount"),
        (listed(dispute_amount=usd("5.001")), "dispute_amount.value", "2 decimals"),
        (listed(dispute_amount=usd("-5.00")), "dispute_amount.value", "below zero"),
        (listed(dispute_amount="5.00 USD"), "dispute_amount", "not an object"),
        (detail(disputed_transactions={}), "disputed_transactions", "not a list"),
        (
            detail(disputed_transactions=[{"gross_amount": usd("x")}]),
            "disputed_transactions[0].gross_amount.value",
            "not an amount",
        ),
        (
            detail(messages=[{"posted_by": "NOBODY", "content": "x", "time_posted": "2026-09-01T10:00:00Z"}]),
            "messages[0].posted_by",
            "nobody known",
        ),
        (
            detail(messages=[{"posted_by": "BUYER", "content": "x"}]),
            "messages[0].time_posted",
            "missing",
        ),
        (
            detail(offer={"seller_offered_amount": usd("5"), "offer_type": "GIFT"}),
            "offer.offer_type",
            "no offer known",
        ),
        (
            detail(offer={"history": [{"actor": "SELLER", "event_type": "DENIED"}]}),
            "offer.history[0].offer_time",
            "missing",
        ),
    ],
)
def test_a_mistake_has_its_path(value: Any, key: str, message: str) -> None:
    mistake = mistake_of(value)
    assert (mistake.item, mistake.key) == (1, key)
    assert message in mistake.message


def test_what_comes_after_a_mistake_is_read() -> None:
    first, second, *rest = read(
        json.dumps({"items": [listed(status=None), "odd", listed()]}), "paypal-disputes"
    )
    assert (first, second) == (
        Mistake("is missing", item=1, key="status"),
        Mistake("not an object", item=2),
    )
    assert [entry.item for entry in rest] == [3, 3]


def test_an_error_answer_is_bad_input() -> None:
    answer = {"name": "INVALID_REQUEST", "message": "Not well-formed.", "debug_id": "b1d1f06c7246c"}
    with pytest.raises(BadInput, match=r"^file: .*error.*INVALID_REQUEST: Not well-formed\."):
        read(json.dumps(answer))


@pytest.mark.parametrize("value", ["{}", '{"items": {}}', '{"links": []}'])
def test_another_document_is_refused_even_when_asked_for(value: str) -> None:
    with pytest.raises(BadInput, match="neither a PayPal dispute nor a list"):
        read(value, "paypal-disputes")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)  # longer ones are refused with the document
    | st.text()
    | st.sampled_from(["2026-09-01T10:00:00Z", "USD", "5.00"]),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=6,
)
FULL = detail(
    messages=[{"posted_by": "BUYER", "time_posted": "2026-09-01T10:00:04Z", "content": "Nothing came"}],
    offer={
        "seller_offered_amount": usd("5.00"),
        "offer_type": "REFUND",
        "history": [
            {"offer_time": "2026-09-02T08:00:00Z", "actor": "SELLER", "event_type": "PROPOSED"},
        ],
    },
    dispute_outcome={"outcome_code": "NONE"},
    seller_response_due_date="2026-09-11T07:00:00Z",
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to everything in a document."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, below in steps for place in [(*path, key), *places(below, (*path, key))]]


@given(st.sampled_from(places(FULL)), JSON)
def test_whatever_stands_anywhere_is_read_or_told(place: tuple[Any, ...], odd: Any) -> None:
    document = json.loads(json.dumps(FULL))
    *way, last = place
    target = document
    for step in way:
        target = target[step]
    target[last] = odd
    entries = read(json.dumps(document), "paypal-disputes")
    assert len(entries) == 2 or (len(entries) == 1 and isinstance(entries[0], Mistake))


@pytest.mark.parametrize("value", ["48.20", 48.2, 48.25, 48])
def test_an_amount_may_be_text_or_a_number(value: Any) -> None:
    claim = dispute_of(listed(dispute_amount={"currency_code": "USD", "value": value})).claim
    assert claim.amount is not None
    assert claim.amount.minor == round(float(value) * 100)


@pytest.mark.parametrize(("value", "minor"), [("1200", 1200), ("1200.00", 1200), ("1200.0", 1200)])
def test_zeros_beyond_a_currency_s_decimals_are_no_contradiction(value: str, minor: int) -> None:
    claim = dispute_of(listed(dispute_amount={"currency_code": "JPY", "value": value})).claim
    assert claim.amount == Money(minor, "JPY")


def test_decimals_that_a_currency_does_not_have_are_refused() -> None:
    told = mistake_of(listed(dispute_amount={"currency_code": "JPY", "value": "1200.50"}))
    assert told.key == "dispute_amount.value"


def test_the_other_payments_of_a_dispute_are_noted() -> None:
    payments = [
        {"seller_transaction_id": "1AB"},
        {"buyer_transaction_id": "2CD"},
        {"gross_amount": usd("1.00")},
    ]
    order, dispute = told(json.dumps(detail(disputed_transactions=payments)))
    assert isinstance(order, NewOrder)
    assert isinstance(dispute, ToldDispute)
    assert (order.number, dispute.note) == ("1AB", "also about 2CD, one without a number")


def test_several_lists_may_follow_each_other() -> None:
    one, two = {"items": [listed()]}, {"items": [listed(dispute_id="PP-2"), listed(dispute_id="PP-3")]}
    for text in (json.dumps([one, two]), json.dumps(one) + "\n" + json.dumps(two)):
        assert [each.platform_id for each in told(text) if isinstance(each, ToldDispute)] == [
            *("PP-D-77001", "PP-2", "PP-3")
        ]
