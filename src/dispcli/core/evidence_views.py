"""What is shown of the files that prove something, and what commands report about them."""

from dispcli.core.evidence import Piece
from dispcli.core.facts import Evidence
from dispcli.core.orders import Order
from dispcli.core.photos import PhotoFacts
from dispcli.namedtuples import NamedTuple

MISSING = "missing"
ALTERED = "altered"
UNREADABLE = "unreadable"
"""What can be wrong with a file that is kept, in the words that everything tells it by."""


class Kept(NamedTuple):
    """A file of a dispute, and what is wrong with it in the store, as far as that shows unread."""

    piece: Piece
    order: Order
    problem: str | None

    @property
    def present(self) -> bool:
        """Whether a file of its length is there."""
        return self.problem is None


class KeptWhole(NamedTuple):
    """One file with where it is, and what a photo tells about itself."""

    kept: Kept
    path: str
    photo: PhotoFacts


class EvidenceChange(NamedTuple):
    """What became of one file: `status` is changed, unchanged or planned; `seq` the event it came with."""

    dispute: str
    order: Order
    seq: int | None
    file: Evidence
    status: str
    message: str | None = None


class Trouble(NamedTuple):
    """What is wrong with a file in the store.

    `problem` is missing, altered, unreadable, or unknown where no evidence names it, or foreign where dispcli
    never puts a file.
    """

    problem: str
    path: str
    piece: Piece | None = None

    @property
    def is_loss(self) -> bool:
        """Whether evidence is lost or worth nothing; what only lies around is not."""
        return self.piece is not None
