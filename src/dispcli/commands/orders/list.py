"""dispcli orders list."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import ending_within, order_terms, searched
from dispcli.commands.listing import limit_of, one_of, output_of, show_nothing
from dispcli.commands.options.filtering import Where
from dispcli.commands.options.paging import Paging
from dispcli.commands.options.showing import Showing
from dispcli.core.orders import OrderStatus
from dispcli.core.summaries import ORDER_SORTS, OrderQuery
from dispcli.render.fields import Sheet, with_columns
from dispcli.render.output import Page
from dispcli.render.sheets.orders import ORDERS
from dispcli.services.lists import list_orders as read_orders
from dispcli.services.lists import shown_totals


def list_orders(
    run: Run,
    showing: Showing,
    paging: Paging,
    status: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="Only this status. Repeatable.")
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only orders with a dispute.")] = False,
    seller: Annotated[str | None, typer.Option(metavar="TEXT", help="Seller's name or store id.")] = None,
    since: Annotated[str | None, typer.Option(metavar="WHEN", help="Placed then or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="WHEN", help="Placed then or earlier.")] = None,
    search: Annotated[str | None, typer.Option(metavar="TEXT", help="In number, title or seller.")] = None,
    where: Where = None,
    late: Annotated[
        bool,
        typer.Option("--late", help="Only what is awaited after its promised day; short for is:late."),
    ] = False,
    protection_ends_within: Annotated[
        str | None, typer.Option(metavar="LENGTH", help="Only orders whose protection ends soon: 7d, 2w.")
    ] = None,
    sort: Annotated[str, typer.Option(metavar="BY", help="newest, oldest, amount or number.")] = "newest",
    after: Annotated[
        str | None, typer.Option(metavar="ORDER", help="Continue after this order, the last one seen.")
    ] = None,
) -> None:
    """List orders.

    Late is what has a promised day that is past on the marketplace's clock, where nothing says that it has
    arrived and it is not over. WHEN is a date, a month (2026-10), a year, today, yesterday, -7d, -2w. On a
    terminal the list stops at 50 and says so; a pipe gets everything.
    """
    output = output_of(run, showing)
    query = OrderQuery(
        statuses=tuple(one_of(word, tuple(OrderStatus), "--status") for word in status or ()),
        disputed=disputed,
        seller=searched(seller, "--seller"),
        since=run.since(since),
        until=run.until(until),
        search=searched(search, "--search"),
        sort=one_of(sort, ORDER_SORTS, "--sort"),
        limit=limit_of(run, paging, output),
        where=(
            *order_terms(run, where),
            *order_terms(run, "is:late" if late else None),
            *ending_within(run, protection_ends_within),
        ),
    )
    sheet = _showing_days(promised=late, protected=protection_ends_within is not None)
    if run.ledger_is_missing:
        show_nothing(run, output, sheet)
        return
    with run.lists() as ledger:
        found, more = read_orders(ledger, query, after)
    output.list(sheet, Page(found, more, shown_totals([order.total for order in found])))


def _showing_days(*, promised: bool, protected: bool) -> Sheet:
    """The list with the days that it is narrowed by."""
    return with_columns(
        ORDERS,
        {
            **({"promised": "PROMISED"} if promised else {}),
            **({"protection_ends": "PROTECTED"} if protected else {}),
        },
    )
