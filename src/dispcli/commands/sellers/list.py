"""dispcli sellers list."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import searched
from dispcli.commands.listing import limit_of, one_of, output_of, show_nothing
from dispcli.commands.options.paging import Paging
from dispcli.commands.options.showing import Showing
from dispcli.core.sellers import SELLER_SORTS
from dispcli.render.output import Page
from dispcli.render.sheets.sellers import SELLERS
from dispcli.services.sellers import list_sellers as read_sellers


def list_sellers(
    run: Run,
    showing: Showing,
    paging: Paging,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Part of the name, or the store id.")
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only sellers with a dispute.")] = False,
    sort: Annotated[str, typer.Option(metavar="BY", help=f"{', '.join(SELLER_SORTS)}.")] = "name",
) -> None:
    """List sellers.

    By name, or by what to beware of: most orders, disputes, open ones, late orders and longest answers
    first; lowest refund share and rating first. What is not known comes last.
    """
    output = output_of(run, showing)
    order = one_of(sort, tuple(SELLER_SORTS), "--sort")
    if run.ledger_is_missing:
        show_nothing(run, output, SELLERS)
        return
    name = searched(search, "--search")
    limit = limit_of(run, paging, output)
    with run.lists() as ledger:
        found, more = read_sellers(ledger, name, limit, run.policies, run.now, sort=order, disputed=disputed)
    output.list(SELLERS, Page(found, more))
