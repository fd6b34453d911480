"""dispcli dispute cancel."""

from typing import Annotated

import typer

from dispcli.commands.cancelled import check_risks, finish
from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OrderWords
from dispcli.commands.options.writing import Risks, Writing
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.commands.typed import read_text_argument
from dispcli.core.cancelling import CancelAsk
from dispcli.core.reasons import CANCEL_REASONS, OTHER
from dispcli.errors import UsageProblem
from dispcli.services.cancelling import cancel_job, read_reason
from dispcli.services.targets import find_disputes


def cancel(
    run: Run,
    orders: OrderWords,
    narrowing: Narrowing,
    writing: Writing,
    showing: Showing,
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
) -> None:
    """Cancel disputes.

    On a terminal the checks are shown and you are asked. Without a terminal and without --yes only the
    request is recorded; 'dispute confirm' makes it final, 'dispute keep' takes it back. A blocking check
    stops the cancel unless --accept-risk names it.
    """
    output = changes_output(run, showing)
    if reason is None:
        reason = _ask_reason(run, orders, narrowing)
    code, text = _read_reason(run, orders, reason)
    ask = CancelAsk(
        reason=code,
        note="\n".join(part for part in (text, note) if part) or None,
        accepted=check_risks(accept_risk),
        confirm=writing.yes or run.can_ask,
    )
    job = cancel_job(ask, run.now, writing.operation_id)
    planned, results = change(run, orders, narrowing, writing, job, "cancel")
    finish(run, output, planned, results, message=message, open_page=open_page)


def _ask_reason(run: Run, orders: list[str], narrowing: Narrowing) -> str:
    """Ask for the reason, once it is sure which dispute is meant."""
    if not run.can_ask:
        raise UsageProblem("--reason is missing", hint="see 'dispcli dispute reasons'")
    need_ledger(run, orders[0])
    with run.reading() as ledger:
        find_disputes(ledger, targets_of(orders, narrowing, partial=True))
    from dispcli.commands.asking import ask, choose

    run.voice.note("Why do you cancel?")
    chosen = choose(run, "Number, code, or your own words: ", tuple(CANCEL_REASONS.items()))
    return ask(run, "In your own words: ") if chosen == OTHER else chosen


def _read_reason(run: Run, orders: list[str], reason: str) -> tuple[str, str | None]:
    if reason == "-" and "-" in orders:
        raise UsageProblem("ORDER and --reason can't both come from standard input")
    try:
        return read_reason(read_text_argument(run, reason, "--reason"))
    except ValueError as problem:
        raise UsageProblem(f"--reason: {problem}", hint="see 'dispcli dispute reasons'") from None
