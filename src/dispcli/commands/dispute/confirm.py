"""dispcli dispute confirm."""

from typing import Annotated

import typer

from dispcli.commands.cancelled import afterwards, check_risks, finish
from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Risks, Writing
from dispcli.services.cancelling import confirm_job


def confirm(
    run: Run,
    choosing: Choosing,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    accept_risk: Risks = None,
    message: Annotated[
        bool, typer.Option("--message", help="Confirm, and print only the message to the seller.")
    ] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the order's page in the browser.")] = False,
) -> int:
    """Confirm pending cancels.

    The checks run again. If anything became known since the request, the confirm is refused: look again,
    then cancel anew or keep the dispute.
    """
    output = changes_output(run, showing)
    after = afterwards(run, message=message, open_page=open_page)
    job = confirm_job(check_risks(accept_risk), run.policies, run.now, writing.operation_id)
    done = change(run, orders, choosing, writing, job, "confirm")
    return finish(run, output, done, after)
