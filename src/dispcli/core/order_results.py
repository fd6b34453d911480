"""What a command reports about orders it added, changed or read from files."""

from dispcli.namedtuples import NamedTuple


class OrderResult(NamedTuple):
    """An order that was added or set. `status` is new, changed, unchanged, planned or error.

    An error has its `code` and `message`: nothing, or several things, go by the name. `doubts` is what is
    unlikely about it and was recorded all the same. `seller` is the name of the one that was meant by an id
    or a store id.
    """

    marketplace: str
    order: str
    status: str
    changes: tuple[str, ...] = ()
    code: str | None = None
    message: str | None = None
    doubts: tuple[str, ...] = ()
    seller: str | None = None

    @property
    def failed(self) -> bool:
        """Whether it could not be done."""
        return self.status == "error"


class FileResult(NamedTuple):
    """What one imported file brought."""

    file: str
    format: str
    rows: int
    orders_new: int
    orders_changed: int
    orders_same: int
    disputes_new: int = 0
    disputes_changed: int = 0
    disputes_same: int = 0
    refunds: int = 0
    conflicts: int = 0
    mistakes: int = 0
    unknown_words: tuple[str, ...] = ()
    dry_run: bool = False
