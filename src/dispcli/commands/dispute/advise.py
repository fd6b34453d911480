"""dispcli dispute advise."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.targeting import one_target
from dispcli.commands.typed import read_cancel_reason
from dispcli.render.documents.advice import ADVICE
from dispcli.services.advising import advise as advise_about


def advise(
    run: Run,
    order: OneOrder,
    narrowing: Narrowing,
    showing: ShowingOne,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", "-r", metavar="REASON", help="Why you would cancel, as 'dispute cancel' takes it."
        ),
    ] = None,
) -> None:
    """Say whether to cancel.

    The checks before a cancel, what is lost by cancelling or may come of waiting, the seller's record, how
    the money stands, and a recommendation with its reasons. Nothing is written.
    """
    considered = read_cancel_reason(run, reason)[0] if reason is not None else None
    target = one_target(run, order, narrowing)
    with run.reading() as ledger:
        view = advise_about(ledger, target, considered, run.policies, run.now)
    run.output(showing.format).one(ADVICE, view, "advice")
