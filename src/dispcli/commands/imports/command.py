"""dispcli import, and the same as dispcli orders import."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.core.moments import instant
from dispcli.core.new_orders import NewOrder
from dispcli.core.order_results import FileResult, OrderResult
from dispcli.core.orders import OrderStatus
from dispcli.errors import BadInput
from dispcli.formats.registry import recognise
from dispcli.formats.source import MAX_MISTAKES, Format, Read, Source
from dispcli.formats.text import read_text
from dispcli.policies import policy_for
from dispcli.render.output import Page
from dispcli.render.sheets.orders import IMPORTS
from dispcli.services.importing import store_orders


def import_files(
    run: Run,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files to read; - for standard input.")
    ],
    showing: Showing,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")
    ] = False,
) -> None:
    """Import orders.

    A file is known by its content: the shopper extension's CSV and JSON. The same file twice changes
    nothing; an older file changes nothing that is known better. One wrong row, and nothing is written.
    """
    output = run.output(showing.format, showing.fields)
    output.expect(IMPORTS)
    read = [(name, *_read(run, name)) for name in files]
    mistakes = [mistake.told(_label(name)) for name, _, content in read for mistake in content.mistakes]
    if mistakes:
        _refuse(mistakes)
    orders = [order for _, _, content in read for order in content.orders]
    results = iter(_store(run, orders, dry_run=dry_run))
    summaries = [
        _summary(name, known, content, [next(results) for _ in content.orders], dry_run=dry_run)
        for name, known, content in read
    ]
    output.list(IMPORTS, Page(summaries))
    for summary in summaries:
        for word in summary.unknown_words:
            run.voice.warn(f"{summary.file}: nobody knows the status {word!r}; kept as it is")


def _read(run: Run, name: str) -> tuple[Format, Read]:
    source = _source(run, name)
    known = recognise(_label(name), source.text)
    words = policy_for(known.marketplace).order_words

    def status_of(word: str) -> OrderStatus | None:
        return words.get(word.strip().casefold())

    return known, known.read(source, status_of)


def _label(name: str) -> str:
    return "standard input" if name == "-" else name


def _source(run: Run, name: str) -> Source:
    if name == "-":
        return Source(name, read_text(_label(name), run.streams.stdin.buffer), instant(run.now))
    try:
        with Path(name).open("rb") as stream:
            modified = datetime.fromtimestamp(Path(name).stat().st_mtime, UTC)
            return Source(name, read_text(name, stream), instant(min(modified, run.now)))
    except OSError as problem:
        raise BadInput(f"{name}: {problem.strerror}") from None


def _refuse(mistakes: list[str]) -> None:
    count = len(mistakes)
    told = f"{count} mistake{'s' if count > 1 else ''}; nothing was written"
    more = (f"and {count - MAX_MISTAKES} more",) if count > MAX_MISTAKES else ()
    raise BadInput(told, details=(*mistakes[:MAX_MISTAKES], *more))


def _store(run: Run, orders: list[NewOrder], *, dry_run: bool) -> list[OrderResult]:
    if dry_run and run.ledger_is_missing:
        seen: dict[str, OrderResult] = {}
        results = []
        for order in orders:
            result = OrderResult(
                order.marketplace, order.number, "unchanged" if order.number in seen else "new"
            )
            seen[order.number] = result
            results.append(result)
        return results
    with run.writing() as ledger:
        return store_orders(ledger, orders, instant(run.now), dry_run=dry_run)


def _summary(
    name: str, known: Format, content: Read, results: list[OrderResult], *, dry_run: bool
) -> FileResult:
    count = [result.status for result in results].count
    return FileResult(
        file=name,
        format=known.name,
        rows=content.rows,
        orders_new=count("new"),
        orders_changed=count("changed"),
        orders_same=count("unchanged"),
        unknown_words=content.unknown_words,
        dry_run=dry_run,
    )
