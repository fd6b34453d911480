"""What is claimed when a dispute is opened."""

from typing import Annotated

import typer

from dispcli.core.facts import REMEDIES
from dispcli.namedtuples import NamedTuple


class Claiming(NamedTuple):
    """What is claimed when a dispute is opened."""

    reason: Annotated[
        str | None,
        typer.Option("--reason", "-r", metavar="CODE", help="What is claimed; see 'dispute reasons'."),
    ] = None
    remedy: Annotated[
        str | None,
        typer.Option("--remedy", metavar="REMEDY", help=f"{', '.join(REMEDIES)}. Default: refund."),
    ] = None
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="How much: 10.00 or 'USD 10.00'.")
    ] = None
    platform_id: Annotated[
        str | None, typer.Option("--platform-id", metavar="ID", help="The platform's own id of the dispute.")
    ] = None
    replaces: Annotated[
        str | None,
        typer.Option("--replaces", metavar="D12", help="Takes the place of a final record made in error."),
    ] = None
    accept_risk: Annotated[
        list[str] | None,
        typer.Option("--accept-risk", metavar="CODE", help="reopening: open again after a cancel."),
    ] = None
