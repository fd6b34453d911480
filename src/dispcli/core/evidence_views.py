"""What is shown of the files that prove something, and what commands report about them."""

from dispcli.core.evidence import Piece
from dispcli.core.facts import Evidence
from dispcli.core.orders import Order
from dispcli.core.photos import PhotoFacts
from dispcli.namedtuples import NamedTuple


class Kept(NamedTuple):
    """A file of a dispute, and whether a file of its length is in the store."""

    piece: Piece
    order: Order
    present: bool


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
