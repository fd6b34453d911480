"""Rows to values and back. What the ledger holds but no value can be is damage, and named."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dispcli.core.disputes import Dispute, Event, Recorded
from dispcli.core.facts import FACTS, Claim, Fact, kind_of, to_data
from dispcli.core.moments import parse_instant
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order, OrderStatus, Seller
from dispcli.core.recording import Place
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.errors import LedgerTrouble

if TYPE_CHECKING:
    from dispcli.core.new_orders import NewLine, NewOrder

Row = Sequence[Any]

_COLUMN_OF: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("claim", "reason"): "claim_reason",
        ("claim", "reason_raw"): "claim_raw",
        ("settlement", "kind"): "settlement_kind",
        ("settlement", "stage"): "settlement_stage",
        ("payout", "kind"): "settlement_kind",
        ("evidence", "name"): "file_name",
        ("evidence", "size"): "file_size",
        ("due", "party"): "due_party",
        ("due", "at"): "due_at",
        ("replaced", "by"): "replaced_by",
        ("known_as", "platform_id"): "reference",
    }
)
"""Where a field of a fact has a column of another name."""

_FACT_COLUMNS = (
    "claim_reason",
    "claim_raw",
    "remedy",
    "amount_minor",
    "currency",
    "settlement_kind",
    "settlement_stage",
    "reference",
    "speaker",
    "text",
    "sha256",
    "file_name",
    "media_type",
    "file_size",
    "due_party",
    "due_at",
    "word",
    "replaced_by",
)
_EVENT_COLUMNS = (
    "dispute_id",
    "seq",
    "at",
    "actor",
    "source",
    "action",
    "party",
    "from_state",
    "to_state",
    "outcome",
    "reason",
    "note",
    "happened_at",
    "operation_id",
    "findings",
    "fact",
    "order_id",
    "line_id",
    "platform_id",
    *_FACT_COLUMNS,
)
"""The columns of `events` in the order of every statement that selects or stages them whole."""

_NEW_ORDER = (
    "id",
    "marketplace",
    "number",
    "seller_id",
    "placed",
    "placed_exact",
    "status",
    "status_raw",
    "currency",
    "total_minor",
    "shipped",
    "promised",
    "delivered",
    "protection_ends",
    "tracking",
    "purchase_id",
    "seen_at",
    "updated_at",
)
_NEW_LINE = (
    "order_id",
    "position",
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
"""The columns of an order and a line in the order of the statements that add them."""

# Looking a word up is a third of the time of asking its class, and a batch asks a million times.
_STATES = {str(state): state for state in State}
_ACTIONS = {str(action): action for action in Action}
_PARTIES = {str(party): party for party in Party}

Entry = tuple[Event, Place | None]
"""An event to be written; the place belongs to an opening."""


def damaged(what: str, problem: Exception) -> LedgerTrouble:
    """A row that this program would never have written."""
    return LedgerTrouble(
        f"{what} is damaged ({problem})", hint="see what else is with 'dispcli ledger check'", code="damaged"
    )


def money(minor: int | None, currency: str | None) -> Money | None:
    """An amount from its two columns."""
    return Money(minor, currency) if minor is not None and currency is not None else None


def order_of(row: Row, lines: Sequence[Row]) -> Order:
    """An order from ORDERS_WHOLE and its lines from LINES_OF_ORDERS. Raises LedgerTrouble."""
    (id_, marketplace, number, placed, status, raw, currency, minor, *dates) = row
    shipped, promised, delivered, protection_ends, tracking, purchase_id, *rest = dates
    _exact, _seen_at, seller_id, *seller = rest
    shop = Seller(seller_id, *seller) if seller_id is not None else None
    try:
        for moment in (placed, shipped, promised, delivered, protection_ends):
            parse_instant(moment) if moment is not None else None
        return Order(
            id=id_,
            marketplace=marketplace,
            number=number,
            placed=placed,
            status=OrderStatus(status),
            status_raw=raw,
            seller=shop,
            total=money(minor, currency),
            shipped=shipped,
            promised=promised,
            delivered=delivered,
            protection_ends=protection_ends,
            tracking=tracking,
            purchase_id=purchase_id,
            lines=tuple(map(line_of, lines)),
        )
    except (ValueError, TypeError) as problem:
        raise damaged(f"order {marketplace}:{number}", problem) from problem


def knowledge_of(row: Row) -> tuple[bool, str]:
    """How sure the day of an order from ORDERS_WHOLE is, and how old the newest knowledge about it is."""
    exact, seen_at = row[14:16]
    return bool(exact), seen_at


def line_of(row: Row) -> Line:
    """An order's line from LINES_OF_ORDERS. Raises LedgerTrouble."""
    id_, position, title, quantity, minor, currency, *rest = row
    try:
        return Line(id_, position, title, quantity, money(minor, currency), *rest)
    except (ValueError, TypeError) as problem:
        raise damaged(f"order line {id_}", problem) from problem


def order_facts(new: "NewOrder", seller_id: int | None, at: str) -> dict[str, Any]:
    """The binds of SET_ORDER, the order's id apart."""
    names = _NEW_ORDER[3:]
    return dict(zip(names, order_row(0, new, seller_id, at)[3:], strict=True))


def order_row(order_id: int, new: "NewOrder", seller_id: int | None, at: str) -> tuple[Any, ...]:
    """The binds of ADD_ORDER and STAGE_ORDER."""
    total = new.total
    priced = total or next((line.unit_price for line in new.lines if line.unit_price), None)
    return (
        order_id,
        new.marketplace,
        new.number,
        seller_id,
        new.placed,
        int(new.placed_exact),
        new.status,
        new.status_raw,
        priced.currency if priced else None,
        total.minor if total else None,
        new.shipped,
        new.promised,
        new.delivered,
        new.protection_ends,
        new.tracking,
        new.purchase_id,
        new.seen_at,
        at,
    )


def line_facts(line: "NewLine") -> dict[str, Any]:
    """The binds of SET_LINE, the line's id apart."""
    return dict(zip(_NEW_LINE[2:], line_row(0, 0, line)[2:], strict=True))


def line_row(order_id: int, position: int, line: "NewLine") -> tuple[Any, ...]:
    """The binds of ADD_LINE and STAGE_LINE."""
    title, quantity, price, platform_id, product_id, sku_id, attributes, url = line
    minor, currency = price or (None, None)
    return (
        order_id,
        position,
        platform_id,
        product_id,
        sku_id,
        title,
        attributes,
        quantity,
        minor,
        currency,
        url,
    )


def dispute_of(row: Row) -> Dispute:
    """A dispute from one of the statements that select it whole. Raises LedgerTrouble."""
    id_, order_id, line_id, platform_id, reason, remedy, minor, currency, reason_raw, state, *rest = row
    version, opened_at, updated_at, origin, outcome, seen_at, replaced_by = rest
    try:
        return Dispute(
            id=id_,
            order_id=order_id,
            line_id=line_id,
            platform_id=platform_id,
            claim=Claim(reason, remedy, money(minor, currency), reason_raw),
            state=_STATES[state],
            version=version,
            opened_at=opened_at,
            updated_at=updated_at,
            origin=_STATES[origin] if origin else None,
            outcome=Outcome(outcome) if outcome else None,
            seen_at=seen_at,
            replaced_by=replaced_by,
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise damaged(f"dispute D{id_}", problem) from problem


def event_of(row: Row) -> Event:
    """An event from one of the statements that select it whole. Raises LedgerTrouble."""
    dispute_id, seq, at, actor, source, action, party, from_state, to_state, outcome, *rest = row
    reason, note, happened_at, operation_id, findings, kind, _order, _line, _platform, *columns = rest
    try:
        return Event(
            dispute_id,
            seq,
            at,
            actor,
            source,
            _ACTIONS[action],
            _PARTIES[party],
            None if from_state == UNOPENED else _STATES[from_state],
            _STATES[to_state],
            Outcome(outcome) if outcome else None,
            reason,
            note,
            _fact(kind, columns) if kind else None,
            happened_at,
            operation_id,
            _findings(findings) if findings else (),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise damaged(f"event {seq} of dispute D{dispute_id}", problem) from problem


def _fact(kind: str, columns: Sequence[Any]) -> Fact:
    shape, needed, fields = _SHAPES[kind]
    values: list[Any] = []
    for name, index in fields:
        value = columns[index]
        if value is None and name in needed:
            raise ValueError(f"the {kind} has no {name}")
        if value is not None and name == "amount":
            value = Money(value, columns[_CURRENCY])
        elif name in _PARTY_FIELDS:
            value = _PARTIES[value]
        values.append(value)
    return shape(*values)


def _column(kind: str, field: str) -> str:
    return "amount_minor" if field in ("amount", "minor") else _COLUMN_OF.get((kind, field), field)


_CURRENCY = _FACT_COLUMNS.index("currency")
_PARTY_FIELDS = ("speaker", "party")
_SHAPES = {
    kind: (
        shape,
        frozenset(shape._fields) - shape._field_defaults.keys(),
        tuple((name, _FACT_COLUMNS.index(_column(kind, name))) for name in shape._fields),
    )
    for kind, shape in FACTS.items()
}
"""How each kind of fact is made from its columns: its class, the fields it needs, where each field is."""


def _finding_line(found: Recorded) -> str:
    """`block refund-not-received accepted USD 30.00`: readable in any SQL shell."""
    return " ".join((found.level, found.code, "accepted" if found.accepted else "found", found.basis))


def _finding(line: str) -> Recorded:
    level, code, answer, basis = line.split(" ", 3)
    if answer not in ("accepted", "found"):
        raise ValueError(f"not a finding: {line!r}")
    return Recorded(code, level, basis, answer == "accepted")


# What the checks find is much the same for many disputes, and each stands in two events.


@lru_cache(1024)
def _findings(text: str) -> tuple[Recorded, ...]:
    return tuple(map(_finding, text.split("\n")))


@lru_cache(1024)
def _findings_text(findings: tuple[Recorded, ...]) -> str:
    return "\n".join(map(_finding_line, findings))


def place_of(row: Row) -> Place:
    """Where an opening event hangs its dispute."""
    return Place(*row[16:19])


def event_row(event: Event, place: Place | None = None) -> dict[str, Any]:
    """The binds of ADD_EVENT; `place` belongs to an opening."""
    row = dict(zip(_EVENT_COLUMNS, staged_event(event, place), strict=True))
    return {"previous_seq": event.seq - 1 or None, **row}


def staged_event(event: Event, place: Place | None = None) -> tuple[Any, ...]:
    """The binds of STAGE_EVENT: everything an event may have."""
    *step, happened_at, operation_id, findings = staged_step(event)
    facts = dict.fromkeys(_FACT_COLUMNS)
    kind = None
    if event.fact is not None:
        kind = kind_of(event.fact)
        facts.update({_column(kind, name): value for name, value in to_data(event.fact).items()})
    where = place or (None, None, None)
    return (*step, happened_at, operation_id, findings, kind, *where, *facts.values())


def staged_step(event: Event) -> tuple[Any, ...]:
    """The binds of STAGE_STEP: what every event has."""
    return (
        event.dispute_id,
        event.seq,
        event.at,
        event.actor,
        event.source,
        event.action,
        event.party,
        event.from_state or UNOPENED,
        event.to_state,
        event.outcome,
        event.reason,
        event.note,
        event.happened_at,
        event.operation_id,
        _findings_text(event.findings) if event.findings else None,
    )
