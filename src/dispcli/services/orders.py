"""Orders: add, set."""

from collections.abc import Sequence

from dispcli.core.new_orders import NewOrder
from dispcli.core.order_results import OrderResult
from dispcli.errors import NotFound, Refused
from dispcli.ledger.ledger import Known, Ledger
from dispcli.services.caseload import Caseload
from dispcli.services.merging import as_new
from dispcli.services.targets import Target, find_goods


def add_order(
    ledger: Ledger, new: NewOrder, at: str, *, pays_for: Target | None = None, dry_run: bool
) -> OrderResult:
    """A new order, typed by hand. The very same again changes nothing.

    Raises Refused when the number is known with other facts, NotFound or Ambiguous for the purchase.
    """
    with ledger.writing():
        if pays_for is not None:
            new = new._replace(purchase_id=find_goods(Caseload(ledger), pays_for).order_id)
        known = known_as(ledger, new)
        if known and _same(as_new(known), new):
            return OrderResult(new.marketplace, new.number, "unchanged")
        if known:
            raise Refused(
                f"order {new.marketplace}:{new.number} is in the ledger already, with other facts",
                code="order-known",
                hint=f"to change it: dispcli orders set {new.number} ...",
            )
        if not dry_run:
            ledger.add_order(new, at)
    return OrderResult(new.marketplace, new.number, "planned" if dry_run else "new")


def known_as(ledger: Ledger, new: NewOrder) -> Known | None:
    """What the ledger knows about this order already, told by marketplace and number."""
    named = (order for order in ledger.orders_numbered(new.number) if order.marketplace == new.marketplace)
    found = next(named, None)
    return ledger.known(found.id) if found else None


def _same(known: NewOrder, new: NewOrder) -> bool:
    """Whether nothing is told that is not known, whenever it was learned."""
    return known._replace(seen_at=new.seen_at) == new


def set_orders(
    ledger: Ledger, targets: Sequence[Target], facts: dict[str, str], at: str, *, dry_run: bool
) -> list[OrderResult]:
    """Change what is known: status, shipped, delivered, protection_ends; for all of them, or none.

    Raises NotFound or Ambiguous.
    """
    with ledger.writing():
        caseload = Caseload(ledger)
        caseload.load(target.word for target in targets)
        orders = dict.fromkeys(find_goods(caseload, target).order_id for target in targets)
        return [_set(ledger, order_id, facts, at, dry_run=dry_run) for order_id in orders]


def _set(ledger: Ledger, order_id: int, facts: dict[str, str], at: str, *, dry_run: bool) -> OrderResult:
    known = ledger.known(order_id)
    if known is None:
        raise NotFound("the order is gone")
    order = known.order
    changes = {name: value for name, value in facts.items() if getattr(order, name) != value}
    if changes and not dry_run:
        values = {**changes, "status_raw": None} if "status" in changes else changes
        ledger.set_order(order.id, as_new(known)._replace(**values, seen_at=at), at)
    status = "unchanged" if not changes else "planned" if dry_run else "changed"
    return OrderResult(order.marketplace, order.number, status, tuple(changes))
