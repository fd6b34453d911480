"""dispcli import, and the same as dispcli orders import."""

from contextlib import ExitStack
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.imports.files import expand
from dispcli.commands.imports.running import Import
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.options.showing import Showing
from dispcli.commands.progress import Progress
from dispcli.errors import UsageProblem
from dispcli.formats.registry import names
from dispcli.formats.source import Asked
from dispcli.render.output import Page
from dispcli.render.sheets.orders import IMPORTS

_PARTLY_DONE, _INTERRUPTED = 7, 130


def import_files(
    run: Run,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files, folders, patterns; - for standard input.")
    ],
    showing: Showing,
    format: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Read it as this format, whatever it is.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", help="For files that name none.")
    ] = None,
    order: Annotated[
        str | None, typer.Option("--order", metavar="NUMBER", help="For a file that leaves its order out.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="Where the days don't tell it.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")
    ] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Leave wrong rows out; else one stops all.")
    ] = False,
) -> int:
    """Import orders, disputes and refunds.

    A file is known by its content; 'dispcli help formats' lists what is known. The same file twice changes
    nothing; an older file changes nothing that is known better. One wrong row, and nothing is written.
    """
    output = run.output(showing.format, showing.fields)
    output.expect(IMPORTS)
    _require(format, currency, date_order)
    paths = expand(files)
    with ExitStack() as stack:
        doing = Import(
            run=run,
            stack=stack,
            interruptible=stack.enter_context(Interruptible()),
            progress=stack.enter_context(Progress(run, output, files[0])),
            asked=Asked(currency, order, date_order),
            format=format,
            keep_going=keep_going,
            dry_run=dry_run,
        )
        doing.read(paths)
    output.list(IMPORTS, Page(doing.results))
    return _tell(run, doing)


def _require(format: str | None, currency: str | None, date_order: str | None) -> None:
    """Raises UsageProblem for a word that can't be meant."""
    if format is not None and format not in names():
        raise UsageProblem(f"--format: no format {format!r}", hint=f"formats: {', '.join(names())}")
    if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise UsageProblem(
            f"--currency: not a currency code: {currency!r} (three capital letters, as in USD)"
        )
    if date_order not in (None, "dmy", "mdy", "ymd"):
        raise UsageProblem(f"--date-order: {date_order!r} is none of dmy, mdy, ymd")


def _tell(run: Run, doing: Import) -> int:
    for counting in doing.counted:
        for remark in counting.remarks:
            run.voice.warn(remark)
    for summary in doing.results:
        for word in summary.unknown_words:
            run.voice.warn(f"{summary.file}: nobody knows the status {word!r}; kept as it is")
    if doing.wrong:
        refusal = doing.refusal("what was right is stored")
        run.voice.warn(refusal.message)
        for detail in refusal.details:
            run.voice.detail(detail)
    if doing.interruptible.asked:
        run.voice.note("interrupted; what is told here is stored")
        return _INTERRUPTED
    if not doing.wrong:
        return 0
    if not any(summary.rows for summary in doing.results):
        raise doing.refusal("nothing was written")
    return _PARTLY_DONE
