"""What lists show: one flat line a thing, as it is read. No rules hang on these."""

from typing import TYPE_CHECKING

from dispcli.core.money import Money
from dispcli.namedtuples import NamedTuple

if TYPE_CHECKING:
    from dispcli.core.filters import Term


class DisputeMark(NamedTuple):
    """A dispute as an order's line mentions it."""

    order_id: int
    dispute_id: int
    state: str


class OrderSummary(NamedTuple):
    """An order in a list. `marks` are its disputes."""

    id: int
    marketplace: str
    number: str
    placed: str
    status: str
    seller: str | None
    title: str | None
    lines: int
    total_minor: int | None
    currency: str | None
    promised: str | None
    delivered: str | None
    protection_ends: str | None
    tracking: str | None
    marks: tuple[DisputeMark, ...] = ()

    @property
    def total(self) -> Money | None:
        """What was paid, in minor units of its currency."""
        if self.total_minor is None or self.currency is None:
            return None
        return Money(self.total_minor, self.currency)


class Conflict(NamedTuple):
    """A final dispute that the site contradicts: how it ended here, and what was seen there, when."""

    id: int
    marketplace: str
    number: str
    ending: str
    word: str
    seen_at: str
    source: str
    platform_id: str | None

    @property
    def name(self) -> str:
        """The short stable id: `D12`."""
        return f"D{self.id}"


class DisputeSummary(NamedTuple):
    """A dispute in a list. `settlement` is the stage of the newest settlement noted."""

    id: int
    marketplace: str
    number: str
    line: int | None
    seller: str | None
    title: str | None
    state: str
    outcome: str | None
    reason: str
    remedy: str
    amount_minor: int | None
    currency: str | None
    opened_at: str
    updated_at: str
    seen_at: str | None
    settlement: str | None
    platform_id: str | None

    @property
    def name(self) -> str:
        """The short stable id: `D12`."""
        return f"D{self.id}"

    @property
    def amount(self) -> Money | None:
        """What is claimed, in minor units of its currency."""
        if self.amount_minor is None or self.currency is None:
            return None
        return Money(self.amount_minor, self.currency)


class OrderQuery(NamedTuple):
    """Which orders a list shows. Dates are (day, instant) pairs: rows that know only a day use the day.

    `where` are further terms, all of which must hold.
    """

    statuses: tuple[str, ...] = ()
    disputed: bool = False
    seller: str | None = None
    since: tuple[str, str] | None = None
    until: tuple[str, str] | None = None
    search: str | None = None
    sort: str = "newest"
    limit: int | None = None
    after: int | None = None
    seller_id: int | None = None
    where: "tuple[Term, ...]" = ()


class DisputeQuery(NamedTuple):
    """Which disputes a list shows; `where` are further terms, all of which must hold.

    Without `all`, `states`, `unseen` or a term about state, is, outcome or dispute: the open ones.
    """

    all: bool = False
    states: tuple[str, ...] = ()
    seller: str | None = None
    unseen: bool = False
    search: str | None = None
    order_id: int | None = None
    sort: str = "open"
    limit: int | None = None
    after: int | None = None
    seller_id: int | None = None
    where: "tuple[Term, ...]" = ()


ORDER_SORTS = ("newest", "oldest", "amount", "number")
DISPUTE_SORTS = ("open", "newest", "oldest", "amount")
