"""PayPal disputes: the list, a dispute's detail, or several details, as the disputes API answers them."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.facts import Claim
from dispcli.core.new_orders import NewOrder
from dispcli.core.told import Sight, ToldDispute
from dispcli.errors import BadInput
from dispcli.formats.paypal.answers import (
    amount_at,
    identifier_at,
    instant_at,
    object_at,
    objects_at,
    required_instant_at,
)
from dispcli.formats.paypal.history import history_of
from dispcli.formats.paypal.misread import Misread, read_at, required_at, text_at
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.policies import words_for

MARKETPLACE = "paypal"
_WORDS = words_for(MARKETPLACE)
_ERROR = frozenset({"name", "message", "debug_id"})


def _recognises(answer: Any) -> bool:
    if not isinstance(answer, dict):
        return False
    items = answer.get("items")
    if isinstance(items, list):
        return _has_id(items[0]) if items else "links" in answer
    return _has_id(answer) or _ERROR.issubset(answer)


def _has_id(value: Any) -> bool:
    return isinstance(value, dict) and "dispute_id" in value


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    disputes = (dispute for answer in answers for dispute in _disputes(answer, source))
    for number, dispute in enumerate(disputes, start=1):
        if not isinstance(dispute, dict):
            yield Mistake("not an object", item=number)
            continue
        try:
            order = _order(dispute, source)
            told = _dispute(dispute, order)
        except Misread as problem:
            yield Mistake(problem.message, item=number, key=problem.key)
            continue
        yield Entry(order, item=number)
        yield Entry(told, item=number)


def _disputes(answer: Any, source: Source) -> list[Any]:
    """The disputes of a list, or the one that is answered in detail. Raises BadInput for anything else."""
    if isinstance(answer, dict) and isinstance(items := answer.get("items"), list):
        return items
    if not isinstance(answer, dict) or _has_id(answer):
        return [answer]
    if _ERROR.issubset(answer):
        told = f"{answer['name']}: {answer['message']}"[:200]
        raise BadInput(f"{source.name}: PayPal's answer is an error, not disputes: {told}")
    raise BadInput(f"{source.name}: neither a PayPal dispute nor a list of them")


def _order(dispute: Mapping[str, Any], source: Source) -> NewOrder:
    """The payment that is disputed, numbered by its transaction, else by the dispute's id."""
    dispute_id = _required_id(dispute)
    opened = required_instant_at(dispute, "create_time")
    seen_at = instant_at(dispute, "update_time") or source.modified_at
    transactions = objects_at(dispute, "disputed_transactions")
    first = transactions[0] if transactions else {}
    return read_at(
        "disputed_transactions[0]", lambda: _payment(first, _number(first) or dispute_id, opened, seen_at)
    )


def _number(transaction: Mapping[str, Any]) -> str | None:
    """Buyer and seller know a payment by different ids; the buyer's account shows the buyer's."""
    return identifier_at(transaction, "buyer_transaction_id") or identifier_at(
        transaction, "seller_transaction_id"
    )


def _payment(transaction: Mapping[str, Any], number: str, opened: str, seen_at: str) -> NewOrder:
    paid_at = instant_at(transaction, "create_time")
    status = text_at(transaction, "transaction_status")
    seller = object_at(transaction, "seller")
    return NewOrder(
        marketplace=MARKETPLACE,
        number=number,
        placed=paid_at or opened,
        placed_exact=paid_at is not None,
        status=_WORDS.order_status(status),
        status_raw=status,
        seen_at=seen_at,
        seller_name=read_at("seller", lambda: text_at(seller, "name")),
        store_id=read_at("seller", lambda: identifier_at(seller, "merchant_id")),
        total=amount_at(transaction, "gross_amount"),
    )


def _dispute(dispute: Mapping[str, Any], order: NewOrder) -> ToldDispute:
    return ToldDispute(
        marketplace=MARKETPLACE,
        order=order.number,
        platform_id=_required_id(dispute),
        claim=_claim(dispute),
        opened=required_instant_at(dispute, "create_time"),
        sight=_sight(dispute),
        seen_at=order.seen_at,
        history=history_of(dispute, order.seen_at),
        note=_also_about(dispute),
    )


def _also_about(dispute: Mapping[str, Any]) -> str | None:
    """A note of the other payments that are disputed: an order is one payment, and a dispute is about one."""
    others = [
        _number(one) or "one without a number" for one in objects_at(dispute, "disputed_transactions")[1:]
    ]
    return f"also about {', '.join(others)}" if others else None


def _required_id(dispute: Mapping[str, Any]) -> str:
    found = identifier_at(dispute, "dispute_id")
    if found is None:
        raise Misread("dispute_id", "is missing")
    return found


def _claim(dispute: Mapping[str, Any]) -> Claim:
    reason = text_at(dispute, "reason")
    return Claim(_WORDS.claim_reason(reason), "refund", amount_at(dispute, "dispute_amount"), reason)


def _sight(dispute: Mapping[str, Any]) -> Sight:
    """The status, or once it is resolved the code of the outcome, which says more."""
    status = required_at(dispute, "status")
    outcome = object_at(dispute, "dispute_outcome")
    code = read_at("dispute_outcome", lambda: text_at(outcome, "outcome_code"))
    if status.upper() == "RESOLVED" and code:
        return Sight(code, _WORDS.standings("outcome", code))
    return Sight(status, _WORDS.standings("status", status))


FORMAT = DocumentFormat("paypal-disputes", _recognises, _read)
