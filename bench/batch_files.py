"""The files of the batches: a ledger whose every order is disputed, what is made of it, and the lines."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import bare, data, plain
from bench.cancels import REPEATED, Files


@contextmanager
def made(items: int) -> Iterator[Files]:
    """All but the events, in a folder that goes afterwards, on the disk where the ledger is."""
    ledger = data.ledger(items, orders_a_dispute=1)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=data.home(ledger).parent) as name:
        scratch = Path(name)
        files = Files(
            items=items,
            ledger=ledger,
            bare=scratch / "bare.db",
            events=scratch / "events.db",
            numbers=scratch / "numbers.txt",
            lines=scratch / "cancels.ndjson",
            repeated=scratch / "repeated.ndjson",
            work=data.location(scratch / "home"),
            output=scratch / "output",
        )
        files.work.parent.mkdir(parents=True)
        bare.copy(ledger, files.bare)
        _write_lines(files)
        yield files


def for_singles(files: Files) -> tuple[Path, Path]:
    """A ledger and plain tables to cancel disputes in one by one."""
    scratch = files.bare.parent
    cancelled, tables = data.location(scratch / "singles"), scratch / "naive.db"
    cancelled.parent.mkdir(parents=True)
    shutil.copy2(files.ledger, cancelled)
    plain.copy(files.ledger, tables)
    return cancelled, tables


def _write_lines(files: Files) -> None:
    numbers = [data.number(order) for order in range(1, files.items + 1)]
    files.numbers.write_text("".join(f"{number}\n" for number in numbers))
    lines = "".join(
        json.dumps({"op": "cancel", "order": number, "reason": "received-ok"}) + "\n" for number in numbers
    )
    files.lines.write_text(lines)
    files.repeated.write_text(lines * REPEATED)
