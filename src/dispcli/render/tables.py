"""Lists on a terminal: Rich tables as wide as the terminal. Ids and amounts are never cut, titles are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dispcli.core.money import Money
from dispcli.render.fields import Field, Kind, plain
from dispcli.render.inert import visible
from dispcli.render.layout import GAP, fit
from dispcli.render.times import relative

_STATE_STYLES = {
    "opened": "yellow",
    "answered": "bold cyan",
    "escalated": "magenta",
    "agreed": "green",
    "returning": "blue",
    "settling": "blue",
    "cancel_requested": "bold yellow",
    "cancelled": "bright_black",
    "resolved": "bright_black",
    "block": "bold red",
    "warn": "yellow",
    "info": "bright_black",
    "completed": "green",
    "delivered": "green",
    "frozen": "red",
    "new": "green",
    "changed": "yellow",
}


class _Console(Console):
    """Rich's own way with a reader that has gone is to exit with 1; `main` knows a better one."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def make_console(out: TextIO, width: int, *, colour: bool, live: bool = False) -> Console:
    """A Rich console that takes nothing in the text for markup, and judges nothing by itself.

    A `live` one is on a terminal and may move its cursor.
    """
    return _Console(
        file=out,
        width=width,
        force_terminal=colour or live,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def state_style(word: str) -> str:
    """The colour of a state, a level, a status; plain for every other word."""
    return _STATE_STYLES.get(word, "")


def shown(field: Field, value: Any, now: datetime) -> str:
    """A value for a person: amounts with currency, times as seen from now; harmless text."""
    if value is None or value == () or value == []:
        return ""
    if isinstance(value, Money):
        return str(value)
    if field.kind is Kind.MOMENT:
        return visible(relative(str(value), now))
    if field.kind is Kind.FLAG:
        return "yes" if value else "no"
    if field.kind is Kind.LIST:
        return visible(", ".join(str(item).replace(":", " ") for item in value))
    return visible(plain(value))


def draw_list(console: Console, fields: Sequence[Field], records: Iterable[Any], now: datetime) -> None:
    """A table with one row a record, of the columns there is room for."""
    rows = [[shown(field, (field.seen or field.get)(record), now) for field in fields] for record in records]
    columns = [[_heading(field), *(row[i] for row in rows)] for i, field in enumerate(fields)]
    kept = fit(fields, columns, console.width)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold", show_edge=False)
    for index, width in kept:
        field = fields[index]
        folds = field.kind is Kind.SENTENCE or len(kept) == 1
        table.add_column(
            _heading(field),
            width=width,
            no_wrap=not folds,
            overflow="fold" if folds else "ellipsis",
            justify="right" if field.kind in (Kind.MONEY, Kind.COUNT) else "left",
        )
    for row in rows:
        table.add_row(*(_cell(fields[index], row[index], width) for index, width in kept))
    console.print(table)


def _heading(field: Field) -> str:
    return field.heading or field.name.replace("_", " ").upper()


def _cell(field: Field, text: str, width: int) -> Text:
    word = text.rpartition(" ")[2] if field.kind is Kind.LIST else text
    if field.kind is Kind.LIST and cell_len(text) > width:
        text = _stacked(text.split(", "), width)
    if field.kind is Kind.FILE and cell_len(text) > width:
        text = f"…{text[1 - width :]}"  # the end of a path tells more than its beginning
    return Text(text, style=state_style(word) if field.flex == 0 else "")


def _stacked(items: Sequence[str], width: int) -> str:
    """Items side by side as far as there is room, no item in two lines."""
    lines = [items[0]]
    for item in items[1:]:
        if cell_len(f"{lines[-1]}, {item}") < width:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return ",\n".join(lines) if cell_len(max(lines, key=cell_len)) < width else "\n".join(lines)
