"""dispcli orders show."""

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import OneOrder
from dispcli.commands.targeting import need_ledger
from dispcli.render.documents.order import ORDER
from dispcli.services.order_views import order_view
from dispcli.services.targets import Target, find_order


def show(run: Run, order: OneOrder, showing: ShowingOne) -> None:
    """Show an order."""
    need_ledger(run, order)
    with run.reading() as ledger:
        with ledger.reading():
            order_id = find_order(ledger, Target(order, partial=run.can_ask))
        view = order_view(ledger, order_id)
    run.output(showing.format).one(ORDER, view, "draw_order")
