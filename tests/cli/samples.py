"""Orders as a shopper's export tells them, written by hand, and a ledger with something of everything."""

import csv
import io
import json
from typing import Any

from tests.cli.harness import Cli

HEADER = (
    "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,Currency,Status,"
    "Product Url,Product Image Url,Store Url,Tags"
)
LAMP = "8190000000000001"
KETTLE = "8190000000000002"
DRILL = "8190000000000003"
SHOES = "8190000000000004"
MUG = "8190000000000005"


def row(number: str = LAMP, title: str = "Desk lamp, brass", **told: str) -> dict[str, str]:
    """One row of the CSV, by column."""
    known = {
        "Order Date": "2026-10-02",
        "Order ID": number,
        "Title": title,
        "Qty": "1",
        "Price": "US $25.00",
        "Store": "Bright Things Store",
        "Product ID": f"1005{number[-6:]}",
        "SKU ID": "12000000000000001",
        "Attributes": "Color: Brass",
        "Price Info": "",
        "Currency": "USD",
        "Status": "Completed",
        "Product Url": "https://www.aliexpress.com/item/1005.html",
        "Product Image Url": "",
        "Store Url": "https://www.aliexpress.com/store/1100000001",
        "Tags": "",
    }
    unknown = set(told) - set(known)
    assert not unknown, unknown
    return {**known, **told}


def csv_of(*rows: dict[str, str]) -> str:
    """The export as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER.split(","), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def item(number: str = LAMP, title: str = "Desk lamp, brass", **told: Any) -> dict[str, Any]:
    """One entry of the JSON."""
    return {
        "orderId": number,
        "orderLineId": str(int(number) + 1_000_000),
        "orderDate": "Oct 3, 2026",
        "orderDateIso": "2026-10-02",
        "title": title,
        "quantity": 1,
        "price": "US $25.00",
        "priceInfo": "US $25.00|25|00",
        "currency": "USD",
        "status": "Completed",
        "storeName": "Bright Things Store",
        "storePageUrl": "https://www.aliexpress.com/store/1100000001",
        "productId": f"1005{number[-6:]}",
        "skuId": "12000000000000001",
        "attributes": "Color: Brass",
        "productUrl": "https://www.aliexpress.com/item/1005.html",
        "timestamp": 1795262400000,  # 2026-11-21T12:00:00Z
        **told,
    }


def json_of(*items: dict[str, Any]) -> str:
    """The export as JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=2)


SHOPPER = csv_of(
    row(),
    row(
        KETTLE,
        "Electric kettle 1.7 L",
        **{
            "Order Date": "2026-10-20",
            "Price": "39,90€",
            "Currency": "EUR",
            "Status": "Awaiting delivery",
            "Store": "Kitchen House",
            "Store Url": "https://www.aliexpress.com/store/1100000002",
        },
    ),
    row(
        DRILL,
        "Cordless drill",
        **{"Order Date": "2026-11-01", "Price": "US $60.00", "Store": "Tool Barn", "Store Url": ""},
    ),
    row(
        DRILL,
        "Drill bits, 24 pieces",
        **{
            "Order Date": "2026-11-01",
            "Qty": "2",
            "Price": "US $4.50",
            "Store": "Tool Barn",
            "Store Url": "",
            "Product ID": "100599999",
        },
    ),
    row(
        SHOES,
        "Running shoes 42",
        **{"Order Date": "2026-11-10", "Price": "￥4,200", "Currency": "JPY", "Status": "Awaiting shipment"},
    ),
    row(MUG, "Mug", **{"Order Date": "2026-11-12", "Price": "US $5.00", "Status": "Cancelled"}),
)


def imported(cli: Cli) -> Cli:
    """The five orders."""
    cli.ok("import", cli.file("shopper.csv", SHOPPER))
    return cli


def opened(cli: Cli, number: str = LAMP, *more: str) -> Cli:
    """The five orders and a dispute about one of them."""
    imported(cli).ok("dispute", "open", number, "--reason", "not-as-described", *more)
    return cli


def answered(cli: Cli) -> Cli:
    """An answered dispute that can be cancelled for an agreement: nothing blocks."""
    opened(cli, LAMP, "--amount", "25").ok("dispute", "answer", "D1", "--offer", "10")
    return cli


def busy(cli: Cli) -> Cli:
    """Six disputes, one in each kind of state, with messages, settlements and an ending."""
    answered(cli)
    at = ("--at", "2026-11-18")
    cli.ok("dispute", "message", "D1", "We offer USD 10, please close the dispute.", *at)
    cli.ok("dispute", "open", KETTLE, "--reason", "not-received", "--amount", "39.90", *at)
    cli.ok("dispute", "open", DRILL, "--line", "1", "--reason", "defective", "--amount", "60", *at)
    cli.ok("dispute", "escalate", "D3")
    cli.ok("dispute", "open", DRILL, "--line", "2", "--reason", "quantity-short", "--amount", "9", *at)
    cli.ok("dispute", "concede", "D4")
    cli.ok("dispute", "settlement", "D4", "promised", "9.00", "--reference", "R-77")
    cli.ok("dispute", "open", SHOES, "--reason", "late", "--remedy", "partial_refund", "--amount", "500", *at)
    cli.ok("dispute", "cancel", "D5", "--reason", "keep-item")
    cli.ok("dispute", "open", MUG, "--reason", "damaged", "--amount", "5", *at)
    cli.ok("dispute", "cancel", "D6", "--reason", "opened-by-mistake", "--yes")
    return cli


def watched(cli: Cli) -> Cli:
    """The same, with promised days, parcels, deliveries and ratings: one order is late, one came late.

    For one a reseller has given money to the own customer.
    """
    busy(cli)
    cli.ok("orders", "set", LAMP, "--promised", "2026-10-20", "--delivered", "2026-10-29")
    cli.ok("orders", "set", DRILL, "--promised", "2026-11-15", "--delivered", "2026-11-14")
    cli.ok("orders", "set", KETTLE, "--promised", "2026-11-10", "--tracking", "LP00123456789CN")
    cli.ok("orders", "set", KETTLE, "--protection-ends", "2026-12-01")
    cli.ok("dispute", "settlement", "D1", "issued", "EUR 21", "--to", "customer")
    cli.ok("sellers", "rate", "Bright Things Store", "4")
    cli.ok("sellers", "rate", "Bright Things Store", "2", "--note", "slow, and asks to cancel")
    return cli
