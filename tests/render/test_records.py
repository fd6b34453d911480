"""A seller's record and the money, as a person reads them."""

from dispcli.core.sellers import SellerRecord
from dispcli.core.stakes import Balance
from dispcli.render.records import balance_rows, record_rows


def test_what_is_not_known_is_left_out():
    assert record_rows(SellerRecord()) == [("disputes", "none")]


def test_a_record_in_words():
    endings = {"opened": 1, "answered": 1, "cancelled": 1, "partly_refunded": 2, "unknown": 1, "rejected": 1}
    record = SellerRecord(9, kept=2, late=1, endings=endings, answers=(1, 4, 9), rating=3)
    assert dict(record_rows(record)) == {
        "disputes": "7: 2 open, 2 partly refunded, 1 cancelled, 1 rejected, 1 ended unknown",
        "refunds": "67 % of those that were fought to a known end",
        "answers": "half of them within 4 days",
        "late": "1 of 3 orders due",
        "rated": "3 of 5",
    }


def test_one_of_a_kind_is_told_as_one():
    told = dict(record_rows(SellerRecord(1, kept=1, answers=(1,))))
    assert (told["answers"], told["late"]) == ("half of them within 1 day", "0 of 1 order due")
    assert dict(record_rows(SellerRecord(1, answers=(0,))))["answers"] == "half of them on the same day"


def test_money_that_went_out_is_below_zero_and_currencies_stand_side_by_side():
    balances = (Balance("EUR", given=2100), Balance("USD", paid=2500, received=600, owed=1900))
    assert balance_rows(balances) == [
        ("paid for the goods", "USD -25.00"),
        ("received back", "USD 6.00"),
        ("given to your customer", "EUR -21.00"),
        ("so far", "EUR -21.00 · USD -19.00"),
        ("still open", "USD 19.00"),
    ]


def test_while_nothing_came_back_the_price_is_told_once():
    assert balance_rows((Balance("USD", paid=2500, owed=2500),)) == [
        ("paid for the goods", "USD -25.00"),
        ("still open", "USD 25.00"),
    ]
    assert balance_rows(()) == []
