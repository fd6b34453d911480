"""What is shown of the ledger itself."""

from collections.abc import Mapping
from typing import NamedTuple


class LedgerInfo(NamedTuple):
    """What `ledger info` shows. `size` is in bytes."""

    path: str
    exists: bool
    size: int
    version: int | None
    counts: Mapping[str, int]
