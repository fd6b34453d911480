"""What is shown of the ledger itself."""

from collections.abc import Mapping

from dispcli.namedtuples import NamedTuple


class LedgerInfo(NamedTuple):
    """What `ledger info` shows. `size` is in bytes; `evidence` counts the files in `evidence_folder`."""

    path: str
    exists: bool
    size: int
    version: int | None
    counts: Mapping[str, int]
    evidence_folder: str
    evidence: int = 0
