"""The ledger as a whole: steps, counts, ids."""

from sqlalchemy import column, func, table

from dispcli.ledger.models import Disputes, Events, Orders, Sellers, Transitions
from dispcli.ledger.statements.parts import add, select, text

ADD_TRANSITION = add(Transitions, "from_state", "action", "to_state")
ALL_TRANSITIONS = select(Transitions.from_state, Transitions.action, Transitions.to_state)
COUNTS = select(
    select(func.count()).select_from(Orders).scalar_subquery().label("orders"),
    select(func.count()).select_from(Sellers).scalar_subquery().label("sellers"),
    select(func.count()).select_from(Disputes).scalar_subquery().label("disputes"),
    select(func.count()).select_from(Events).scalar_subquery().label("events"),
)
MARKETPLACES = select(Orders.marketplace).distinct()
_sequence = table("sqlite_sequence", column("name"), column("seq"))
LAST_ID = select(_sequence.c.seq).where(_sequence.c.name == text("table"))
