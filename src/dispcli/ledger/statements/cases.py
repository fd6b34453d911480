"""Whole disputes with all that bears on a decision about them, for many orders at once."""

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from dispcli.ledger.models import Disputes, Events, OrderLines, Orders
from dispcli.ledger.statements.events import event_columns
from dispcli.ledger.statements.orders import line_columns, whole_order
from dispcli.ledger.statements.parts import among, select

_dispute_columns = (
    Disputes.id,
    Disputes.order_id,
    Disputes.line_id,
    Disputes.platform_id,
    Disputes.reason,
    Disputes.remedy,
    Disputes.amount_minor,
    Disputes.currency,
    Disputes.reason_raw,
    Disputes.state,
    Disputes.version,
    Disputes.opened_at,
    Disputes.updated_at,
    Disputes.origin,
    Disputes.outcome,
    Disputes.seen_at,
    Disputes.replaced_by,
)
_dispute = select(*_dispute_columns)
ALL_DISPUTES = _dispute.order_by(col(Disputes.id))
DISPUTES_OF_ORDERS = _dispute.where(among(Disputes.order_id, "orders")).order_by(col(Disputes.id))

ORDERS_WHOLE = whole_order.where(among(Orders.id, "orders"))
LINES_OF_ORDERS = (
    select(OrderLines.order_id, *line_columns)
    .where(among(OrderLines.order_id, "orders"))
    .order_by(col(OrderLines.order_id), col(OrderLines.position))
)
HISTORIES = (
    select(*event_columns)
    .where(among(Events.dispute_id, "disputes"))
    .order_by(col(Events.dispute_id), col(Events.seq))
)
OUTLINES = (
    select(
        Events.dispute_id,
        func.coalesce(Events.happened_at, Events.at).label("moment"),
        Events.action,
        Events.party,
        Events.from_state,
        Events.to_state,
        Events.fact,
        Events.speaker,
    )
    .where(among(Events.dispute_id, "disputes"))
    .order_by(col(Events.dispute_id), col(Events.seq))
)

_other = aliased(Orders)
LINKED_ORDERS = (
    select(Orders.id, col(_other.id).label("linked"))
    .join(
        _other,
        or_(
            col(_other.purchase_id) == col(Orders.id),
            col(_other.purchase_id) == col(Orders.purchase_id),
            col(_other.id) == col(Orders.purchase_id),
        ),
    )
    .where(among(Orders.id, "orders"), col(_other.id) != col(Orders.id))
    .order_by(col(Orders.id), col(_other.id))
)
ENDINGS_OF_SELLERS = (
    select(Orders.seller_id, func.coalesce(Disputes.outcome, Disputes.state).label("ending"), func.count())
    .join(Disputes, col(Disputes.order_id) == Orders.id)
    .where(among(Orders.seller_id, "sellers"), col(Disputes.replaced_by).is_(None))
    .group_by(Orders.seller_id, func.coalesce(Disputes.outcome, Disputes.state))
)

ORDERS_NUMBERED = select(Orders.id, Orders.marketplace, Orders.number).where(among(Orders.number, "numbers"))
LINES_KNOWN_AS = select(OrderLines.platform_id, OrderLines.order_id, OrderLines.id).where(
    among(OrderLines.platform_id, "names")
)
DISPUTES_KNOWN_AS = select(Disputes.platform_id, Disputes.id, Disputes.order_id).where(
    among(Disputes.platform_id, "names")
)
ORDERS_OF_DISPUTES = select(Disputes.id, Disputes.order_id).where(among(Disputes.id, "disputes"))
