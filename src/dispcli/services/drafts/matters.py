"""What a draft is about, as it is named: a dispute, or an order that has none."""

from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.services.caseload import Caseload
from dispcli.services.drafts.filling import Matter
from dispcli.services.targets import Target, find_goods
from dispcli.services.views import load_case


def matter_of(ledger: Ledger, target: Target, *, disputed: bool) -> Matter:
    """What is meant; `disputed` where only a dispute will do. Raises NotFound or Ambiguous."""
    try:
        case = load_case(ledger, target)
        return Matter(case.order, case.line, case)
    except Ambiguous:
        raise
    except NotFound:
        if disputed:
            raise
        return _undisputed(ledger, target)


def _undisputed(ledger: Ledger, target: Target) -> Matter:
    with ledger.reading():
        caseload = Caseload(ledger)
        goods = find_goods(caseload, target)
        order = caseload.order(goods.order_id)
    if order is None:
        raise NotFound(f"no order is known as {target.word!r}")
    return Matter(order, next((line for line in order.lines if line.id == goods.line_id), None), None)
