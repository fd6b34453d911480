"""What a file tells about disputes and refunds: in our words, not yet compared with what is known."""

from dispcli.core.facts import Claim
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.words import Standing
from dispcli.namedtuples import NamedTuple


class Sight(NamedTuple):
    """What a platform shows of a dispute: its own word, and every state that may mean.

    No standings: nobody knows the word.
    """

    word: str
    standings: tuple[Standing, ...]


class ToldDispute(NamedTuple):
    """A dispute as a file tells it.

    It hangs on `order`, which the same file has told before, or which is known already; `line` is told as
    an order's lines are, None is the whole order. `opened` is a day or a UTC instant; `seen_at` (UTC
    instant) is how old the knowledge is. `history` is what happened, oldest first, each with its
    `happened_at`, without the opening: what the machine allows becomes a move, the rest a note. `aliases`
    are other ids the platform has for it. `estimated`: the clock that told `seen_at` showed it twice.
    """

    marketplace: str
    order: str
    platform_id: str
    claim: Claim
    opened: str
    sight: Sight
    seen_at: str
    line: NewLine | None = None
    history: tuple[Intent, ...] = ()
    note: str | None = None
    aliases: tuple[str, ...] = ()
    estimated: bool = False


class ToldRefund(NamedTuple):
    """Money that came back, as a payment service tells it.

    `payment` is the number of the order it was paid with, at the service `marketplace`; `reference` the
    refund's own number; `at` the day or the UTC instant it arrived.
    """

    marketplace: str
    payment: str
    amount: Money
    reference: str
    at: str
    seen_at: str


Told = NewOrder | ToldDispute | ToldRefund
