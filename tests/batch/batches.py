"""Batches as tests write them, and what they leave in the ledger."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from dispcli.core.operations import KNOWN_FIELDS
from tests.cli.harness import Cli, Result

Operation = dict[str, Any]

BAD = '{"op":"keep"'
"""A line that is no JSON."""


def ndjson(*operations: Operation) -> str:
    return "".join(json.dumps(operation, ensure_ascii=False) + "\n" for operation in operations)


def as_cells(line: Operation) -> dict[str, str]:
    """An operation in a row of a table."""
    return {name: _cell(value) for name, value in line.items() if value is not None}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def table(*lines: Operation) -> str:
    """The lines under a header with every column there is."""
    out = io.StringIO()
    writer = csv.DictWriter(out, KNOWN_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(as_cells, lines))
    return out.getvalue()


def message(text: str, order: str = "D1", **more: Any) -> Operation:
    """The cheapest operation: it is possible in every state, and reversible."""
    return {"op": "message", "order": order, "text": text, **more}


def messages(count: int, order: str = "D1") -> list[Operation]:
    return [message(f"message {number}", order) for number in range(count)]


def cancel(order: str = "D1", reason: str = "agreement", **more: Any) -> Operation:
    return {"op": "cancel", "order": order, "reason": reason, **more}


def items(result: Result) -> list[dict[str, Any]]:
    """The report, an item a line."""
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def told(result: Result, *names: str) -> list[Any]:
    """Of each item these fields; of one field the bare values."""
    if len(names) == 1:
        return [item[names[0]] for item in items(result)]
    return [tuple(item[name] for name in names) for item in items(result)]


def statuses(result: Result) -> list[str]:
    return told(result, "status")


def select(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)) as connection:
        return connection.execute(query).fetchall()


def texts(cli: Cli) -> list[str]:
    """Every message that is recorded, in order."""
    return [text for (text,) in select(cli.ledger, "SELECT text FROM messages ORDER BY dispute_id, seq")]


def states(cli: Cli) -> list[str]:
    """Where each dispute stands."""
    return [state for (state,) in select(cli.ledger, "SELECT state FROM disputes ORDER BY id")]


def written(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that a batch can write, but for how far it has come by its name."""
    tables = ("events", "disputes", "messages", "settlements")
    return {table: select(path, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def commits(cli: Cli) -> int:
    """How many transactions have changed the file: SQLite counts them in its header."""
    with cli.ledger.open("rb") as file:
        return int.from_bytes(file.read(28)[24:])


def opened_everywhere(cli: Cli, numbers: Iterable[str]) -> Cli:
    """A dispute about each of these orders, D1 and so on."""
    lines = ndjson(*({"op": "open", "order": number, "reason": "late"} for number in numbers))
    cli.ok("batch", stdin=lines)
    return cli
