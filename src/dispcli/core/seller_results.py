"""What a command reports about a seller it rated."""

from typing import NamedTuple

from dispcli.core.sellers import SellerSummary


class SellerResult(NamedTuple):
    """A seller about whom something was said. `status` is changed, unchanged or planned."""

    seller: SellerSummary
    status: str
    rating: int | None
    note: str | None
