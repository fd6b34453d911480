"""dispcli dispute advise."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.targeting import one_target
from dispcli.core.reasons import CANCEL_REASONS
from dispcli.render.documents.advice import ADVICE
from dispcli.services.advising import advise as advise_about


def advise(
    run: Run,
    order: OneOrder,
    narrowing: Narrowing,
    showing: ShowingOne,
    reason: Annotated[
        str | None, typer.Option("--reason", "-r", metavar="CODE", help="The reason you would cancel for.")
    ] = None,
) -> None:
    """Say whether to cancel.

    The checks before a cancel, what is lost by cancelling or may come of waiting, the seller's record, how
    the money stands, and a recommendation with its reasons. Nothing is written.
    """
    considered = one_of(reason, tuple(CANCEL_REASONS), "--reason") if reason else None
    target = one_target(run, order, narrowing)
    with run.reading() as ledger:
        view = advise_about(ledger, target, considered, run.policies, run.now)
    run.output(showing.format).one(ADVICE, view, "advice")
