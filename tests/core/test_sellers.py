"""How it went with a seller: shares, answers, and the order of a list."""

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.sellers import SELLER_SORTS, SellerRecord, Turn, answer_days
from dispcli.core.states import Outcome, State

ENDINGS = st.dictionaries(st.sampled_from([*map(str, State), *map(str, Outcome)]), st.integers(0, 9))


@pytest.mark.parametrize(
    ("endings", "share"),
    [
        ({}, None),
        ({"opened": 3, "cancelled": 2, "unknown": 1}, None),
        ({"refunded": 1}, 100),
        ({"rejected": 1}, 0),
        ({"refunded": 1, "rejected": 1}, 50),
        ({"refunded": 1, "rejected": 2}, 33),
        ({"refunded": 2, "expired": 1}, 67),
        ({"partly_refunded": 1, "returned_and_refunded": 1, "replaced": 2}, 50),
        ({"refunded": 1, "rejected": 1, "cancelled": 7, "unknown": 7, "opened": 7}, 50),
    ],
)
def test_the_refund_share_is_of_what_was_fought_to_a_known_end(endings, share):
    assert SellerRecord(endings=endings).refund_share == share


@given(ENDINGS)
def test_every_dispute_is_open_or_given_up_or_ended_somehow(endings):
    record = SellerRecord(endings=endings)
    ended = sum(record.ended(outcome) for outcome in Outcome)
    assert record.open + record.cancelled + ended + endings.get("resolved", 0) == record.disputes
    assert record.refunded <= ended
    assert record.refund_share is None or 0 <= record.refund_share <= 100


@given(st.lists(st.integers(0, 99)).map(tuple))
def test_half_of_the_answers_came_within_the_days_that_are_told(answers):
    days = SellerRecord(answers=answers).answer_days
    assert days == (median_low(answers) if answers else None)


def turns(*told: tuple[str, str]) -> list[Turn]:
    """Of one dispute: (claim or answer, when)."""
    return [Turn(1, "aliexpress", 1, at, word == "claim") for word, at in told]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ([("claim", "2026-11-01")], None),
        ([("claim", "2026-11-01"), ("answer", "2026-11-04")], (3,)),
        ([("claim", "2026-11-01"), ("answer", "2026-11-04"), ("answer", "2026-11-09")], (3,)),
        (
            [
                ("claim", "2026-11-01"),
                ("claim", "2026-11-03"),
                ("answer", "2026-11-04"),
                ("claim", "2026-11-10"),
                ("answer", "2026-11-11"),
            ],
            (3, 1),
        ),
        ([("claim", "2026-11-01T23:59:59Z"), ("answer", "2026-11-02T00:00:00Z")], (1,)),
        ([("claim", "2026-11-05"), ("answer", "2026-11-04")], (0,)),
        ([("answer", "2026-11-04"), ("claim", "2026-11-05")], None),
    ],
)
def test_an_answer_is_counted_from_the_first_claim_it_answers(told, days):
    assert answer_days(turns(*told), lambda _marketplace: "UTC").get(1) == days


def test_an_answer_in_one_dispute_is_none_in_another():
    told = [
        Turn(1, "ebay", 1, "2026-11-01", True),
        Turn(1, "ebay", 2, "2026-11-05", False),
        Turn(2, "ebay", 3, "2026-11-05", False),
    ]
    assert answer_days(told, lambda _marketplace: "UTC") == {}


def test_the_days_of_an_answer_are_those_of_the_marketplace():
    told = turns(("claim", "2026-11-02T06:00:00Z"), ("answer", "2026-11-02T09:00:00Z"))
    assert answer_days(told, {"aliexpress": "America/Los_Angeles"}.__getitem__) == {1: (1,)}


RECORDS = {
    "unknown": SellerRecord(),
    "good": SellerRecord(9, 3, 0, {"refunded": 2}, (1,), 5),
    "bad": SellerRecord(2, 1, 2, {"refunded": 1, "rejected": 3, "opened": 1}, (6,), 1),
}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["unknown", "good", "bad"]),
        ("orders", ["good", "bad", "unknown"]),
        ("disputes", ["bad", "good", "unknown"]),
        ("open", ["bad", "unknown", "good"]),
        ("refund-share", ["bad", "good", "unknown"]),
        ("answer-days", ["bad", "good", "unknown"]),
        ("rating", ["bad", "good", "unknown"]),
        ("late", ["bad", "unknown", "good"]),
    ],
)
def test_what_to_beware_of_comes_first_and_what_is_not_known_last(sort, names):
    assert sorted(RECORDS, key=lambda name: SELLER_SORTS[sort](RECORDS[name])) == names


def test_every_sort_is_tested():
    (marked,) = test_what_to_beware_of_comes_first_and_what_is_not_known_last.pytestmark
    assert [sort for sort, _ in marked.args[1]] == list(SELLER_SORTS)
