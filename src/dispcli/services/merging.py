"""What is known about an order, taken further by what a file or a person tells."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.orders import GIVEN, Line, OrderStatus
from dispcli.ledger.ledger import Known
from dispcli.namedtuples import NamedTuple


class Merge(NamedTuple):
    """An order as it will be known, and which lines that changes or adds."""

    order: NewOrder
    changed_lines: tuple[tuple[int, NewLine], ...]
    added_lines: tuple[NewLine, ...]
    changes: tuple[str, ...]


def as_new(known: Known) -> NewOrder:
    """What the ledger knows about an order, in the shape in which it is told."""
    order = known.order
    seller = order.seller
    return NewOrder(
        marketplace=order.marketplace,
        number=order.number,
        placed=order.placed,
        placed_exact=known.placed_exact,
        status=OrderStatus(order.status),
        status_raw=order.status_raw,
        seen_at=known.seen_at,
        seller_name=seller.name if seller else None,
        store_id=seller.store_id if seller else None,
        store_url=seller.url if seller else None,
        total=order.total,
        lines=tuple(map(_as_new_line, order.lines)),
        shipped=order.shipped,
        promised=order.promised,
        delivered=order.delivered,
        protection_ends=order.protection_ends,
        protection_basis=order.protection_basis,
        tracking=order.tracking,
        purchase_id=order.purchase_id,
    )


def _as_new_line(line: Line) -> NewLine:
    _id, _position, *told = line  # the rest is told by files in this very order
    return NewLine._make(told)


def joined(orders: Iterable[NewOrder]) -> NewOrder:
    """One order from what several rows tell of it: the lines of all, the rest from the newest.

    Raises ValueError when its lines are priced in several currencies.
    """
    newest, *others = orders
    if not others:
        return newest if newest.total else newest._replace(total=lines_total(newest.lines))
    lines = newest.lines
    for order in others:
        lines = (*lines, *order.lines)
        newest = order if order.seen_at > newest.seen_at else newest
    lines = tuple(_each_once(lines))
    return newest._replace(lines=lines, total=newest.total or lines_total(lines))


def _each_once(lines: Iterable[NewLine]) -> Iterator[NewLine]:
    """Every line once, though each of its disputes tells of it."""
    known: dict[str | int, NewLine] = {}
    for number, line in enumerate(lines):
        name = line.platform_id or number
        known[name] = _better(line, known[name]) if name in known else line
    yield from known.values()


_TAKEN = ("seller_name", "store_id", "store_url", "shipped", "promised", "delivered", "tracking")
_EITHER = (
    *("status", "status_raw", "placed", "placed_exact", "total", "lines"),
    *("protection_ends", "protection_basis", *_TAKEN),
)


def merge_order(known: Known, new: NewOrder) -> Merge:
    """What is known, taken further by what a file says; an older file only fills gaps.

    Raises ValueError when that would mix currencies.
    """
    old = as_new(known)
    if old._replace(seen_at=new.seen_at) == new:
        return Merge(old, (), (), ())
    newer = new.seen_at > old.seen_at
    changed_lines, added_lines, all_lines = _merge_lines(known, old, new, newer=newer)
    merged = old._replace(lines=all_lines, total=_total(old, new, all_lines, newer=newer))
    taken = {
        name: value
        for name in _TAKEN
        if (value := getattr(new, name)) is not None and (newer or getattr(old, name) is None)
    }
    told = {
        **taken,
        **_protection(old, new, newer=newer),
        **_status(old, new, newer=newer),
        **_placed(old, new, newer=newer),
    }
    merged = merged._replace(**told)
    changes = tuple(name for name in _EITHER if getattr(merged, name) != getattr(old, name))
    if changes:
        merged = merged._replace(seen_at=max(old.seen_at, new.seen_at))
    return Merge(merged, changed_lines, added_lines, changes)


def _status(old: NewOrder, new: NewOrder, *, newer: bool) -> dict[str, Any]:
    """A file that tells no status leaves it; of a word nobody knows the word is kept, not what it means."""
    told = new.status_raw is not None or new.status is not OrderStatus.UNKNOWN
    nothing_yet = old.status is OrderStatus.UNKNOWN and old.status_raw is None
    if not told or not (newer or nothing_yet):
        return {}
    known_word = new.status is not OrderStatus.UNKNOWN
    return {"status": new.status if known_word else old.status, "status_raw": new.status_raw}


def _placed(old: NewOrder, new: NewOrder, *, newer: bool) -> dict[str, Any]:
    """A sure day wins over an assumed one; of two assumed ones the earlier is nearer to the truth."""
    if new.placed_exact and (newer or not old.placed_exact):
        return {"placed": new.placed, "placed_exact": True}
    if not (new.placed_exact or old.placed_exact):
        return {"placed": min(old.placed, new.placed)}
    return {}


def _protection(old: NewOrder, new: NewOrder, *, newer: bool) -> dict[str, Any]:
    """The end of protection brings along how it is known; what a file shows, too, is not only entered."""
    if new.protection_ends is None:
        return {}
    if new.protection_ends == old.protection_ends:
        bases = (old.protection_basis, new.protection_basis)
        return {"protection_basis": GIVEN if GIVEN in bases else bases[1] or bases[0]}
    if newer or old.protection_ends is None:
        return {"protection_ends": new.protection_ends, "protection_basis": new.protection_basis}
    return {}


def _total(old: NewOrder, new: NewOrder, lines: tuple[NewLine, ...], *, newer: bool) -> Money | None:
    """The total a file tells, else the sum of the lines where it always was the sum of them."""
    if lines == old.lines and new.total in (None, old.total):
        return old.total
    if new.total is not None and new.total != lines_total(new.lines):
        return new.total if newer or old.total is None else old.total
    summed = old.total is None or old.total == lines_total(old.lines)
    return (lines_total(lines) or old.total) if summed else old.total


def _merge_lines(
    known: Known, old: NewOrder, new: NewOrder, *, newer: bool
) -> tuple[tuple[tuple[int, NewLine], ...], tuple[NewLine, ...], tuple[NewLine, ...]]:
    lines = dict(zip((line.id for line in known.order.lines), old.lines, strict=True))
    free = dict(lines)
    changed, added = [], []
    for line in new.lines:
        line_id = match_line(free, line)
        if line_id is None:
            added.append(line)
            continue
        before = free.pop(line_id)
        merged = _better(line, before) if newer else _better(before, line)
        if merged != before:
            changed.append((line_id, merged))
            lines[line_id] = merged
    return tuple(changed), tuple(added), (*lines.values(), *added)


def _better(line: NewLine, other: NewLine) -> NewLine:
    """The line, with what the other knows where this one tells nothing.

    One piece is also what is told where nothing is.
    """
    if line == other:
        return line
    best = (mine if mine is not None else theirs for mine, theirs in zip(line, other, strict=True))
    return NewLine._make(best)._replace(
        title=other.title if _is_unnamed(line) else line.title,
        quantity=other.quantity if line.quantity == 1 else line.quantity,
    )


def _is_unnamed(line: NewLine | Line) -> bool:
    """Whether its title only stands in for one that isn't told."""
    return line.title in (f"line {line.platform_id}", f"product {line.product_id}", "unnamed product")


def match_line(lines: Mapping[int, NewLine] | Mapping[int, Line], told: NewLine) -> int | None:
    """Which of these lines is told: by the platform's own id where both have it, else by product and sku.

    Where one side doesn't know the sku, the only line of that product; without products the title. Where
    that isn't told either, the only line there is.
    """
    if told.platform_id:
        for line_id, line in lines.items():
            if line.platform_id == told.platform_id:
                return line_id
    rest = {}
    for line_id, line in lines.items():
        if line.platform_id and told.platform_id:
            continue
        if (line.product_id, line.sku_id) == (told.product_id, told.sku_id) and line.product_id:
            return line_id
        rest[line_id] = line
    alike = [line_id for line_id, line in rest.items() if _alike(line, told)]
    by_title = alike and not told.product_id
    if len(alike) == 1 or by_title:
        return alike[0]
    return next(iter(rest)) if len(lines) == 1 == len(rest) and _may_be_any(rest, told) else None


def _may_be_any(lines: Mapping[int, NewLine | Line], told: NewLine) -> bool:
    """Whether one side doesn't tell what the line is about at all."""
    return all(
        (_is_unnamed(told) or _is_unnamed(line)) and not (told.product_id and line.product_id)
        for line in lines.values()
    )


def _alike(line: NewLine | Line, told: NewLine) -> bool:
    if line.product_id and told.product_id:
        return line.product_id == told.product_id and not (line.sku_id and told.sku_id)
    return line.title == told.title
