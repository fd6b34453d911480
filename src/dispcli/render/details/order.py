"""One order, drawn for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from dispcli.core.order_views import OrderView
from dispcli.core.orders import Line
from dispcli.render.details.parts import Row, address, columns, dates, heading, panel, section
from dispcli.render.inert import visible
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.render.tables import draw_list


def draw(console: Console, view: OrderView, now: datetime) -> None:
    """An order with its lines and disputes."""
    order = view.order
    rows: list[Row] = [
        ("status", _worded(order.status, order.status_raw)),
        ("seller", order.seller.name if order.seller else "unknown"),
        ("total", str(order.total or "unknown")),
        *dates(order, now),
        *([("tracking", order.tracking)] if order.tracking else []),
    ]
    if view.date_assumed:
        rows = [(name, f"{told}, assumed" if name == "ordered" else told) for name, told in rows]
    panel(console, Text("Order"), order.name, rows)
    address(console, view.page)
    lines = [
        (
            str(line.position),
            f"{line.quantity} ×",
            str(line.unit_price or ""),
            _goods(line),
        )
        for line in order.lines
    ]
    section(console, "Lines", lines)
    if view.disputes:
        heading(console, "Disputes")
        draw_list(console, columns(DISPUTES.fields, view.disputes, "order", "seller"), view.disputes, now)


def _goods(line: Line) -> Text:
    """What it is; the attributes tell two lines of one title apart."""
    text = Text(visible(line.title))
    if line.attributes:
        text.append(f"\n{visible(line.attributes)}", style="bright_black")
    return text


def _worded(status: str, raw: str | None) -> str:
    return f"{status} ({raw})" if raw and raw.lower() != status else str(status)
