"""An order survives the way into rows and back, with all of its fields and with none of the optional."""

import pytest

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import Line, Rating, Seller
from tests.ledger.builders import (
    AT,
    order,
    order_in,
    writing,
)


def test_ratings_of_a_seller_come_back_in_order(tmp_path):
    said = [
        Rating(AT, "ada", 2, "slow"),
        Rating("2026-11-21T10:00:00Z", "bo", 4, None),
        Rating(AT, "ada", None, "ok"),
    ]
    with writing(tmp_path / "ledger.db") as ledger:
        ledger.add_order(order(), AT)
        for rating in said:
            ledger.rate_seller(1, rating)
        assert ledger.ratings(1) == said
        assert ledger.ratings(2) == []


FULL_LINE = NewLine("Lamp", 3, Money(9_99, "USD"), "L7", "p1", "s1", "red, XL", "https://example.org/p1")


@pytest.mark.parametrize("line", [FULL_LINE, NewLine("Lamp")], ids=["full", "bare"])
def test_a_line_comes_back_as_it_went_in(line, tmp_path):
    with writing(tmp_path / "ledger.db") as ledger:
        order_id = ledger.add_order(order(lines=(line,)), AT)
        assert order_in(ledger, order_id).lines == (Line(1, 1, **line._asdict()),)


def test_an_order_comes_back_with_everything_it_can_say(tmp_path):
    told = {
        "status_raw": "WAIT_BUYER_ACCEPT_GOODS",
        "store_id": "S1",
        "store_url": "https://example.org/s1",
        "total": Money(99, "KWD"),
        "shipped": "2026-10-02",
        "promised": "2026-10-20",
        "delivered": "2026-10-09T01:02:03Z",
        "protection_ends": "2027-01-01",
        "protection_basis": "entered",
        "tracking": "LP00123456789CN",
    }
    with writing(tmp_path / "ledger.db") as ledger:
        paid = ledger.add_order(order("1001"), AT)
        stored = order_in(ledger, ledger.add_order(order("PAY-1", purchase_id=paid, **told), AT))
        assert stored.seller == Seller(2, "aliexpress", "Lamp Shop", "S1", "https://example.org/s1")
        assert stored.purchase_id == paid
        plain = {name: value for name, value in told.items() if not name.startswith("store_")}
        assert {name: getattr(stored, name) for name in plain} == plain
        assert [name for name in stored._fields if getattr(stored, name) is None] == []


def test_a_bare_order_comes_back_with_nothing_added(tmp_path):
    with writing(tmp_path / "ledger.db") as ledger:
        stored = order_in(ledger, ledger.add_order(order("1001", seller_name=None, lines=()), AT))
        absent = [name for name in stored._fields if getattr(stored, name) is None]
        assert absent == [
            "status_raw",
            "seller",
            "total",
            "shipped",
            "promised",
            "delivered",
            "protection_ends",
            "protection_basis",
            "tracking",
            "purchase_id",
        ]


@pytest.mark.parametrize("exact", [True, False])
def test_how_sure_and_how_old_the_knowledge_is_comes_back(exact, tmp_path):
    with writing(tmp_path / "ledger.db") as ledger:
        seen = "2026-11-02T03:04:05Z"
        known = ledger.known(ledger.add_order(order(placed_exact=exact, seen_at=seen), AT))
        assert (known.placed_exact, known.seen_at) == (exact, seen)
