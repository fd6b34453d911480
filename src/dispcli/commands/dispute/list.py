"""dispcli dispute list."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import dispute_terms, searched
from dispcli.commands.listing import limit_of, one_of, output_of, show_nothing
from dispcli.commands.options.filtering import Where
from dispcli.commands.options.paging import Paging
from dispcli.commands.options.showing import Showing
from dispcli.commands.typed import dispute_id
from dispcli.core.states import State
from dispcli.core.summaries import DISPUTE_SORTS, DisputeQuery
from dispcli.render.output import Page
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.services.lists import list_disputes as read_disputes
from dispcli.services.lists import shown_totals


def list_disputes(
    run: Run,
    showing: Showing,
    paging: Paging,
    all: Annotated[bool, typer.Option("--all", "-a", help="Closed ones too, after the open ones.")] = False,
    state: Annotated[
        list[str] | None, typer.Option(metavar="STATE", help="Only this state. Repeatable.")
    ] = None,
    seller: Annotated[str | None, typer.Option(metavar="TEXT", help="Seller's name or store id.")] = None,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="Cancelled here, not yet seen on the site.")
    ] = False,
    search: Annotated[
        str | None, typer.Option(metavar="TEXT", help="In number, title, seller or messages.")
    ] = None,
    where: Where = None,
    sort: Annotated[str, typer.Option(metavar="BY", help="open, newest, oldest or amount.")] = "open",
    after: Annotated[
        str | None, typer.Option(metavar="D12", help="Continue after this dispute, the last one seen.")
    ] = None,
) -> None:
    """List disputes.

    Without --all, --state or --unseen only the open ones, unless --where tells about state, is, outcome
    or dispute.
    """
    output = output_of(run, showing)
    query = DisputeQuery(
        all=all,
        states=tuple(one_of(word, tuple(State), "--state") for word in state or ()),
        seller=searched(seller, "--seller"),
        unseen=unseen,
        search=searched(search, "--search"),
        sort=one_of(sort, DISPUTE_SORTS, "--sort"),
        limit=limit_of(run, paging, output),
        where=dispute_terms(run, where),
    )
    if run.ledger_is_missing:
        show_nothing(run, output, DISPUTES)
        return
    with run.lists() as ledger:
        found, more = read_disputes(ledger, query, dispute_id(after, "--after") if after else None)
    output.list(DISPUTES, Page(found, more, shown_totals([dispute.amount for dispute in found])))
