"""What is known just as it is told: every fact that differs, or is told where nothing was, is seen."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.ledger.ledger import Ledger
from dispcli.services.merging import as_new, merge_order
from tests.ledger.builders import AT, order, writing

LINE = NewLine("Lamp", 2, Money(500, "USD"), "11", "22", "33", "Color: Brass", "https://example.org/22")
FULL = order(
    "8190000000000077",
    status_raw="Shipped",
    seller_name="Bright Things",
    store_id="1100000001",
    store_url="https://example.org/store/1100000001",
    total=Money(1000, "USD"),
    lines=(LINE, NewLine("Bulb", platform_id="12")),
    shipped="2026-10-05T08:00:00Z",
    delivered="2026-10-20",
    protection_ends="2027-01-05T08:00:00Z",
    protection_basis="given",
)
OTHER: dict[str, Any] = {
    "placed": "2026-01-01",
    "placed_exact": not FULL.placed_exact,
    "status": OrderStatus.FROZEN,
    "status_raw": "Other",
    "seller_name": "Another shop",
    "store_id": "1100000009",
    "store_url": "https://example.org/other",
    "total": Money(1000, "EUR"),
    "shipped": "2026-10-06",
    "promised": "2026-11-01",
    "delivered": None,
    "protection_ends": None,
    "protection_basis": None,
    "tracking": "LP00000000009CN",
    "lines": FULL.lines[:1],
}
OTHER_LINE: dict[str, Any] = {
    "title": "Lamps",
    "quantity": 3,
    "unit_price": Money(501, "USD"),
    "platform_id": "13",
    "product_id": None,
    "sku_id": "34",
    "attributes": None,
    "url": None,
}


def same(ledger: Ledger, told: NewOrder) -> bool:
    ((_, known),) = ledger.known_of({(told.marketplace, told.number): told})
    return known is None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with writing(tmp_path / "ledger.db") as ledger:
        ledger.add_order(FULL, AT)
    return tmp_path / "ledger.db"


def test_what_was_told_before_is_known_whatever_its_age(path: Path) -> None:
    with writing(path) as ledger:
        assert same(ledger, FULL)
        assert same(ledger, FULL._replace(seen_at="2030-01-01T00:00:00Z"))


@pytest.mark.parametrize("fact", OTHER)
def test_another_fact_is_seen(path: Path, fact: str) -> None:
    with writing(path) as ledger:
        assert not same(ledger, FULL._replace(**{fact: OTHER[fact]}))


@pytest.mark.parametrize("fact", OTHER_LINE)
def test_another_fact_of_a_line_is_seen(path: Path, fact: str) -> None:
    line = LINE._replace(**{fact: OTHER_LINE[fact]})
    with writing(path) as ledger:
        assert not same(ledger, FULL._replace(lines=(line, *FULL.lines[1:])))


def test_every_fact_is_tried() -> None:
    apart = {"marketplace", "number", "seen_at", "purchase_id"}
    assert OTHER.keys() == set(NewOrder._fields) - apart
    assert OTHER_LINE.keys() == set(NewLine._fields)


def test_an_order_nobody_knows_is_not_there(path: Path) -> None:
    told = FULL._replace(number="8190000000000078")
    elsewhere = FULL._replace(marketplace="temu")
    with writing(path) as ledger:
        assert not list(ledger.known_of({("aliexpress", told.number): told}))
        assert not list(ledger.known_of({("temu", elsewhere.number): elsewhere}))


@given(st.sets(st.sampled_from(sorted(OTHER))), st.booleans())
def test_what_is_known_so_is_what_merging_would_not_change(facts: set[str], newer: bool) -> None:
    told = FULL._replace(**{fact: OTHER[fact] for fact in facts})
    told = told._replace(seen_at="2030-01-01T00:00:00Z" if newer else FULL.seen_at)
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "ledger.db") as ledger:
        known = ledger.known(ledger.add_order(FULL, AT))
        assert known is not None
        assert same(ledger, told) == (as_new(known)._replace(seen_at=told.seen_at) == told)
        if same(ledger, told):
            assert not merge_order(known, told).changes
