"""Rows to values and back. What the ledger holds but no value can be is damage, and named."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from dispcli.core.disputes import Dispute, Event, Recorded
from dispcli.core.facts import FACTS, Claim, Fact, from_data, kind_of, to_data
from dispcli.core.moments import parse_instant
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order, OrderStatus, Seller
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.errors import LedgerTrouble

Row = Sequence[Any]

_COLUMN_OF: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("claim", "reason"): "claim_reason",
        ("claim", "reason_raw"): "claim_raw",
        ("settlement", "kind"): "settlement_kind",
        ("settlement", "stage"): "settlement_stage",
        ("evidence", "name"): "file_name",
        ("evidence", "size"): "file_size",
        ("due", "party"): "due_party",
        ("due", "at"): "due_at",
        ("replaced", "by"): "replaced_by",
    }
)
"""Where a field of a fact has a column of another name."""

_PLACE = ("order_id", "line_id", "platform_id")
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
_NO_FACT = dict.fromkeys((*_PLACE, *_FACT_COLUMNS))


class Place(NamedTuple):
    """Where an opening hangs its dispute; `line_id` None is the whole order."""

    order_id: int
    line_id: int | None
    platform_id: str | None


def damaged(what: str, problem: Exception) -> LedgerTrouble:
    """A row that this program would never have written."""
    return LedgerTrouble(
        f"{what} is damaged ({problem})", hint="see what else is with 'dispcli ledger check'", code="damaged"
    )


def money(minor: int | None, currency: str | None) -> Money | None:
    """An amount from its two columns."""
    return Money(minor, currency) if minor is not None and currency is not None else None


def order_of(row: Row, lines: Sequence[Row]) -> Order:
    """An order from the statement ORDER and its lines from LINES. Raises LedgerTrouble."""
    (id_, marketplace, number, placed, status, raw, currency, minor, *dates) = row
    shipped, delivered, protection_ends, purchase_id, _exact, _seen_at, seller_id, *seller = dates
    shop = Seller(seller_id, *seller) if seller_id is not None else None
    try:
        for moment in (placed, shipped, delivered, protection_ends):
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
            delivered=delivered,
            protection_ends=protection_ends,
            purchase_id=purchase_id,
            lines=tuple(map(line_of, lines)),
        )
    except (ValueError, TypeError) as problem:
        raise damaged(f"order {marketplace}:{number}", problem) from problem


def line_of(row: Row) -> Line:
    """An order's line from LINES. Raises LedgerTrouble."""
    id_, position, title, quantity, minor, currency, *rest = row
    try:
        return Line(id_, position, title, quantity, money(minor, currency), *rest)
    except (ValueError, TypeError) as problem:
        raise damaged(f"order line {id_}", problem) from problem


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
            state=State(state),
            version=version,
            opened_at=opened_at,
            updated_at=updated_at,
            origin=State(origin) if origin else None,
            outcome=Outcome(outcome) if outcome else None,
            seen_at=seen_at,
            replaced_by=replaced_by,
        )
    except (ValueError, TypeError) as problem:
        raise damaged(f"dispute D{id_}", problem) from problem


def event_of(row: Row) -> Event:
    """An event from one of the statements that select it whole. Raises LedgerTrouble."""
    dispute_id, seq, at, actor, source, action, party, from_state, to_state, outcome, *rest = row
    reason, note, happened_at, operation_id, findings, kind, _order, _line, _platform, *columns = rest
    try:
        return Event(
            dispute_id=dispute_id,
            seq=seq,
            at=at,
            actor=actor,
            source=source,
            action=Action(action),
            party=Party(party),
            from_state=None if from_state == UNOPENED else State(from_state),
            to_state=State(to_state),
            outcome=Outcome(outcome) if outcome else None,
            reason=reason,
            note=note,
            fact=_fact(kind, columns) if kind else None,
            happened_at=happened_at,
            operation_id=operation_id,
            findings=tuple(map(_finding, findings.split("\n"))) if findings else (),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise damaged(f"event {seq} of dispute D{dispute_id}", problem) from problem


def _fact(kind: str, columns: Sequence[Any]) -> Fact:
    stored = dict(zip(_FACT_COLUMNS, columns, strict=True))
    fields = ("minor", "currency") if stored["currency"] else ()
    names = (*(name for name in FACTS[kind]._fields if name != "amount"), *fields)
    values = {name: stored[_column(kind, name)] for name in names}
    return from_data(
        kind, {name: value for name, value in values.items() if value is not None or name == "remedy"}
    )


def _column(kind: str, field: str) -> str:
    return "amount_minor" if field == "minor" else _COLUMN_OF.get((kind, field), field)


def _finding_line(found: Recorded) -> str:
    """`block refund-not-received accepted USD 30.00`: readable in any SQL shell."""
    return " ".join((found.level, found.code, "accepted" if found.accepted else "found", found.basis))


def _finding(line: str) -> Recorded:
    level, code, answer, basis = line.split(" ", 3)
    if answer not in ("accepted", "found"):
        raise ValueError(f"not a finding: {line!r}")
    return Recorded(code, level, basis, answer == "accepted")


def place_of(row: Row) -> Place:
    """Where an opening event hangs its dispute."""
    return Place(*row[16:19])


def event_row(event: Event, place: Place | None = None) -> dict[str, Any]:
    """The binds of ADD_EVENT; `place` belongs to an opening."""
    kind = kind_of(event.fact) if event.fact is not None else None
    bound: dict[str, Any] = {**event._asdict(), **_NO_FACT}
    if event.fact is not None and kind is not None:
        bound.update({_column(kind, name): value for name, value in to_data(event.fact).items()})
    if place is not None:
        bound.update(place._asdict())
    bound.update(
        previous_seq=event.seq - 1 or None,
        from_state=event.from_state or UNOPENED,
        fact=kind,
        findings="\n".join(map(_finding_line, event.findings)) or None,
    )
    return bound
