"""One seller with ratings, orders and disputes."""

from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.render.sheets.orders import ORDERS
from dispcli.render.sheets.sellers import SELLERS

_RATING = (
    Field("at", lambda r: r.at, Kind.MOMENT, "when it was said"),
    Field("actor", lambda r: r.actor, about="who said it"),
    Field("rating", lambda r: r.rating, Kind.COUNT, "1 (bad) to 5"),
    Field("note", lambda r: r.note, about="what was said"),
)

SELLER = Document(
    "seller",
    (
        Section(None, SELLERS.fields, lambda v: v.seller),
        Section("ratings", _RATING, lambda v: v.ratings, many=True),
        Section("recent_orders", ORDERS.fields, lambda v: v.orders, many=True),
        Section("recent_disputes", DISPUTES.fields, lambda v: v.disputes, many=True),
    ),
)
