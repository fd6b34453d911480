"""One order with what hangs on it."""

from dispcli.core.order_views import OrderView
from dispcli.core.summaries import DisputeQuery
from dispcli.errors import NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.policies import Policies
from dispcli.services.caseload import Caseload
from dispcli.services.pages import order_page
from dispcli.services.targets import Target, find_goods


def order_view(ledger: Ledger, target: Target, policies: Policies) -> OrderView:
    """The one order that is meant, with its lines and disputes. Raises NotFound or Ambiguous."""
    with ledger.reading():
        order_id = find_goods(Caseload(ledger), target).order_id
        known = ledger.known(order_id)
        disputes = ledger.disputes(DisputeQuery(all=True, order_id=order_id))
    if known is None:
        raise NotFound("the order is gone")
    page = order_page(known.order, policies.policy_for(known.order.marketplace))
    return OrderView(known.order, not known.placed_exact, tuple(disputes), page)
