"""The fields of a draft that any order has, by name: each a line here, told by `dispcli help drafts`."""

from collections.abc import Mapping
from types import MappingProxyType

from dispcli.core.deadlines import has_arrived
from dispcli.core.drafts import Known, Purchase, one_line, worded
from dispcli.core.lateness import days_later
from dispcli.core.orders import OrderStatus
from dispcli.core.reasons import MISSING, OTHER
from dispcli.core.templates import Value
from dispcli.core.zones import has_ended


def _day(moment: str | None, purchase: Purchase) -> str | None:
    return purchase.day(moment) if moment else None


def _title(purchase: Purchase) -> str | None:
    line = next(iter(purchase.order.lines), None) if purchase.line is None else purchase.line
    return one_line(line.title) if line else None


def _quantity(purchase: Purchase) -> str | None:
    line = purchase.line
    return str(line.quantity) if line and line.quantity > 1 else None


def _protection(purchase: Purchase) -> Value | None:
    ends = purchase.order.protection_ends
    return (
        worded("ended" if has_ended(ends, purchase.policy.zone, purchase.now) else "running")
        if ends
        else None
    )


def _arrived(purchase: Purchase) -> Value | None:
    """By what is recorded of the order and what is claimed; not known where these don't agree."""
    claim, recorded = purchase.claim, has_arrived(purchase.order)
    if claim in MISSING:
        return None if recorded else worded("no")
    if claim == OTHER and not recorded:
        return None
    return worded("yes" if recorded or claim else "no")


def _days_late(purchase: Purchase) -> int | None:
    order = purchase.order
    if not (order.promised and order.delivered):
        return None
    return days_later(order.promised, order.delivered, purchase.policy.zone) or None


ORDER_FIELDS: Mapping[str, Known] = MappingProxyType(
    {
        "today": Known("the day it is", lambda p: p.today),
        "clock": Known(
            "the marketplace's clock, which all days and times are told by", lambda p: p.policy.zone
        ),
        "order": Known("the order's number", lambda p: p.order.number),
        "marketplace": Known("the marketplace's name in the ledger", lambda p: p.order.marketplace),
        "site": Known(
            "the marketplace's own name",
            lambda p: p.policy.name if p.policy.marketplace == p.order.marketplace else None,
        ),
        "page": Known("the order's page on the site", lambda p: p.page),
        "title": Known("what was bought", _title),
        "quantity": Known("how many pieces, if more than one", _quantity),
        "total": Known("what was paid for the order", lambda p: p.order.total),
        "seller": Known(
            "the shop's name", lambda p: one_line(p.order.seller.name) if p.order.seller else None
        ),
        "store": Known(
            "the platform's store id",
            lambda p: p.order.seller and one_line(p.order.seller.store_id),
        ),
        "status": Known("how far the order is", lambda p: worded(p.order.status), tuple(OrderStatus)),
        "placed": Known("the day of the order", lambda p: _day(p.order.placed, p)),
        "shipped": Known("the day it was shipped", lambda p: _day(p.order.shipped, p)),
        "tracking": Known("the tracking number", lambda p: one_line(p.order.tracking)),
        "promised_for": Known("the last day it should arrive", lambda p: _day(p.order.promised, p)),
        "delivered": Known("the day it arrived", lambda p: _day(p.order.delivered, p)),
        "arrived": Known(
            "whether it is here, by the order and what is claimed about it", _arrived, ("yes", "no")
        ),
        "days_late": Known("how many days after the promised one it arrived", _days_late, ("1",)),
        "protection_ends": Known("the day buyer protection ends", lambda p: _day(p.order.protection_ends, p)),
        "protection": Known("whether it goes on", _protection, ("running", "ended")),
    }
)
