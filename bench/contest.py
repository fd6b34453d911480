"""Who is measured against whom: a row for each command, and what it should reach."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bench import data
from bench.measure import Way, on_a_terminal, piped
from bench.programs import Contender, Programs

ORDERS = 10_000
FEW, MANY = 1_000, 1_000_000
SHOWN = 50

OTHERS = {
    "a": "`python -c 'import typer, sqlite3'`",
    "b": "`bench/naive.py`: Typer, SQLModel and Rich",
    "c": "`sqlite-utils rows` on the same table (for `cancel`: reading the same dispute)",
}
_TARGETS = {"a": 1.3, "b": 0.2, "c": 0.5}
_NOTHING = "`python -c pass`"
_FEW = f"{FEW:,} orders"


class Row(NamedTuple):
    """A command of dispcli, who it is measured against, and how often their time it may take at most."""

    title: str
    way: Way
    dispcli: Contender
    others: Mapping[str, Contender]
    targets: Mapping[str, float]


class Files(NamedTuple):
    """The databases: `ledger` is only read; `cancelled` is a copy of it, and `plain` one without guards."""

    ledger: Path
    cancelled: Path
    plain: Path


def rows(programs: Programs, files: Files) -> list[Row]:
    """Every row but the million orders."""
    return [
        _version(programs, files),
        _list_row(programs, files, piped),
        _list_row(programs, files, on_a_terminal),
        _show_row(programs, files),
        _cancel(programs, files),
        _prompt(programs),
    ]


def _version(programs: Programs, files: Files) -> Row:
    others = {
        _NOTHING: programs.python("pass"),
        "a": _floor(programs),
        "b": programs.naive(files.ledger, "--version"),
        "c": programs.sqlite_utils("--version"),
    }
    dispcli = programs.dispcli(data.home(files.ledger), "--version")
    return Row("`dispcli --version`", piped, dispcli, others, {_NOTHING: 2.0})


def _list_row(programs: Programs, files: Files, way: Way) -> Row:
    limit = ("--limit", str(SHOWN))
    as_table = ("--table",) if way is on_a_terminal else ()
    others = {
        "a": _floor(programs),
        "b": programs.naive(files.ledger, "list", *limit),
        "c": programs.sqlite_utils(
            "rows", str(files.ledger), "orders", "--order", "placed desc", *limit, *as_table
        ),
    }
    where, targets = ("piped", _TARGETS) if way is piped else ("on a terminal", {"a": 2.2})
    title = f"`orders list --limit {SHOWN}` of {ORDERS:,}, {where}"
    return Row(title, way, _list(programs, files.ledger), others, targets)


def _show_row(programs: Programs, files: Files) -> Row:
    others = {
        "a": _floor(programs),
        "b": programs.naive(files.ledger, "show", "{turn}"),
        "c": _read_dispute(programs, files),
    }
    dispcli = programs.dispcli(data.home(files.ledger), "dispute", "show", "D{turn}")
    return Row("`dispute show`", piped, dispcli, others, _TARGETS)


def _cancel(programs: Programs, files: Files) -> Row:
    others = {
        "a": _floor(programs),
        "b": programs.naive(files.plain, "cancel", "{turn}", "received-ok", "--yes"),
        "c": _read_dispute(programs, files),
    }
    words = ("dispute", "cancel", "D{turn}", "--reason", "received-ok", "--yes")
    dispcli = programs.dispcli(data.home(files.cancelled), *words)
    return Row("`dispute cancel --yes`", piped, dispcli, others, _TARGETS)


def _prompt(programs: Programs) -> Row:
    """What a shell runs before each prompt. It grows with the open disputes, all of which are looked at."""
    title = f"`agenda --count` with {data.disputes(FEW)} open disputes among {_FEW}"
    dispcli = programs.dispcli(data.home(data.ledger(FEW)), "agenda", "--count")
    return Row(title, piped, dispcli, {"a": _floor(programs)}, {"a": _TARGETS["a"]})


def growth(programs: Programs) -> Row:
    """The same list of many orders, against itself on few. Makes the ledgers where they are missing."""
    title = f"`orders list --limit {SHOWN}` of {MANY:,}, piped"
    few = {_FEW: _list(programs, data.ledger(FEW))}
    return Row(title, piped, _list(programs, data.ledger(MANY)), few, {_FEW: 1.2})


def _floor(programs: Programs) -> Contender:
    return programs.python("import typer, sqlite3")


def _list(programs: Programs, ledger: Path) -> Contender:
    return programs.dispcli(data.home(ledger), "orders", "list", "--limit", str(SHOWN))


def _read_dispute(programs: Programs, files: Files) -> Contender:
    return programs.sqlite_utils("rows", str(files.ledger), "disputes", "--where", "id = {turn}")
