"""Orders: add, set, link."""

from collections.abc import Mapping
from typing import Any

from dispcli.core.new_orders import NewOrder
from dispcli.core.order_results import OrderResult
from dispcli.core.orders import ENTERED, Order
from dispcli.core.plausibility import out_of_order
from dispcli.errors import NotFound, Refused
from dispcli.ledger.folding import same_letters
from dispcli.ledger.ledger import Known, Ledger
from dispcli.services.caseload import Caseload
from dispcli.services.merging import as_new
from dispcli.services.seller_names import with_known_seller
from dispcli.services.targets import Target, Targets, find_goods, still_meant


def add_order(
    ledger: Ledger, new: NewOrder, at: str, *, pays_for: Target | None = None, dry_run: bool
) -> OrderResult:
    """A new order, typed by hand. The very same again changes nothing.

    Raises Refused when the number is known with other facts, NotFound or Ambiguous for the seller or the
    purchase.
    """
    with ledger.writing():
        word, new = new.seller_name, with_known_seller(ledger, new)
        taken = None if same_letters(word or "", new.seller_name or "") else new.seller_name
        if pays_for is not None:
            new = new._replace(purchase_id=find_goods(Caseload(ledger), pays_for).order_id)
        known = known_as(ledger, new)
        if known and _same(as_new(known), new):
            return OrderResult(new.marketplace, new.number, "unchanged", seller=taken)
        if known:
            raise Refused(
                f"order {new.marketplace}:{new.number} is in the ledger already, with other facts",
                code="order-known",
                hint=f"to change it: dispcli orders set {new.number} ...",
            )
        if not dry_run:
            ledger.add_order(new, at)
    return OrderResult(new.marketplace, new.number, "planned" if dry_run else "new", seller=taken)


def known_as(ledger: Ledger, new: NewOrder) -> Known | None:
    """What the ledger knows about this order already, told by marketplace and number."""
    named = (order for order in ledger.orders_numbered(new.number) if order.marketplace == new.marketplace)
    found = next(named, None)
    return ledger.known(found.id) if found else None


def _same(known: NewOrder, new: NewOrder) -> bool:
    """Whether nothing is told that is not known, whenever it was learned."""
    return known._replace(seen_at=new.seen_at) == new


def set_orders(
    ledger: Ledger,
    targets: Targets,
    facts: Mapping[str, str | None],
    at: str,
    *,
    dry_run: bool,
    keep_going: bool,
) -> list[OrderResult]:
    """Change what is known: status, tracking, days (shipped, promised, ...); each order once.

    None takes a fact away. For all of them or none: raises NotFound or Ambiguous, which is a result where
    `keep_going`.
    """
    with ledger.writing():
        meant = still_meant(ledger, targets)
        caseload = Caseload(ledger)
        caseload.load(target.word for target in meant)
        results: dict[object, OrderResult] = {}
        for target in meant:
            try:
                order_id = find_goods(caseload, target).order_id
            except NotFound as error:
                if not keep_going:
                    raise
                results[target] = OrderResult("", target.word, "error", (), error.code, error.message)
                continue
            if order_id not in results:
                results[order_id] = _set(ledger, order_id, facts, at, dry_run=dry_run)
        return list(results.values())


def _set(
    ledger: Ledger, order_id: int, facts: Mapping[str, str | None], at: str, *, dry_run: bool
) -> OrderResult:
    known = ledger.known(order_id)
    if known is None:
        raise NotFound("the order is gone")
    order = known.order
    changes = {name: value for name, value in facts.items() if _is_news(order, name, value)}
    doubts = out_of_order({**order._asdict(), **facts}, changes)
    if changes and not dry_run:
        values = {**changes, **_brought(changes), "seen_at": at}
        ledger.set_order(order.id, as_new(known)._replace(**values), at)
    status = "unchanged" if not changes else "planned" if dry_run else "changed"
    return OrderResult(order.marketplace, order.number, status, tuple(changes), doubts=doubts)


def _is_news(order: Order, name: str, value: str | None) -> bool:
    """Whether it isn't known so; who enters an end of protection tells at least how it is known."""
    unsure = name == "protection_ends" and value is not None and order.protection_basis is None
    return unsure or getattr(order, name) != value


def _brought(changes: Mapping[str, str | None]) -> dict[str, Any]:
    """What goes along with these facts once they are typed by hand."""
    brought: dict[str, Any] = {}
    if "status" in changes:
        brought["status_raw"] = None
    if "protection_ends" in changes:
        brought["protection_basis"] = ENTERED if changes["protection_ends"] else None
    return brought


def link_order(
    ledger: Ledger, payment: Target, purchase: Target | None, at: str, *, dry_run: bool
) -> OrderResult:
    """Join the record of a payment to the purchase it paid for; None: to nothing any more.

    Raises NotFound, Ambiguous, or Refused for what can't be a payment and its purchase.
    """
    with ledger.writing():
        caseload = Caseload(ledger)
        paid = _order_named(ledger, caseload, payment)
        bought = _order_named(ledger, caseload, purchase).order if purchase is not None else None
        if bought is not None:
            _refuse_chain(caseload, paid.order, bought)
        purchase_id = bought.id if bought else None
        changed = paid.order.purchase_id != purchase_id
        if changed and not dry_run:
            ledger.set_order(paid.order.id, as_new(paid)._replace(purchase_id=purchase_id), at)
    status = "unchanged" if not changed else "planned" if dry_run else "changed"
    return OrderResult(paid.order.marketplace, paid.order.number, status, ("purchase",) if changed else ())


def _order_named(ledger: Ledger, caseload: Caseload, target: Target) -> Known:
    known = ledger.known(find_goods(caseload, target).order_id)
    if known is None:
        raise NotFound("the order is gone")
    return known


def _refuse_chain(caseload: Caseload, paid: Order, bought: Order) -> None:
    """A payment pays for a purchase; neither is the other too. Raises Refused."""
    if paid.id == bought.id:
        raise Refused(f"{paid.name} can't pay for itself", code="link-to-itself")
    if bought.purchase_id is not None:
        raise Refused(
            f"{bought.name} is itself a payment, for another order",
            code="link-to-payment",
            hint=f"link to the purchase, or first: dispcli orders link {bought.name} --unlink",
        )
    linked = (caseload.order(order_id) for order_id in caseload.linked(paid.id))
    payers = [order for order in linked if order is not None and order.purchase_id == paid.id]
    if payers:
        raise Refused(
            f"{paid.name} is itself a purchase, paid for with {payers[0].name}",
            code="link-of-purchase",
            hint=f"link that to {bought.name}, or first: dispcli orders link {payers[0].name} --unlink",
        )
