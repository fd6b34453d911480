"""Lists of sellers."""

from dispcli.render.fields import Field, Kind, Sheet

SELLERS = Sheet(
    "sellers",
    (
        Field("seller", lambda s: s.name, about="the shop's name", heading="SELLER", flex=1),
        Field("store", lambda s: s.store_id, Kind.ID, "the platform's store id", "STORE"),
        Field("marketplace", lambda s: s.marketplace, about="marketplace"),
        Field("orders", lambda s: s.orders, Kind.COUNT, "orders placed there", "ORDERS"),
        Field("disputes", lambda s: s.disputes, Kind.COUNT, "disputes ever", "DISPUTES"),
        Field("open", lambda s: s.open, Kind.COUNT, "disputes open now", "OPEN"),
        Field("cancelled", lambda s: s.cancelled, Kind.COUNT, "disputes cancelled", "CANCELLED"),
        Field("refunded", lambda s: s.refunded, Kind.COUNT, "disputes that ended with a refund", "REFUNDED"),
    ),
    "store",
)
