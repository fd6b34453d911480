"""dispcli dispute advise."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.listing import one_of
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.core.reasons import CANCEL_REASONS
from dispcli.render.documents.dispute import ADVICE
from dispcli.services.views import advice


def advise(
    run: Run,
    order: OneOrder,
    narrowing: Narrowing,
    showing: ShowingOne,
    reason: Annotated[
        str | None, typer.Option("--reason", "-r", metavar="CODE", help="The reason you would cancel for.")
    ] = None,
) -> None:
    """Run the checks."""
    considered = one_of(reason, tuple(CANCEL_REASONS), "--reason") if reason else None
    case = case_of(run, order, narrowing)
    view = advice(case, considered, run.policies, run.now)
    run.output(showing.format).one(ADVICE, view, "draw_advice")
