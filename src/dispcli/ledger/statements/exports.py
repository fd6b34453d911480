"""What exports read from end to end, in the order in which it was entered: nothing has to be sorted."""

from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col

from dispcli.ledger.models import Disputes, Events, Messages, OrderLines, Orders, Sellers
from dispcli.ledger.statements import orders
from dispcli.ledger.statements.events import event_columns
from dispcli.ledger.statements.parts import Listing, number, select, text

_line_columns: Any = (
    Orders.marketplace,
    Orders.number,
    Orders.placed,
    Orders.status,
    Orders.status_raw,
    col(Sellers.name).label("seller"),
    Sellers.store_id,
    col(Sellers.url).label("store_url"),
    Orders.total_minor,
    Orders.currency,
    Orders.shipped,
    Orders.delivered,
    Orders.protection_ends,
    OrderLines.position,
    OrderLines.title,
    OrderLines.quantity,
    OrderLines.unit_minor,
    col(OrderLines.currency).label("unit_currency"),
    OrderLines.platform_id,
    OrderLines.product_id,
    OrderLines.sku_id,
    OrderLines.attributes,
    OrderLines.url,
    Orders.seen_at,
    Orders.promised,
    Orders.tracking,
    Orders.protection_basis,
)
EXPORTED_LINES = Listing(
    query=select(*_line_columns)
    .select_from(Orders)
    .outerjoin(OrderLines, col(OrderLines.order_id) == col(Orders.id))
    .outerjoin(Sellers, col(Sellers.id) == col(Orders.seller_id)),
    filters={**orders.ORDERS.filters, "updated": col(Orders.updated_at) >= text("since")},
    sorts={
        "entered": (
            (col(Orders.id), col(OrderLines.position)),
            tuple_(Orders.id, OrderLines.position) > tuple_(number("after_id"), number("after_position")),
        )
    },
)

_recorded_since = {"updated": col(Events.at) >= text("since")}

EXPORTED_EVENTS = Listing(
    query=select(Orders.marketplace, Orders.number, *event_columns)
    .select_from(Events)
    .join(Disputes, col(Disputes.id) == col(Events.dispute_id))
    .join(Orders, col(Orders.id) == col(Disputes.order_id)),
    filters=_recorded_since,
    sorts={
        "entered": (
            (col(Events.dispute_id), col(Events.seq)),
            tuple_(Events.dispute_id, Events.seq) > tuple_(number("after_dispute"), number("after_seq")),
        )
    },
)

EXPORTED_MESSAGES = Listing(
    query=select(
        Orders.marketplace,
        Orders.number,
        col(Sellers.name).label("seller"),
        Messages.dispute_id,
        Messages.seq,
        Messages.at,
        Messages.speaker,
        Messages.text,
        col(Events.at).label("recorded_at"),
    )
    .select_from(Messages)
    .join(
        Events, (col(Events.dispute_id) == col(Messages.dispute_id)) & (col(Events.seq) == col(Messages.seq))
    )
    .join(Disputes, col(Disputes.id) == col(Messages.dispute_id))
    .join(Orders, col(Orders.id) == col(Disputes.order_id))
    .outerjoin(Sellers, col(Sellers.id) == col(Orders.seller_id)),
    filters=_recorded_since,
    sorts={
        "entered": (
            (col(Messages.dispute_id), col(Messages.seq)),
            tuple_(Messages.dispute_id, Messages.seq) > tuple_(number("after_dispute"), number("after_seq")),
        )
    },
)
