"""One order, one seller, with what hangs on them."""

from dispcli.core.order_views import OrderView, SellerView
from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.policies import Policies
from dispcli.services.caseload import Caseload
from dispcli.services.pages import order_page
from dispcli.services.targets import Target, find_goods

_RECENT = 10


def order_view(ledger: Ledger, target: Target, policies: Policies) -> OrderView:
    """The one order that is meant, with its lines and disputes. Raises NotFound or Ambiguous."""
    with ledger.reading():
        caseload = Caseload(ledger)
        order_id = find_goods(caseload, target).order_id
        order = caseload.order(order_id)
        disputes = ledger.disputes(DisputeQuery(all=True, order_id=order_id))
    if order is None:
        raise NotFound("the order is gone")
    return OrderView(order, tuple(disputes), order_page(order, policies.policy_for(order.marketplace)))


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
