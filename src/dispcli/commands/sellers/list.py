"""dispcli sellers list."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import searched
from dispcli.commands.listing import limit_of, output_of, show_nothing
from dispcli.commands.options.paging import Paging
from dispcli.commands.options.showing import Showing
from dispcli.render.output import Page
from dispcli.render.sheets.sellers import SELLERS
from dispcli.services.lists import list_sellers as read_sellers


def list_sellers(
    run: Run,
    showing: Showing,
    paging: Paging,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Part of the name, or the store id.")
    ] = None,
) -> None:
    """List sellers."""
    output = output_of(run, showing)
    if run.ledger_is_missing:
        show_nothing(run, output, SELLERS)
        return
    name = searched(search, "--search")
    limit = limit_of(run, paging, output)
    with run.lists() as ledger:
        found, more = read_sellers(ledger, name, limit)
    output.list(SELLERS, Page(found, more))
