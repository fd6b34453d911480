"""Which orders may have something on the agenda: what goes on, and what can still be disputed."""

from typing import Any

from sqlalchemy import and_, exists, literal_column, not_, or_
from sqlmodel import col

from dispcli.core.states import State
from dispcli.ledger.models import Disputes, OrderLines, Orders
from dispcli.ledger.statements.narrowing import unindexed
from dispcli.ledger.statements.parts import OPEN, among, select, text

ORDERS_IN_DISPUTE = select(Disputes.order_id).where(col(Disputes.is_open) == OPEN)
ORDERS_TO_CANCEL_ON_SITE = select(Disputes.order_id).where(
    col(Disputes.state) == literal_column(f"'{State.CANCELLED}'"),
    col(Disputes.seen_at).is_(None),
    col(Disputes.replaced_by).is_(None),
)


def _begun(moment: Any, name: str) -> Any:
    """Between two days, the last one whole: days and instants compare as texts."""
    return and_(moment >= text(f"{name}_first"), moment < text(f"{name}_after"))


_disputed = exists().where(col(Disputes.order_id) == Orders.id)
_line_disputed = exists().where(
    col(Disputes.order_id) == OrderLines.order_id,
    or_(col(Disputes.line_id).is_(None), col(Disputes.line_id) == OrderLines.id),
)
_line_left = exists().where(col(OrderLines.order_id) == Orders.id, not_(_line_disputed))
ORDERS_TO_DISPUTE = select(Orders.id).where(
    among(Orders.status, "statuses"),
    col(Orders.placed) >= text("placed_since"),
    or_(
        and_(col(Orders.delivered).is_(None), _begun(col(Orders.protection_ends), "protected")),
        _begun(col(Orders.delivered), "delivered"),
        _begun(col(Orders.promised), "promised"),
        and_(_begun(unindexed(Orders.placed), "paid"), among(unindexed(Orders.marketplace), "marketplaces")),
    ),
    or_(not_(_disputed), _line_left),
)
