"""One seller, drawn for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from dispcli.core.order_views import SellerView
from dispcli.render.details.parts import Row, columns, heading, panel, section
from dispcli.render.inert import visible
from dispcli.render.records import record_rows
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.render.sheets.orders import ORDERS
from dispcli.render.tables import draw_list
from dispcli.render.times import local


def draw(console: Console, view: SellerView, now: datetime) -> None:
    """A seller with what was said, the newest orders and every dispute."""
    seller = view.seller
    rows: list[Row] = [
        ("id", seller.short),
        ("store", seller.store_id or "unknown"),
        ("orders", str(seller.record.orders)),
        *record_rows(seller.record),
    ]
    panel(console, Text(visible(seller.name), style="bold"), seller.marketplace, rows)
    said = [(local(r.at)[:10], f"{r.rating} of 5" if r.rating else "", r.note or "") for r in view.ratings]
    section(console, "Your ratings and notes", said)
    if view.disputes:
        heading(console, "Disputes")
        draw_list(console, columns(DISPUTES.fields, view.disputes, "seller"), view.disputes, now)
    if view.orders:
        heading(console, "Newest orders")
        draw_list(console, columns(ORDERS.fields, view.orders, "seller"), view.orders, now)
