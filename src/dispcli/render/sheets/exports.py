"""What exports write: a row a line of an order, a step of a history, a message."""

from collections.abc import Callable
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any

from dispcli.core.exports import ExportedLine, ExportedMessage
from dispcli.render.fields import Field, Kind, Sheet
from dispcli.render.sheets.history import EVENTS


def _of(record: type[tuple[Any, ...]], name: str) -> Callable[[Any], Any]:
    """A record's field by its place, faster than by its name: a million rows have 27 of them each."""
    return itemgetter(record._fields.index(name))  # type: ignore[attr-defined]


_line = partial(_of, ExportedLine)
_message = partial(_of, ExportedMessage)

LINES = Sheet(
    "order_lines",
    (
        Field("marketplace", _line("marketplace"), about="marketplace"),
        Field("order", _line("number"), Kind.ID, "order number"),
        Field("date", _line("placed"), Kind.MOMENT, "day or instant it was placed"),
        Field("status", _line("status"), about="normalised status of the order"),
        Field("status_raw", _line("status_raw"), about="the platform's own word"),
        Field("seller", _line("seller"), about="the shop's name"),
        Field("store", _line("store_id"), Kind.ID, "the platform's store id"),
        Field("store_url", _line("store_url"), about="the shop's page"),
        Field("total", attrgetter("total"), Kind.MONEY, "what was paid for the order, in each of its rows"),
        Field("currency", _line("currency"), about="ISO 4217 code of the total"),
        Field("shipped", _line("shipped"), Kind.MOMENT, "when it was shipped"),
        Field("delivered", _line("delivered"), Kind.MOMENT, "when it arrived"),
        Field("protection_ends", _line("protection_ends"), Kind.MOMENT, "when buyer protection ends"),
        Field("line", _line("position"), Kind.COUNT, "line of the order, counted from 1"),
        Field("title", _line("title"), about="title of the line"),
        Field("quantity", _line("quantity"), Kind.COUNT, "how many pieces"),
        Field("unit_price", attrgetter("unit_price"), Kind.MONEY, "price of one piece"),
        Field("unit_currency", _line("unit_currency"), about="ISO 4217 code of the price of one piece"),
        Field("line_id", _line("platform_id"), Kind.ID, "the platform's id of the line"),
        Field("product", _line("product_id"), Kind.ID, "the platform's product id"),
        Field("sku", _line("sku_id"), Kind.ID, "the platform's id of the variant"),
        Field("attributes", _line("attributes"), about="which variant"),
        Field("url", _line("url"), about="the product's page"),
        Field("seen_at", _line("seen_at"), Kind.MOMENT, "how old the newest knowledge about the order is"),
        Field("promised", _line("promised"), Kind.MOMENT, "the last day it should arrive on"),
        Field("tracking", _line("tracking"), about="tracking number, of several parcels with commas"),
        Field(
            "protection_basis",
            _line("protection_basis"),
            about="how the end of protection is known: given or entered",
        ),
    ),
    "order",
)


def _dispute(message: ExportedMessage) -> str:
    return f"D{message.dispute_id}"


MESSAGES = Sheet(
    "messages",
    (
        Field("marketplace", _message("marketplace"), about="marketplace"),
        Field("order", _message("number"), Kind.ID, "order number"),
        Field("seller", _message("seller"), about="the shop's name"),
        Field("dispute", _dispute, Kind.ID, "short stable id"),
        Field("seq", _message("seq"), Kind.COUNT, "number in the dispute's history, from 1"),
        Field("at", _message("at"), Kind.MOMENT, "when it was said"),
        Field("from", _message("speaker"), about="who said it: buyer, seller or platform"),
        Field("text", _message("text"), about="what was said"),
        Field("recorded", _message("recorded_at"), Kind.MOMENT, "when it was recorded"),
    ),
    "dispute",
)


def _event(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda step: get(step.event)


HISTORY = Sheet(
    "history",
    (
        Field("marketplace", attrgetter("marketplace"), about="marketplace"),
        Field("order", attrgetter("number"), Kind.ID, "order number"),
        *(field._replace(get=_event(field.get), heading=None) for field in EVENTS.fields),
    ),
    "dispute",
)
