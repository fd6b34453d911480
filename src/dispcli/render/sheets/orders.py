"""Lists of orders, and what commands report about them."""

from dispcli.core.summaries import OrderSummary
from dispcli.render.fields import Field, Kind, Sheet


def _marks(order: OrderSummary) -> list[str]:
    return [f"D{mark.dispute_id}:{mark.state}" for mark in order.marks]


ORDERS = Sheet(
    "orders",
    (
        Field("order", lambda o: o.number, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda o: o.marketplace, about="marketplace"),
        Field("date", lambda o: o.placed, Kind.MOMENT, "day or instant it was placed", "DATE"),
        Field("status", lambda o: o.status, about="normalised status", heading="STATUS"),
        Field("total", lambda o: o.total, Kind.MONEY, "what was paid", "TOTAL"),
        Field("currency", lambda o: o.currency, about="ISO 4217 code of the total"),
        Field("disputes", _marks, Kind.LIST, "disputes with their states: D12:opened", "DISPUTE"),
        Field("seller", lambda o: o.seller, about="the shop's name", heading="SELLER", flex=2),
        Field("title", lambda o: o.title, about="title of the first line", heading="TITLE", flex=1),
        Field("lines", lambda o: o.lines, Kind.COUNT, "how many lines it has"),
        Field("delivered", lambda o: o.delivered, Kind.MOMENT, "when it arrived"),
        Field("protection_ends", lambda o: o.protection_ends, Kind.MOMENT, "when buyer protection ends"),
        Field("promised", lambda o: o.promised, Kind.MOMENT, "the last day it should arrive on"),
        Field("tracking", lambda o: o.tracking, about="tracking number, of several parcels with commas"),
    ),
    "order",
)


ORDER_CHANGES = Sheet(
    "order_changes",
    (
        Field("order", lambda r: r.order, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda r: r.marketplace, about="marketplace"),
        Field(
            "status",
            lambda r: r.status,
            about="new, changed, unchanged, planned or error",
            heading="RESULT",
        ),
        Field(
            "changed", lambda r: r.status in ("new", "changed"), Kind.FLAG, "whether something was written"
        ),
        Field("dry_run", lambda r: r.status == "planned", Kind.FLAG, "whether it was only tried"),
        Field("changes", lambda r: r.changes, Kind.LIST, "names of what changed", "CHANGES", 1),
        Field("code", lambda r: r.code, about="why it could not be done"),
        Field("message", lambda r: r.message, about="the same for a person"),
    ),
    "order",
)


IMPORTS = Sheet(
    "imports",
    (
        Field("file", lambda r: r.file, Kind.FILE, "file name; - for standard input", "FILE", 1),
        Field("format", lambda r: r.format, Kind.ID, "format it was recognised as", "FORMAT", 2),
        Field("rows", lambda r: r.rows, Kind.COUNT, "rows read", "ROWS"),
        Field("orders_new", lambda r: r.orders_new, Kind.COUNT, "orders added", "NEW"),
        Field("orders_changed", lambda r: r.orders_changed, Kind.COUNT, "orders changed", "CHANGED"),
        Field("orders_same", lambda r: r.orders_same, Kind.COUNT, "orders as known", "SAME"),
        Field("disputes_new", lambda r: r.disputes_new, Kind.COUNT, "disputes added", "DISPUTES"),
        Field("disputes_changed", lambda r: r.disputes_changed, Kind.COUNT, "disputes moved", "MOVED"),
        Field("disputes_same", lambda r: r.disputes_same, Kind.COUNT, "disputes as known"),
        Field("refunds", lambda r: r.refunds, Kind.COUNT, "refunds recorded as received", "REFUNDS"),
        Field("conflicts", lambda r: r.conflicts, Kind.COUNT, "final disputes the file contradicts"),
        Field("mistakes", lambda r: r.mistakes, Kind.COUNT, "rows that were left out"),
        Field("unknown_words", lambda r: r.unknown_words, Kind.LIST, "status words nobody knows"),
        Field("dry_run", lambda r: r.dry_run, Kind.FLAG, "whether it was only tried"),
    ),
    "file",
)
