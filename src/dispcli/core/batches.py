"""What a batch asks for, line by line, and what became of each line."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from dispcli.core.money import Money
from dispcli.core.operations import Asked
from dispcli.core.results import FAILURES
from dispcli.core.states import State
from dispcli.core.tallies import tally
from dispcli.namedtuples import NamedTuple


class BatchLine(NamedTuple):
    """A line of the input: what it asks for, or what is wrong with it. `raw` is the line as it came.

    `op` and `order` are what the line says, also where the line is wrong.
    """

    line: int
    asked: Asked | None
    mistakes: tuple[str, ...]
    raw: bytes
    op: str = ""
    order: str = ""


class Item(NamedTuple):
    """What became of a line.

    `status` is changed, unchanged, refused by the rules, invalid (the line is wrong), error (what it names is
    not there) or not_applied (right by itself, but all or nothing is done: something else is wrong, or nobody
    has agreed). `findings` are the codes of what the checks warned of; `final` tells whether it can't be
    undone, then `amount` is what it is about.
    """

    line: int
    op: str
    order: str
    dispute: str
    status: str
    from_state: str | None = None
    to_state: str | None = None
    code: str | None = None
    message: str = ""
    findings: tuple[str, ...] = ()
    dry_run: bool = False
    final: bool = False
    amount: Money | None = None

    @property
    def failed(self) -> bool:
        """Whether the line could not be done."""
        return self.status in FAILURES


CONFIRMATION_NEEDED = "confirmation-needed"


class Tally:
    """How many lines came to what."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._unconfirmed = 0
        self.last_line = 0
        self.cancelled = 0

    def add(self, items: Sequence[Item]) -> None:
        """These lines are done."""
        self._statuses.update(map(attrgetter("status"), items))
        self._unconfirmed += sum(item.code == CONFIRMATION_NEEDED for item in items)
        self.cancelled += sum(item.to_state is State.CANCELLED and item.status == "changed" for item in items)
        self.last_line = items[-1].line if items else self.last_line

    @property
    def lines(self) -> int:
        """How many lines there were."""
        return self._statuses.total()

    @property
    def invalid(self) -> int:
        """How many lines are wrong."""
        return self._statuses["invalid"]

    @property
    def failed(self) -> int:
        """How many lines could not be done."""
        return sum(self._statuses[status] for status in FAILURES)

    @property
    def unconfirmed(self) -> int:
        """How many lines nobody has agreed to."""
        return self._unconfirmed

    def told(self) -> str:
        """`100 lines: 98 changed, 1 unchanged, 1 refused`."""
        return tally("line", self._statuses)
