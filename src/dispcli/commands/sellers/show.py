"""dispcli sellers show."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import searched
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.targeting import need_ledger
from dispcli.render.documents.seller import SELLER
from dispcli.services.sellers import seller_view


def show(
    run: Run,
    seller: Annotated[
        str,
        typer.Argument(metavar="SELLER", help="Id (S3), store id, name, MARKET:NAME, or a part of the name."),
    ],
    showing: ShowingOne,
) -> None:
    """Show a seller."""
    need_ledger(run, seller)
    searched(seller, "SELLER")
    with run.reading() as ledger:
        view = seller_view(ledger, seller, run.policies, run.now)
    run.output(showing.format).one(SELLER, view, "seller")
