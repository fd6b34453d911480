"""What all rows have in common. What the ledger holds but no value can be is damage, and named."""

from collections.abc import Sequence
from typing import Any

from dispcli.errors import LedgerTrouble

Row = Sequence[Any]


def damaged(what: str, problem: Exception) -> LedgerTrouble:
    """A row that this program would never have written."""
    return LedgerTrouble(
        f"{what} is damaged ({problem})", hint="see what else is with 'dispcli ledger check'", code="damaged"
    )
