"""dispcli orders show."""

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.targeting import one_target
from dispcli.render.documents.order import ORDER
from dispcli.services.order_views import order_view


def show(run: Run, order: OneOrder, showing: ShowingOne) -> None:
    """Show an order."""
    target = one_target(run, order, Narrowing())
    with run.reading() as ledger:
        view = order_view(ledger, target, run.policies)
    run.output(showing.format).one(ORDER, view, "order")
