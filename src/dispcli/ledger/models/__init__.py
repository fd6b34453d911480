"""The one description of the schema, as SQLModel tables. It is compiled ahead into compiled.py.

Only TEXT and INTEGER columns: money is minor units beside a currency code, time is ISO 8601 text.
`disputes`, `messages`, `settlements` and `evidence` are projections: triggers write them from `events`.
"""

from sqlmodel import SQLModel

from dispcli.ledger.models.batches import Batches, IdempotencyKeys
from dispcli.ledger.models.disputes import Disputes
from dispcli.ledger.models.events import Events, Transitions
from dispcli.ledger.models.facts import Evidence, Messages, Settlements
from dispcli.ledger.models.orders import OrderLines, Orders, SellerRatings, Sellers

__all__ = [
    "TABLES",
    "Batches",
    "Disputes",
    "Events",
    "Evidence",
    "IdempotencyKeys",
    "Messages",
    "OrderLines",
    "Orders",
    "SellerRatings",
    "Sellers",
    "Settlements",
    "Transitions",
]

TABLES: tuple[type[SQLModel], ...] = (
    Sellers,
    SellerRatings,
    Orders,
    OrderLines,
    Transitions,
    Disputes,
    Events,
    Messages,
    Settlements,
    Evidence,
    Batches,
    IdempotencyKeys,
)
"""Every table, in the order it is created."""
