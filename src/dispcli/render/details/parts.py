"""What every drawing is made of: a panel, sections below it, moments in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dispcli.core.events import Event
from dispcli.core.orders import Order
from dispcli.render.fields import Field, worth_showing
from dispcli.render.inert import visible
from dispcli.render.times import local, relative
from dispcli.render.wrapping import cells, commands, wrapped

Row = tuple[str | Text, ...]


def panel(console: Console, title: Text, subtitle: str, rows: Sequence[Row]) -> None:
    """A frame of (name, value) rows under a title."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bright_black", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(str(name)), value if isinstance(value, Text) else Text(visible(value)))
    title.append(f"  {visible(subtitle)}", style="bright_black")
    console.print(Panel(grid, title=title, title_align="left", border_style="bright_black"))


def address(console: Console, page: str | None) -> None:
    """An address stays in one piece, however narrow the terminal, so that it can be clicked or copied."""
    if page:
        console.print(Text(f"  {page}", style="bright_black"), soft_wrap=True)


def section(console: Console, title: str, rows: Sequence[Row]) -> None:
    """Rows under a heading, the last cell as wide as there is room; nothing where there are none.

    Where next to nothing is left for it, or too little for a command in it, each row's last cell stands below
    the others.
    """
    if not rows:
        return
    heading(console, title)
    drawn = [[cell if isinstance(cell, Text) else Text(visible(cell)) for cell in row] for row in rows]
    *columns, last = zip(*drawn, strict=True)
    room = console.width - 2 - sum(max(cell.cell_len for cell in column) + 2 for column in columns)
    if room < max((_LEAST, *(cells(command) for cell in last for command in commands(cell.plain)))):
        _below_each_other(console, drawn)
        return
    grid = Table.grid(padding=(0, 2))
    for _ in columns:
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    for *first, text in drawn:
        grid.add_row(*first, _with_whole_commands(text, room))
    console.print(Padding(grid, (0, 0, 0, 2)))


_LEAST = 14
"""How many columns of a terminal the last cell of a row needs at least to be read."""


def _below_each_other(console: Console, rows: Sequence[Sequence[Text]]) -> None:
    for *first, last in rows:
        _print(console, Text("  ").join(cell for cell in first if cell), 2)
        if last:
            _print(console, last, 6)


def _print(console: Console, text: Text, indent: int) -> None:
    """The text in lines; where a command is longer than one, the terminal goes on with it."""
    room = console.width - indent
    for line in _with_whole_commands(text, room).split("\n"):
        if line.cell_len > room and any(commands(line.plain)):
            console.print(Text(" " * indent).append_text(line), soft_wrap=True)
        else:
            console.print(Padding(line, (0, 0, 0, indent)))


def _with_whole_commands(text: Text, room: int) -> Text:
    """The text in lines of that width; but where no command is in it, it is left to be folded."""
    if not any(commands(text.plain)):
        return text
    lines = []
    for line in text.split("\n"):
        style = line.spans[0].style if line.spans else line.style
        lines += [Text(piece, style=style) for piece in wrapped(line.plain, room).split("\n")]
    return Text("\n").join(lines)


def heading(console: Console, text: str) -> None:
    """What stands above a section."""
    console.print()
    console.print(Text(text, style="bold"))


def day(event: Event) -> str:
    """The day it happened, as far as is known."""
    return local(event.moment)[:10]


def when(moment: str, now: datetime) -> str:
    """The moment, and how far away it is."""
    return f"{local(moment)} ({relative(moment, now)})"


def dates(order: Order, now: datetime) -> list[Row]:
    """What is known of when an order was placed, sent, promised and delivered, and is protected."""
    known = (
        ("ordered", order.placed),
        ("shipped", order.shipped),
        ("promised", order.promised),
        ("delivered", order.delivered),
        ("protected", order.protection_ends),
    )
    return [(name, when(moment, now)) for name, moment in known if moment]


def columns(fields: Sequence[Field], records: Sequence[Any], *without: str) -> list[Field]:
    """The fields that tell something about these records, but for those that the panel has already."""
    return [field for field in worth_showing(fields, records) if field.name not in without]
