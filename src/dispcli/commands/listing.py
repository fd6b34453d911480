"""What list commands share: how many records, and what an empty ledger looks like."""

from dispcli.commands.context import Run
from dispcli.commands.options.paging import TERMINAL_LIMIT, Paging
from dispcli.commands.options.showing import Showing
from dispcli.errors import UsageProblem
from dispcli.render.fields import Sheet
from dispcli.render.output import Output, Page


def limit_of(run: Run, paging: Paging, output: Output) -> int | None:
    """How many records: what was asked for, else a screenful on a terminal and everything in a pipe."""
    if paging.limit is not None:
        return paging.limit or None
    if not output.is_table:
        return None
    configured = run.setting("limit", TERMINAL_LIMIT)
    text = str(configured.value)
    if not (text.isascii() and text.isdigit()):
        raise UsageProblem(f"limit: {text!r} is not a whole number ({configured.origin})")
    return int(text) or None


def output_of(run: Run, showing: Showing) -> Output:
    """Where the list goes."""
    return run.output(showing.format, showing.fields, raw=showing.raw)


def show_nothing(run: Run, output: Output, sheet: Sheet) -> None:
    """An empty list, because there is no ledger yet."""
    output.list(sheet, Page(()))
    run.say_empty()


def one_of(value: str, known: tuple[str, ...], option: str) -> str:
    """The value, if it is one of the known ones. Raises UsageProblem that lists them."""
    if value not in known:
        raise UsageProblem(f"{option}: no such value: {value!r}", hint=f"one of: {', '.join(known)}")
    return value
