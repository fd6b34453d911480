"""dispcli batch."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.batch.leftovers import Leftovers
from dispcli.commands.batch.options import Running
from dispcli.commands.batch.reading import BatchInput, read_batch
from dispcli.commands.batch.session import Session
from dispcli.commands.batch.streaming import run_streaming
from dispcli.commands.batch.whole import run_whole
from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.options.showing import Showing
from dispcli.commands.progress import Progress
from dispcli.errors import NotFound
from dispcli.formats.lines import Stream, read_lines
from dispcli.render.console import is_terminal
from dispcli.render.sheets.batch import BATCH
from dispcli.services.batch import Batch
from dispcli.services.bookmarks import Bookmark
from dispcli.services.caseload import Caseload


def batch(
    run: Run,
    showing: Showing,
    running: Running,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="NDJSON or a CSV; - or nothing for standard input.")
    ] = STANDARD_INPUT,
) -> int:
    """Run many operations.

    One JSON object a line: {"op":"cancel","order":"D12","reason":"agreement","operation_id":"a-1"}; or CSV
    with the same names as columns. Every verb of 'dispute' that changes something is an op; 'dispcli help
    schema batch' has all fields. Orders are named exactly.

    All lines are done or none, in one transaction; with --keep-going what can be done is done as the lines
    come, without any question, and the rest ends with exit code 7. Without --yes nothing that can't be
    undone is done unless you are asked on a terminal (exit code 6); 'op: cancel' asks for --yes too,
    'request-cancel' does not. A line with an operation_id is done once only, however often it is fed. With
    --resume the lines that were read before are left out, those that failed too: --failed keeps them.
    """
    output = run.output(showing.format, showing.fields, raw=showing.raw, piped="ndjson")
    output.expect(BATCH)
    running.require_name()
    _require_ledger(run)
    if file == STANDARD_INPUT and is_terminal(run.streams.stdin):
        run.voice.note("Reading lines from the terminal; Ctrl-D ends them.")
    with ExitStack() as stack:
        leftovers = stack.enter_context(Leftovers(running.failed)) if running.failed is not None else None
        name, stream = stack.enter_context(run.input(file))
        ledger = stack.enter_context(run.writing())
        ledger.expect_many()
        bookmark = Bookmark(running.resume, ledger) if running.resume is not None else None
        source = _read(run, running, name, stream, bookmark)
        if leftovers:
            leftovers.head(source.header)
        stamp = run.stamp(f"batch {Path(file).name}")
        session = Session(
            run=run,
            name=name,
            batch=Batch(
                ledger,
                Caseload(ledger, later=True),
                run.policies,
                stamp,
                run.now,
                running.yes,
                running.dry_run,
                bookmark,
            ),
            stream=output.stream(BATCH),
            interruptible=stack.enter_context(Interruptible()),
            progress=stack.enter_context(Progress(run, output, file)),
            leftovers=leftovers,
        )
        go = run_streaming if running.keep_going else run_whole
        return go(session, source.chunks)


def _read(run: Run, running: Running, name: str, stream: Stream, bookmark: Bookmark | None) -> BatchInput:
    """The lines; those that are done as they come are told the time at which they came, maybe for days."""
    clock = run.clock if running.keep_going else lambda: run.now
    lines = read_lines(stream)
    watched = bookmark.watch(lines) if bookmark else lines
    return read_batch(name, watched, clock, growing=bookmark is not None)


def _require_ledger(run: Run) -> None:
    if run.ledger_is_missing:
        raise NotFound(
            "there is no ledger yet, so there is nothing a batch could be about",
            hint="begin with 'dispcli import FILE' or 'dispcli orders add', or try 'dispcli demo'",
        )
