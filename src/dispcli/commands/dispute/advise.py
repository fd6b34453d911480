"""dispcli dispute advise."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options import Narrowing, OneOrder, ShowingOne
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.core.reasons import CANCEL_REASONS
from dispcli.render.documents.dispute import ADVICE
from dispcli.services.targets import find_disputes
from dispcli.services.views import advice, load_case


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
    need_ledger(run, order)
    with run.reading() as ledger:
        case = load_case(ledger, find_disputes(ledger, targets_of(run, [order], narrowing))[0])
    run.output(showing.format).one(ADVICE, advice(case, considered, run.now), "draw_advice")
