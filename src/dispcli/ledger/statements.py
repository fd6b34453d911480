"""Every query and write, by name, as expressions over the models. Compiled ahead into compiled.py.

A name in capitals becomes a constant of the same name there. Binds are always named and never carry a
value. Lists are a base query, a closed set of filters that are joined with AND, and a few sort orders,
each total and with the condition that continues after a given row.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    case,
    column,
    exists,
    func,
    insert,
    literal_column,
    or_,
    table,
    tuple_,
    update,
)
from sqlalchemy import bindparam as _bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as _typed_select

from dispcli.core.states import State
from dispcli.ledger.models import (
    Disputes,
    Events,
    Evidence,
    Messages,
    OrderLines,
    Orders,
    Sellers,
    Settlements,
    Transitions,
)

select: Callable[..., Any] = _typed_select
"""SQLModel types select() for up to four columns only; what comes out is compiled, never run."""


class among(ColumnElement[bool]):  # noqa: N801  (reads as SQL where it is used)
    """`column IN (each value of a JSON array bound to one parameter)`."""

    inherit_cache = True

    def __init__(self, operand: Any, parameter: str) -> None:
        self.operand = operand
        self.parameter = text(parameter)


@compiles(among, "sqlite")
def _among_on_sqlite(element: among, compiler: Any, **kw: Any) -> str:
    operand = compiler.process(element.operand, **kw)
    values = compiler.process(element.parameter, **kw)
    return f"{operand} IN (SELECT value FROM json_each({values}))"  # noqa: S608  (compiled, not user text)


class Listing(NamedTuple):
    """A list: its base query, its filters, and its sort orders with the condition for the next page."""

    query: Any
    filters: Mapping[str, Any]
    sorts: Mapping[str, tuple[tuple[Any, ...], Any]]


def text(name: str) -> Any:
    """A named bind for a text."""
    return _bindparam(name, type_=Text)


def number(name: str) -> Any:
    """A named bind for a whole number."""
    return _bindparam(name, type_=Integer)


def _binds(model: Any, names: Sequence[str]) -> dict[str, Any]:
    columns = model.__table__.columns
    return {name: _bindparam(name, type_=columns[name].type) for name in names}


def _add(model: Any, *names: str) -> Any:
    return insert(model).values(_binds(model, names))


def _matches(operand: Any) -> Any:
    return col(operand).like(text("search"), escape="\\")


# --- orders and what hangs on them ---------------------------------------------------------------

_ONE: Any = literal_column("1")
_OPEN = _ONE
_first_line = and_(col(OrderLines.order_id) == col(Orders.id), col(OrderLines.position) == _ONE)
_line_count = (
    select(func.count())
    .select_from(OrderLines)
    .where(OrderLines.order_id == Orders.id)
    .correlate(Orders)
    .scalar_subquery()
)
_seller_named = or_(col(Sellers.name).like(text("seller"), escape="\\"), Sellers.store_id == text("store"))
_sellers_named = select(Sellers.id).where(_seller_named)


def _since(moment: Any, name: str) -> Any:
    """At or after the bound; `name` is the lower of the day and the instant, so that an index serves."""
    by_day = and_(func.length(moment) == literal_column("10"), moment >= text(f"{name}_day"))
    by_instant = and_(func.length(moment) > literal_column("10"), moment >= text(f"{name}_instant"))
    return and_(moment >= text(name), or_(by_day, by_instant))


def _until(moment: Any, name: str) -> Any:
    """At or before the day, before the instant."""
    by_day = and_(func.length(moment) == literal_column("10"), moment <= text(f"{name}_day"))
    by_instant = and_(func.length(moment) > literal_column("10"), moment < text(f"{name}_instant"))
    return and_(moment <= text(name), or_(by_day, by_instant))


ORDERS = Listing(
    query=select(
        Orders.id,
        Orders.marketplace,
        Orders.number,
        Orders.placed,
        Orders.status,
        col(Sellers.name).label("seller"),
        OrderLines.title,
        _line_count.label("lines"),
        Orders.total_minor,
        Orders.currency,
        Orders.delivered,
        Orders.protection_ends,
    )
    .select_from(Orders)
    .outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
    .outerjoin(OrderLines, _first_line),
    filters={
        "status": among(Orders.status, "statuses"),
        "disputed": exists().where(col(Disputes.order_id) == Orders.id),
        "seller": col(Orders.seller_id).in_(_sellers_named),
        "seller_id": col(Orders.seller_id) == number("seller_id"),
        "since": _since(col(Orders.placed), "since"),
        "until": _until(col(Orders.placed), "until"),
        "search": or_(
            _matches(Orders.number),
            _matches(Sellers.name),
            exists()
            .where(and_(col(OrderLines.order_id) == Orders.id, _matches(OrderLines.title)))
            .correlate(Orders),
        ),
    },
    sorts={
        "newest": (
            (col(Orders.placed).desc(), col(Orders.id).desc()),
            tuple_(Orders.placed, Orders.id) < tuple_(text("after_placed"), number("after_id")),
        ),
        "oldest": (
            (col(Orders.placed), col(Orders.id)),
            tuple_(Orders.placed, Orders.id) > tuple_(text("after_placed"), number("after_id")),
        ),
        "amount": (
            (col(Orders.sort_currency).desc(), col(Orders.sort_minor).desc(), col(Orders.id).desc()),
            tuple_(Orders.sort_currency, Orders.sort_minor, Orders.id)
            < tuple_(text("after_currency"), number("after_minor"), number("after_id")),
        ),
        "number": (
            (col(Orders.number), col(Orders.id)),
            tuple_(Orders.number, Orders.id) > tuple_(text("after_number"), number("after_id")),
        ),
    },
)

ORDER_SORT_KEY = select(
    col(Orders.placed).label("after_placed"),
    col(Orders.sort_currency).label("after_currency"),
    col(Orders.sort_minor).label("after_minor"),
    col(Orders.number).label("after_number"),
    col(Orders.id).label("after_id"),
).where(Orders.id == number("id"))

MARKS_OF_ORDERS = (
    select(Disputes.order_id, Disputes.id, Disputes.state)
    .where(among(Disputes.order_id, "orders"))
    .order_by(col(Disputes.order_id), col(Disputes.id))
)
MARKS_OF_ALL_ORDERS = select(Disputes.order_id, Disputes.id, Disputes.state).order_by(
    col(Disputes.order_id), col(Disputes.id)
)

_order_columns: Any = (
    Orders.id,
    Orders.marketplace,
    Orders.number,
    Orders.placed,
    Orders.status,
    Orders.status_raw,
    Orders.currency,
    Orders.total_minor,
    Orders.shipped,
    Orders.delivered,
    Orders.protection_ends,
    Orders.purchase_id,
    Orders.placed_exact,
    Orders.seen_at,
    Orders.seller_id,
    col(Sellers.marketplace).label("seller_marketplace"),
    Sellers.name,
    Sellers.store_id,
    Sellers.url,
)
_order = select(*_order_columns).select_from(Orders).outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
ORDER = _order.where(Orders.id == number("id"))
ALL_ORDERS = _order.order_by(col(Orders.id))
ORDERS_NUMBERED = select(Orders.id, Orders.marketplace, Orders.number).where(Orders.number == text("number"))
ORDERS_NUMBERED_LIKE = select(Orders.id, Orders.marketplace, Orders.number).where(
    col(Orders.number).like(text("pattern"), escape="\\")
)
ORDERS_OF_LINE = select(OrderLines.order_id, OrderLines.id).where(
    OrderLines.platform_id == text("platform_id")
)
_line = select(
    OrderLines.id,
    OrderLines.position,
    OrderLines.title,
    OrderLines.quantity,
    OrderLines.unit_minor,
    OrderLines.currency,
    OrderLines.platform_id,
    OrderLines.product_id,
    OrderLines.sku_id,
    OrderLines.attributes,
    OrderLines.url,
)
LINES = _line.where(OrderLines.order_id == number("order_id")).order_by(col(OrderLines.position))
ALL_LINES = _line.order_by(col(OrderLines.id))

SELLER_BY_STORE = select(Sellers.id, Sellers.name, Sellers.url).where(
    Sellers.marketplace == text("marketplace"), Sellers.store_id == text("store_id")
)
SELLER_BY_NAME = select(Sellers.id, Sellers.name, Sellers.url).where(
    Sellers.name == text("name"),
    Sellers.marketplace == text("marketplace"),
    col(Sellers.store_id).is_(None),
)
ADD_SELLER = _add(Sellers, "id", "marketplace", "store_id", "name", "url")
RENAME_SELLER = (
    update(Sellers).values(name=text("name"), url=text("url")).where(col(Sellers.id) == number("seller_id"))
)

_order_facts = ("seller_id", "placed", "placed_exact", "status", "status_raw", "currency", "total_minor")
_order_dates = ("shipped", "delivered", "protection_ends", "purchase_id", "seen_at", "updated_at")
ADD_ORDER = _add(Orders, "id", "marketplace", "number", *_order_facts, *_order_dates)
SET_ORDER = (
    update(Orders)
    .values(_binds(Orders, (*_order_facts, *_order_dates)))
    .where(col(Orders.id) == number("order_id"))
)
_line_facts = (
    "platform_id",
    "product_id",
    "sku_id",
    "title",
    "attributes",
    "quantity",
    "unit_minor",
    "currency",
    "url",
)
ADD_LINE = _add(OrderLines, "order_id", "position", *_line_facts)
SET_LINE = (
    update(OrderLines).values(_binds(OrderLines, _line_facts)).where(col(OrderLines.id) == number("line_id"))
)

_sequence = table("sqlite_sequence", column("name"), column("seq"))
LAST_ID = select(_sequence.c.seq).where(_sequence.c.name == text("table"))

# --- disputes ------------------------------------------------------------------------------------

_newest = aliased(Settlements)
_newest_seq = (
    select(func.max(_newest.seq))
    .where(_newest.dispute_id == Settlements.dispute_id)
    .correlate(Settlements)
    .scalar_subquery()
)
_latest_settlement = (
    select(Settlements.stage)
    .where(Settlements.dispute_id == Disputes.id, Settlements.seq == _newest_seq)
    .correlate(Disputes)
    .scalar_subquery()
)
_its_line = and_(
    col(OrderLines.order_id) == col(Disputes.order_id),
    or_(
        col(OrderLines.id) == col(Disputes.line_id),
        and_(col(Disputes.line_id).is_(None), col(OrderLines.position) == _ONE),
    ),
)
_line_position = case((col(Disputes.line_id).is_not(None), col(OrderLines.position)))

DISPUTES = Listing(
    query=select(
        Disputes.id,
        Orders.marketplace,
        Orders.number,
        _line_position.label("line"),
        col(Sellers.name).label("seller"),
        OrderLines.title,
        Disputes.state,
        Disputes.outcome,
        Disputes.reason,
        Disputes.remedy,
        Disputes.amount_minor,
        Disputes.currency,
        Disputes.opened_at,
        Disputes.updated_at,
        Disputes.seen_at,
        _latest_settlement.label("settlement"),
        Disputes.platform_id,
    )
    .select_from(Disputes)
    .join(Orders, col(Orders.id) == Disputes.order_id)
    .outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
    .outerjoin(OrderLines, _its_line),
    filters={
        "open": col(Disputes.is_open) == _OPEN,
        "state": among(Disputes.state, "states"),
        "seller": col(Orders.seller_id).in_(_sellers_named),
        "seller_id": col(Orders.seller_id) == number("seller_id"),
        "unseen": and_(
            col(Disputes.state) == literal_column(f"'{State.CANCELLED}'"), col(Disputes.seen_at).is_(None)
        ),
        "order": col(Disputes.order_id) == number("order_id"),
        "search": or_(
            _matches(Orders.number),
            _matches(Sellers.name),
            _matches(OrderLines.title),
            exists()
            .where(and_(col(Messages.dispute_id) == Disputes.id, _matches(Messages.text)))
            .correlate(Disputes),
        ),
    },
    sorts={
        "open": (
            (col(Disputes.is_open).desc(), col(Disputes.opened_at).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.is_open, Disputes.opened_at, Disputes.id)
            < tuple_(number("after_open"), text("after_opened"), number("after_id")),
        ),
        "newest": (
            (col(Disputes.opened_at).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.opened_at, Disputes.id) < tuple_(text("after_opened"), number("after_id")),
        ),
        "oldest": (
            (col(Disputes.opened_at), col(Disputes.id)),
            tuple_(Disputes.opened_at, Disputes.id) > tuple_(text("after_opened"), number("after_id")),
        ),
        "amount": (
            (col(Disputes.sort_currency).desc(), col(Disputes.sort_minor).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.sort_currency, Disputes.sort_minor, Disputes.id)
            < tuple_(text("after_currency"), number("after_minor"), number("after_id")),
        ),
    },
)

DISPUTE_SORT_KEY = select(
    col(Disputes.is_open).label("after_open"),
    col(Disputes.opened_at).label("after_opened"),
    col(Disputes.sort_currency).label("after_currency"),
    col(Disputes.sort_minor).label("after_minor"),
    col(Disputes.id).label("after_id"),
).where(Disputes.id == number("id"))

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
DISPUTE = _dispute.where(Disputes.id == number("id"))
DISPUTES_OF_ORDER = _dispute.where(Disputes.order_id == number("order_id")).order_by(col(Disputes.id))
ALL_DISPUTES = _dispute.order_by(col(Disputes.id))
DISPUTES_KNOWN_AS = select(Disputes.id).where(Disputes.platform_id == text("platform_id"))

_event_columns = (
    Events.dispute_id,
    Events.seq,
    Events.at,
    Events.actor,
    Events.source,
    Events.action,
    Events.party,
    Events.from_state,
    Events.to_state,
    Events.outcome,
    Events.reason,
    Events.note,
    Events.happened_at,
    Events.operation_id,
    Events.findings,
    Events.fact,
    Events.order_id,
    Events.line_id,
    Events.platform_id,
    Events.claim_reason,
    Events.claim_raw,
    Events.remedy,
    Events.amount_minor,
    Events.currency,
    Events.settlement_kind,
    Events.settlement_stage,
    Events.reference,
    Events.speaker,
    Events.text,
    Events.sha256,
    Events.file_name,
    Events.media_type,
    Events.file_size,
    Events.due_party,
    Events.due_at,
    Events.word,
    Events.replaced_by,
)
_event = select(*_event_columns)
HISTORY = _event.where(Events.dispute_id == number("dispute_id")).order_by(col(Events.seq))
WHOLE_HISTORY = _event.order_by(col(Events.dispute_id), col(Events.seq))
ADD_EVENT = _add(Events, "previous_seq", *(cast(Any, column).key for column in _event_columns))
OPENED_BY_OPERATION = _event.where(
    Events.operation_id == text("operation_id"),
    Events.action == literal_column("'open'"),
)

PAST_WITH_SELLER = (
    select(Disputes.id, Disputes.state, Disputes.outcome)
    .join(Orders, col(Orders.id) == Disputes.order_id)
    .where(
        Orders.seller_id == number("seller_id"),
        Disputes.id != number("dispute_id"),
        col(Disputes.replaced_by).is_(None),
    )
    .order_by(col(Disputes.id))
)
OPEN_CHANNELS = (
    select(Disputes.id, Orders.marketplace, Orders.number)
    .join(Orders, col(Orders.id) == Disputes.order_id)
    .where(
        col(Disputes.is_open) == _OPEN,
        or_(Orders.purchase_id == number("order_id"), Orders.id == number("purchase_id")),
    )
    .order_by(col(Disputes.id))
)

# --- sellers -------------------------------------------------------------------------------------

_count = func.count
_of_seller = col(Orders.seller_id) == col(Sellers.id)
_orders_of_seller = (
    select(_count()).select_from(Orders).where(_of_seller).correlate(Sellers).scalar_subquery()
)


def _disputes_of_seller(*conditions: Any) -> Any:
    counted = select(_count()).select_from(Disputes).join(Orders, col(Orders.id) == Disputes.order_id)
    return counted.where(_of_seller, *conditions).correlate(Sellers).scalar_subquery()


_refunds: Any = literal_column("disputes.outcome IN ('refunded', 'partly_refunded', 'returned_and_refunded')")
SELLERS = Listing(
    query=select(
        Sellers.id,
        Sellers.marketplace,
        Sellers.store_id,
        Sellers.name,
        _orders_of_seller.label("orders"),
        _disputes_of_seller().label("disputes"),
        _disputes_of_seller(col(Disputes.is_open) == _OPEN).label("open"),
        _disputes_of_seller(col(Disputes.state) == literal_column(f"'{State.CANCELLED}'")).label("cancelled"),
        _disputes_of_seller(_refunds).label("refunded"),
    ),
    filters={
        "named": _seller_named,
    },
    sorts={
        "name": (
            (col(Sellers.name), col(Sellers.id)),
            tuple_(Sellers.name, Sellers.id) > tuple_(text("after_name"), number("after_id")),
        )
    },
)

# --- the ledger itself ---------------------------------------------------------------------------

ADD_TRANSITION = _add(Transitions, "from_state", "action", "to_state")
ALL_TRANSITIONS = select(Transitions.from_state, Transitions.action, Transitions.to_state)
COUNTS = select(
    select(_count()).select_from(Orders).scalar_subquery().label("orders"),
    select(_count()).select_from(Sellers).scalar_subquery().label("sellers"),
    select(_count()).select_from(Disputes).scalar_subquery().label("disputes"),
    select(_count()).select_from(Events).scalar_subquery().label("events"),
)
ALL_MESSAGES = select(Messages.dispute_id, Messages.seq, Messages.speaker, Messages.at, Messages.text)
ALL_SETTLEMENTS = select(
    Settlements.dispute_id,
    Settlements.seq,
    Settlements.kind,
    Settlements.stage,
    Settlements.amount_minor,
    Settlements.currency,
    Settlements.at,
    Settlements.reference,
)
ALL_EVIDENCE = select(
    Evidence.dispute_id,
    Evidence.seq,
    Evidence.sha256,
    Evidence.name,
    Evidence.media_type,
    Evidence.size,
    Evidence.at,
)
