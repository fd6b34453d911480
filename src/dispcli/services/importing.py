"""Storing what a file brought: new orders, changed orders, nothing twice, nothing older than known."""

from collections.abc import Iterable
from typing import NamedTuple

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.order_results import OrderResult
from dispcli.core.orders import OrderStatus
from dispcli.errors import BadInput
from dispcli.ledger.ledger import Known, Ledger
from dispcli.services.orders import as_new, as_new_line, known_as


class Merge(NamedTuple):
    """An order as it will be known, and which lines that changes or adds."""

    order: NewOrder
    changed_lines: tuple[tuple[int, NewLine], ...]
    added_lines: tuple[NewLine, ...]
    changes: tuple[str, ...]


def store_orders(ledger: Ledger, orders: Iterable[NewOrder], at: str, *, dry_run: bool) -> list[OrderResult]:
    """Add and merge, in one transaction. The same orders again change nothing."""
    results = []
    with ledger.writing():
        for new in orders:
            results.append(_store(ledger, new, at, dry_run=dry_run))
    return results


def _store(ledger: Ledger, new: NewOrder, at: str, *, dry_run: bool) -> OrderResult:
    known = known_as(ledger, new)
    if known is None:
        if not dry_run:
            ledger.add_order(new, at)
        return OrderResult(new.marketplace, new.number, "new")
    merge = merge_order(known, new)
    if merge.changes and not dry_run:
        ledger.set_order(known.order.id, merge.order, at)
        for line_id, line in merge.changed_lines:
            ledger.set_line(line_id, line)
        for position, line in enumerate(merge.added_lines, start=len(known.order.lines) + 1):
            ledger.add_line(known.order.id, position, line)
    return OrderResult(
        new.marketplace, new.number, "changed" if merge.changes else "unchanged", merge.changes
    )


def merge_order(known: Known, new: NewOrder) -> Merge:
    """What is known, taken further by what a file says; an older file only fills gaps."""
    old = as_new(known)
    newer = new.seen_at > old.seen_at
    changed_lines, added_lines, all_lines = _merge_lines(known, new, newer=newer)
    merged = old._replace(lines=all_lines, total=_total(known, all_lines))
    for name in ("seller_name", "store_id", "store_url", "shipped", "delivered", "protection_ends"):
        merged = _take(merged, new, name, newer=newer)
    if newer:
        known_word = new.status is not OrderStatus.UNKNOWN
        merged = merged._replace(status=new.status if known_word else old.status, status_raw=new.status_raw)
    if new.placed_exact and not (old.placed_exact and not newer):
        merged = merged._replace(placed=new.placed, placed_exact=True)
    changes = [name for name in NewOrder._fields if getattr(merged, name) != getattr(old, name)]
    if changes:
        merged = merged._replace(seen_at=max(old.seen_at, new.seen_at))
    return Merge(merged, changed_lines, added_lines, tuple(changes))


def _total(known: Known, lines: tuple[NewLine, ...]) -> Money | None:
    try:
        return lines_total(lines) or known.order.total
    except ValueError as problem:
        raise BadInput(f"order {known.order.name}: {problem}; nothing was written") from None


def _take(merged: NewOrder, new: NewOrder, name: str, *, newer: bool) -> NewOrder:
    value = getattr(new, name)
    if value is None or (getattr(merged, name) is not None and not newer):
        return merged
    return merged._replace(**{name: value})


def _merge_lines(
    known: Known, new: NewOrder, *, newer: bool
) -> tuple[tuple[tuple[int, NewLine], ...], tuple[NewLine, ...], tuple[NewLine, ...]]:
    lines = {line.id: as_new_line(line) for line in known.order.lines}
    free = dict(lines)
    changed, added = [], []
    for line in new.lines:
        line_id = next((id for id, candidate in free.items() if _same_line(candidate, line)), None)
        if line_id is None:
            added.append(line)
            continue
        old = free.pop(line_id)
        best = [(b, a) if newer else (a, b) for a, b in zip(old, line, strict=True)]
        merged = NewLine._make(first if first is not None else second for first, second in best)
        if merged != old:
            changed.append((line_id, merged))
            lines[line_id] = merged
    return tuple(changed), tuple(added), (*lines.values(), *added)


def _same_line(known: NewLine, new: NewLine) -> bool:
    """By the platform's own id where both have it, else by product and sku, else by title."""
    if known.platform_id and new.platform_id:
        return known.platform_id == new.platform_id
    if known.product_id or new.product_id:
        return (known.product_id, known.sku_id) == (new.product_id, new.sku_id)
    return known.title == new.title
