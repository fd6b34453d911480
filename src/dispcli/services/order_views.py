"""One order, one seller, with what hangs on them."""

from dispcli.core.order_views import OrderView, SellerView
from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.policies import policy_for
from dispcli.services.caseload import Caseload
from dispcli.services.pages import order_page
from dispcli.services.targets import Target, find_goods

_RECENT = 10


def order_view(ledger: Ledger, target: Target) -> OrderView:
    """The one order that is meant, with its lines and disputes. Raises NotFound or Ambiguous."""
    with ledger.reading():
        order_id = find_goods(Caseload(ledger), target).order_id
        known = ledger.known(order_id)
        disputes = ledger.disputes(DisputeQuery(all=True, order_id=order_id))
    if known is None:
        raise NotFound("the order is gone")
    page = order_page(known.order, policy_for(known.order.marketplace))
    return OrderView(known.order, not known.placed_exact, tuple(disputes), page)


def seller_view(ledger: Ledger, word: str) -> SellerView:
    """The one seller that is meant: by store id, exact name, or part of the name.

    Raises NotFound or Ambiguous.
    """
    with ledger.reading():
        found = ledger.sellers(word)
        exact = [seller for seller in found if word in (seller.store_id, seller.name)]
        found = exact or found
        if not found:
            raise NotFound(f"no seller is known as {word!r}", hint="see 'dispcli sellers list'")
        if len(found) > 1:
            names = ", ".join(
                f"{seller.name} ({seller.store_id or seller.marketplace})" for seller in found[:10]
            )
            raise Ambiguous(f"{word} could be {len(found)} sellers: {names}", hint="use the store id")
        seller = found[0]
        orders = ledger.orders(OrderQuery(seller_id=seller.id, limit=_RECENT))
        disputes = ledger.disputes(DisputeQuery(all=True, seller_id=seller.id))
    return SellerView(seller, tuple(orders), tuple(disputes))
