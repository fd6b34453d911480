"""What is shown of one order, one seller."""

from dispcli.core.orders import Order, Rating
from dispcli.core.sellers import SellerSummary
from dispcli.core.summaries import DisputeSummary, OrderSummary
from dispcli.namedtuples import NamedTuple


class OrderView(NamedTuple):
    """Everything `orders show` shows. `date_assumed`: no file has told the day it was placed for sure."""

    order: Order
    date_assumed: bool
    disputes: tuple[DisputeSummary, ...]
    page: str | None


class SellerView(NamedTuple):
    """Everything `sellers show` shows; ratings and notes with the newest first."""

    seller: SellerSummary
    ratings: tuple[Rating, ...]
    orders: tuple[OrderSummary, ...]
    disputes: tuple[DisputeSummary, ...]
