"""A valid input of every format, and what has to be said with it."""

import io
import json
from typing import Any, NamedTuple

import openpyxl

from tests.cli.samples import csv_of, item, json_of, row
from tests.formats.aliexpress import (
    test_dispute_list,
    test_ds_order,
    test_find_order,
    test_issue,
    test_order_list,
    test_refund_list,
)
from tests.formats.mapped.test_shipped import ONE, TEMU, amazon, amazon_row, userscript
from tests.formats.paypal import test_activity, test_disputes

_DATA_REQUEST = [
    *("order_id", "parent_orderid", "gmt_create_order_time", "order_status", "item_name"),
    *("unit_price", "payable_amt", "end_reason", "frozen_status"),
]
_EXPORTED = {
    "marketplace": "aliexpress",
    "order": "8190000000000001",
    "date": "2026-10-01",
    "status": "shipped",
    "status_raw": "Awaiting delivery",
    "total": {"amount": "12.50", "minor": 1250, "currency": "USD"},
    "currency": "USD",
    "title": "Desk lamp",
    "quantity": 1,
    "unit_price": {"amount": "12.50", "minor": 1250, "currency": "USD"},
    "unit_currency": "USD",
    "seen_at": "2026-11-20T08:00:00Z",
}


class Seed(NamedTuple):
    """The content of a file, and the options with which it is read."""

    content: bytes
    options: tuple[str, ...] = ()


def workbook(*rows: list[Any], title: str = "Sheet") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for cells in rows:
        sheet.append(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _json(document: Any) -> bytes:
    return json.dumps(document, indent=1).encode()


_STEPS = (
    test_issue.step("initiate", "2026-10-20 04:23:20", content="broken"),
    test_issue.step("seller_refuse", "2026-10-21 04:23:20", "seller", "no"),
)
_BOUGHT = [
    "8190000000010001",
    "8190000000000001",
    "2026-10-20 04:23:19",
    "FINISH",
    "Lamp",
    1250,
    1250,
    "",
    "",
]

SEEDS = {
    "aliexpress-shopper-json": Seed(json_of(item()).encode()),
    "aliexpress-order-list": Seed(_json(test_order_list.answer(test_order_list.fields()))),
    "aliexpress-refund-list": Seed(_json(test_refund_list.answer(test_refund_list.row()))),
    "aliexpress-dispute-list": Seed(_json(test_dispute_list.answer(test_dispute_list.row()))),
    "aliexpress-issue": Seed(_json(test_issue.issue(*_STEPS))),
    "aliexpress-find-order": Seed(_json(test_find_order.answer())),
    "aliexpress-ds-order": Seed(_json(test_ds_order.answer()), ("--order", test_ds_order.NUMBER)),
    "paypal-disputes": Seed(_json({"items": [test_disputes.listed(), test_disputes.detail()]})),
    "dispcli-json": Seed(_json({"schema_version": 1, "order_lines": [_EXPORTED], "more": False})),
    "aliexpress-shopper-csv": Seed(csv_of(row()).encode()),
    "paypal-activity": Seed(test_activity.report(test_activity.paid(), test_activity.back()).encode()),
    "aliexpress-userscript": Seed(userscript(ONE).encode(), ("--currency", "USD")),
    "aliexpress-data-request": Seed(
        workbook(_DATA_REQUEST, _BOUGHT, title="Order Information"), ("--currency", "USD")
    ),
    "amazon": Seed(amazon(amazon_row(), amazon_row("404-2")).encode()),
    "temu": Seed(
        f'{TEMU}\nPO-1,Lamp,2024/06/10,,"$12.99","$0.00","$2.00","$14.99",'.encode(), ("--currency", "USD")
    ),
    "dispcli": Seed(json.dumps(_EXPORTED).encode()),
}
