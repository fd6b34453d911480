"""What all rows have in common. What the ledger holds but no value can be is damage, and named."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from dispcli.core.money import Money
from dispcli.errors import LedgerTrouble

Row = Sequence[Any]


def damaged(what: str, problem: Exception) -> LedgerTrouble:
    """A row that this program would never have written."""
    return LedgerTrouble(
        f"{what} is damaged ({problem})", hint="see what else is with 'dispcli ledger check'", code="damaged"
    )


@lru_cache(4096)
def money(minor: int | None, currency: str | None) -> Money | None:
    """An amount from its two columns. Prices repeat."""
    return Money(minor, currency) if minor is not None and currency is not None else None
