"""How the disputes with each seller ended, or stand: what checks know of a seller's past."""

from collections.abc import Iterable, Sequence

from dispcli.core.disputes import Dispute
from dispcli.core.facts import Replaced
from dispcli.core.machine import Change
from dispcli.core.orders import Seller
from dispcli.core.recording import ending_after
from dispcli.core.states import State
from dispcli.ledger.ledger import Ledger


class Endings:
    """Numbers of disputes by their outcome or state, for each seller that was loaded."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[int, dict[str, int]] = {}

    def load(self, sellers: Iterable[int]) -> None:
        """Find out about these sellers at once."""
        if new := set(sellers) - self._known.keys():
            self._known.update(self._ledger.endings(new))

    def past(self, seller: Seller | None, dispute: Dispute) -> dict[str, int]:
        """The seller's other disputes."""
        past = dict(self._known[seller.id]) if seller else {}
        if past and dispute.replaced_by is None:
            _count(past, dispute.ending, -1)
        return past

    def move(self, seller: Seller | None, dispute: Dispute, changes: Sequence[Change]) -> None:
        """A dispute goes on; one that is recorded in error counts no more."""
        if seller is None or dispute.replaced_by is not None:
            return
        endings = self._known[seller.id]
        _count(endings, dispute.ending, -1)
        if not any(type(change.intent.fact) is Replaced for change in changes):
            _count(endings, ending_after(dispute, changes), 1)

    def add(self, seller: Seller | None, state: State) -> None:
        """There is one more, and so it stands."""
        if seller is not None:
            _count(self._known[seller.id], state, 1)


def _count(endings: dict[str, int], ending: str, by: int) -> None:
    endings[ending] = endings.get(ending, 0) + by
    if not endings[ending]:
        del endings[ending]
