"""Final disputes that the site contradicts, and nobody has settled it yet."""

from typing import Any

from sqlalchemy import exists, func, literal_column, not_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from dispcli.ledger.models import Disputes, Events, Orders
from dispcli.ledger.statements.parts import OPEN, select


def _looked(events: Any) -> Any:
    """As the partial index has it: SQLite uses one only where its condition is told word for word."""
    return or_(events.fact == literal_column("'sighting'"), events.fact == literal_column("'upheld'"))


_later: Any = aliased(Events)
_settled_or_seen_again = (
    exists()
    .where(_later.dispute_id == Events.dispute_id, _later.seq > Events.seq, _looked(_later))
    .correlate(Events)
)

CONFLICTS = (
    select(
        Disputes.id,
        Orders.marketplace,
        Orders.number,
        func.coalesce(Disputes.outcome, Disputes.state).label("ending"),
        Events.word,
        func.coalesce(Events.happened_at, Events.at).label("seen_at"),
        Events.source,
        Disputes.platform_id,
    )
    .select_from(Events)
    .join(Disputes, col(Disputes.id) == Events.dispute_id)
    .join(Orders, col(Orders.id) == Disputes.order_id)
    .where(
        _looked(Events),
        Events.fact == literal_column("'sighting'"),
        Events.from_state == Events.to_state,
        Events.to_state == Disputes.state,
        Disputes.is_open != OPEN,
        col(Disputes.replaced_by).is_(None),
        not_(_settled_or_seen_again),
    )
    .order_by(col(Disputes.id))
)
