"""dispcli dispute cancel."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dispcli.commands.cancelled import afterwards, check_risks, finish
from dispcli.commands.changing import carry_out, changes_output
from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Risks, Writing
from dispcli.commands.targeting import reads_standard_input, targets_of
from dispcli.commands.typed import read_cancel_reason
from dispcli.core.cancelling import CancelAsk
from dispcli.core.reasons import CANCEL_REASONS, OTHER
from dispcli.errors import UsageProblem
from dispcli.services.cancelling import cancel_job
from dispcli.services.operations import require_disputes
from dispcli.services.targets import Target


def cancel(
    run: Run,
    choosing: Choosing,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", "-r", metavar="REASON", help="A code of 'dispute reasons', or your own words."
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="A text for the history.")
    ] = None,
    accept_risk: Risks = None,
    message: Annotated[
        bool, typer.Option("--message", help="Cancel, and print only the message to the seller.")
    ] = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the order's page in the browser.")] = False,
) -> int:
    """Cancel disputes.

    On a terminal the checks are shown and you are asked. Without a terminal and without --yes only the
    request is recorded; 'dispute confirm' makes it final, 'dispute keep' takes it back. A blocking check
    stops the cancel unless --accept-risk names it.
    """
    output = changes_output(run, showing)
    after = afterwards(run, message=message, open_page=open_page)
    if reason == STANDARD_INPUT and reads_standard_input(orders, choosing):
        raise UsageProblem("ORDER and --reason can't both come from standard input")
    targets = targets_of(run, orders, choosing)
    code, text = read_cancel_reason(run, _ask_reason(run, targets.found) if reason is None else reason)
    ask = CancelAsk(
        reason=code,
        note="\n".join(part for part in (text, note) if part) or None,
        accepted=check_risks(accept_risk),
        confirm=writing.yes or run.can_ask,
    )
    job = cancel_job(ask, run.policies, run.now, writing.operation_id)
    done = carry_out(run, targets, writing, job, "cancel")
    return finish(run, output, done, after)


def _ask_reason(run: Run, targets: Sequence[Target]) -> str:
    """Ask for the reason, once it is sure which disputes are meant."""
    if not run.can_ask:
        raise UsageProblem("--reason is missing", hint="see 'dispcli dispute reasons'")
    with run.reading() as ledger:
        require_disputes(ledger, targets)
    from dispcli.commands.asking import ask, choose

    run.voice.note("Why do you cancel?")
    chosen = choose(run, "Number, code, or your own words: ", tuple(CANCEL_REASONS.items()))
    return ask(run, "In your own words: ") if chosen == OTHER else chosen
