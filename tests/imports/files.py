"""Disputes and refunds as platforms tell them, written by hand, and what an import makes of them."""

import csv
import io
import json
from datetime import datetime
from typing import Any

from tests.cli.harness import Cli, Result
from tests.cli.samples import LAMP

PAYMENT = "5AB12345CD678901E"
CASE = "PP-D-1001"
OPENED = "2026-11-10T10:00:00Z"


def at(day: int, hour: int = 10) -> str:
    """An instant of November 2026; the program believes it to be noon of the 22nd."""
    return f"2026-11-{day:02}T{hour:02}:00:00Z"


# --- PayPal: a word means one state ---


def paypal_case(status: str = "OPEN", updated: str = OPENED, **told: Any) -> dict[str, Any]:
    """A dispute as the disputes API tells it; `payment` None leaves the transaction out."""
    payment = told.pop("payment", PAYMENT)
    outcome = told.pop("outcome", None)
    case = {
        "dispute_id": CASE,
        "create_time": OPENED,
        "update_time": updated,
        "reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED",
        "status": status,
        "dispute_amount": {"currency_code": "USD", "value": "25.00"},
        **told,
    }
    if payment:
        case["disputed_transactions"] = [
            {
                "buyer_transaction_id": payment,
                "create_time": "2026-10-03T08:00:00Z",
                "transaction_status": "COMPLETED",
                "gross_amount": {"currency_code": "USD", "value": "25.00"},
            }
        ]
    if outcome:
        case["dispute_outcome"] = {"outcome_code": outcome}
    return case


def paypal(*cases: dict[str, Any]) -> str:
    return json.dumps({"items": list(cases), "links": []})


def see(cli: Cli, status: str, updated: str, **told: Any) -> Result:
    """Import what PayPal shows of the dispute."""
    return cli.ok("import", cli.file("paypal.json", paypal(paypal_case(status, updated, **told))))


def payment_row(number: str = PAYMENT, day: str = "03/10/2026", gross: str = "-25.00") -> dict[str, str]:
    return {
        "Date": day,
        "Time": "08:00:00",
        "TimeZone": "GMT",
        "Name": "Bright Things",
        "Type": "Express Checkout Payment",
        "Status": "Completed",
        "Currency": "USD",
        "Gross": gross,
        "Transaction ID": number,
        "Reference Txn ID": "",
    }


def refund_row(
    reference: str = "9RF00000000000001", day: str = "20/11/2026", gross: str = "25.00", **told: str
) -> dict[str, str]:
    row = payment_row(reference, day, gross)
    return {**row, "Type": "Payment Refund", "Reference Txn ID": PAYMENT, **told}


def activity(*rows: dict[str, str]) -> str:
    """An activity report."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(payment_row()), quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# --- AliExpress: a word of the buyer's list may mean several states ---


def epoch(moment: str) -> str:
    return str(int(datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000))


def reverse(
    status: int = 2, opened: str = OPENED, changed: str | None = None, number: str = LAMP, **told: Any
) -> dict[str, Any]:
    """A row of the buyer's refund list, about the line with the product of the shopper's export."""
    row = {
        "gmtCreate": epoch(opened),
        "gmtModified": epoch(changed or opened),
        "reverseOrderId": "6230000000000001",
        "reverseOrderLineId": "6230000000100001",
        "reverseStatus": status,
        "reverseType": "REFUND",
        "tradeOrderId": number,
        "tradeOrderLineId": str(int(number) + 1_000_000),
        "aeItemDTO": {"itemId": f"1005{number[-6:]}", "itemTitle": "Desk lamp, brass", "itemCount": 1},
        **told,
    }
    return {name: value for name, value in row.items() if value is not None}


def refund_list(*rows: dict[str, Any]) -> str:
    items = [{"reverseOrderLines": [row], "shopName": "Bright Things Store"} for row in rows]
    return json.dumps({"data": {"module": {"items": items}}})


def issue(status: str = "processing", **told: Any) -> str:
    """An issue's detail; `history` has (action type, Pacific time, who, text)."""
    steps = [
        {"action_type": word, "gmt_create": when, "submit_member_type": who, "content": text}
        for word, when, who, text in reversed(told.pop("history", ()))
    ]
    detail = {
        "id": 6340000000000001,
        "order_id": int(LAMP) + 1_000_000,
        "parent_order_id": int(LAMP),
        "issue_status": status,
        "gmt_create": "2026-11-10 02:00:00",
        "process_dto_list": {"api_issue_process_dto": steps},
        **told,
    }
    return json.dumps({"aliexpress_issue_detail_get_response": {"result_object": detail}})


# --- what came of it ---


def disputes(cli: Cli, *fields: str) -> list[tuple[str, ...]]:
    """Of every dispute these fields, oldest first."""
    rows = cli.ok("dispute", "list", "--all", "--fields", ",".join(("dispute", *fields))).rows()
    return [
        tuple(row[name] for name in fields) for row in sorted(rows, key=lambda row: int(row["dispute"][1:]))
    ]


def events(cli: Cli, dispute: str = "D1") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli.ok("dispute", "history", dispute, "--json").json()["events"]
    return found


def moves(cli: Cli, dispute: str = "D1") -> list[tuple[str, str]]:
    """What was recorded, and where that led."""
    return [(event["action"], event["to"]) for event in events(cli, dispute)]


def summary(result: Result) -> tuple[str, ...]:
    """Disputes that are new, moved, the same, and in conflict."""
    row = result.row()
    return tuple(row[f] for f in ("disputes_new", "disputes_changed", "disputes_same", "conflicts"))
