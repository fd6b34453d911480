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
        caseload = Caseload(ledger)
        order_id = find_goods(caseload, target).order_id
        order = caseload.order(order_id)
        disputes = ledger.disputes(DisputeQuery(all=True, order_id=order_id))
    if order is None:
        raise NotFound("the order is gone")
    return OrderView(order, tuple(disputes), order_page(order, policies.policy_for(order.marketplace)))
