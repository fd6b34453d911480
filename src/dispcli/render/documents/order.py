"""One order whole."""

from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.disputes import DISPUTES

ORDER_FIELDS = (
    Field("order", lambda o: o.number, Kind.ID, "order number"),
    Field("marketplace", lambda o: o.marketplace, about="marketplace"),
    Field("date", lambda o: o.placed, Kind.MOMENT, "day or instant it was placed"),
    Field("status", lambda o: o.status, about="normalised status"),
    Field("status_raw", lambda o: o.status_raw, about="the platform's own word"),
    Field("total", lambda o: o.total, Kind.MONEY, "what was paid"),
    Field("seller", lambda o: o.seller.name if o.seller else None, about="the shop's name"),
    Field("store", lambda o: o.seller.store_id if o.seller else None, Kind.ID, "the platform's store id"),
    Field("shipped", lambda o: o.shipped, Kind.MOMENT, "when it was sent"),
    Field("delivered", lambda o: o.delivered, Kind.MOMENT, "when it arrived"),
    Field("protection_ends", lambda o: o.protection_ends, Kind.MOMENT, "when buyer protection ends"),
    Field("promised", lambda o: o.promised, Kind.MOMENT, "the last day it should arrive on"),
    Field("tracking", lambda o: o.tracking, about="tracking number, of several parcels with commas"),
    Field(
        "protection_basis",
        lambda o: o.protection_basis,
        about="how the end of protection is known: given or entered",
    ),
)
_SURENESS = (Field("date_assumed", lambda v: v.date_assumed, Kind.FLAG, "whether the date may be another"),)
_LINE = (
    Field("line", lambda x: x.position, Kind.COUNT, "position in the order, from 1"),
    Field("title", lambda x: x.title, about="what it is"),
    Field("quantity", lambda x: x.quantity, Kind.COUNT, "pieces"),
    Field("unit_price", lambda x: x.unit_price, Kind.MONEY, "price of one piece"),
    Field("attributes", lambda x: x.attributes, about="colour, size and such"),
    Field("platform_id", lambda x: x.platform_id, Kind.ID, "the platform's line id"),
    Field("product_id", lambda x: x.product_id, Kind.ID, "the platform's product id"),
    Field("sku_id", lambda x: x.sku_id, Kind.ID, "the platform's variant id"),
    Field("url", lambda x: x.url, about="the product's page"),
)

ORDER = Document(
    "order",
    (
        Section(None, ORDER_FIELDS, lambda v: v.order),
        Section(None, _SURENESS, lambda v: v),
        Section(
            "site", (Field("page", lambda v: v.page, about="the order's page on the site"),), lambda v: v
        ),
        Section("lines", _LINE, lambda v: v.order.lines, many=True),
        Section("disputes", DISPUTES.fields, lambda v: v.disputes, many=True),
    ),
)
