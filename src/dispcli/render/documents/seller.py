"""One seller with orders and disputes."""

from dispcli.render.fields import Document, Section
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.render.sheets.orders import ORDERS
from dispcli.render.sheets.sellers import SELLERS

SELLER = Document(
    "seller",
    (
        Section(None, SELLERS.fields, lambda v: v.seller),
        Section("recent_orders", ORDERS.fields, lambda v: v.orders, many=True),
        Section("recent_disputes", DISPUTES.fields, lambda v: v.disputes, many=True),
    ),
)
