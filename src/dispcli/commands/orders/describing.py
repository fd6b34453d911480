"""What an order that is added by hand was about."""

from typing import Annotated

import typer

from dispcli.commands.orders.parcels import Promised, Tracking
from dispcli.namedtuples import NamedTuple


class Describing(NamedTuple):
    """What an order that is added by hand was about."""

    title: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="What was bought; one line each. Repeatable.")
    ] = None
    price: Annotated[
        list[str] | None,
        typer.Option(metavar="AMOUNT", help="Price of each line, in the same order: 'USD 12.34'."),
    ] = None
    total: Annotated[str | None, typer.Option(metavar="AMOUNT", help="What was paid: 'USD 12.34'.")] = None
    seller: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The seller's name; or a store id or S3, where there is one already."
        ),
    ] = None
    marketplace: Annotated[str, typer.Option(metavar="NAME", help="Where it was bought.")] = "aliexpress"
    status: Annotated[str, typer.Option(metavar="STATUS", help="paid, shipped, delivered, completed ...")] = (
        "paid"
    )
    placed: Annotated[str, typer.Option(metavar="WHEN", help="When it was ordered.")] = "today"
    promised: Promised = None
    tracking: Tracking = None
