"""What a command reports about a seller it rated."""

from dispcli.core.sellers import SellerSummary
from dispcli.namedtuples import NamedTuple


class SellerResult(NamedTuple):
    """A seller about whom something was said. `status` is changed, unchanged or planned."""

    seller: SellerSummary
    status: str
    rating: int | None
    note: str | None
