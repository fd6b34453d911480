"""dispcli dispute settlement."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.facts import SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.states import Party
from dispcli.services.moves import NewSettlement, settlement_job


def settlement(
    run: Run,
    order: OneOrder,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="promised, issued or received.")],
    narrowing: Narrowing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    amount: Annotated[
        str | None,
        typer.Argument(metavar="AMOUNT", help="How much: 10.00 or 'USD 10.00'. Default: what is due."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="refund or replacement. Default: what is owed."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="seller or platform.")] = "seller",
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="TEXT", help="A payment's reference or a tracking number."),
    ] = None,
) -> None:
    """Note a settlement.

    It can be noted in any state. Once a solution stands, issued moves the dispute on, and a receipt in full
    resolves it.
    """
    output = changes_output(run, showing)
    new = NewSettlement(
        kind=one_of(kind, SETTLEMENT_KINDS, "--kind") if kind else None,
        stage=one_of(stage, SETTLEMENT_STAGES, "STAGE"),
        amount=amount,
        reference=reference,
        party=Party(one_of(by, ("seller", "platform"), "--by")),
    )
    job = settlement_job(new, said(run, telling, writing))
    _, results = change(run, [order], narrowing, writing, job, "settlement")
    output.changes(results)
