"""What is shown of one order, one seller."""

from typing import NamedTuple

from dispcli.core.orders import Order
from dispcli.core.summaries import DisputeSummary, OrderSummary, SellerSummary


class OrderView(NamedTuple):
    """Everything `orders show` shows. `date_assumed`: no file has told the day it was placed for sure."""

    order: Order
    date_assumed: bool
    disputes: tuple[DisputeSummary, ...]
    page: str | None


class SellerView(NamedTuple):
    """Everything `sellers show` shows."""

    seller: SellerSummary
    orders: tuple[OrderSummary, ...]
    disputes: tuple[DisputeSummary, ...]
