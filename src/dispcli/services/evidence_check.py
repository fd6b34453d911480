"""Is every file of the evidence there, and is it what it was?"""

from collections.abc import Collection, Iterable

from dispcli.core.evidence import Piece, pieces_of
from dispcli.core.evidence_views import Trouble
from dispcli.ledger import evidence_sweeping
from dispcli.ledger.evidence_source import Told
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.ledger.evidence_sweeping import Stray
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.reader import Reader
from dispcli.namedtuples import NamedTuple
from dispcli.services.targets import Target
from dispcli.services.views import load_case


def seen_problems(ledger: Reader, store: EvidenceStore) -> list[str]:
    """A line for each kept file that is not there, or not as long as it was. No content is read."""
    with ledger.reading():
        kept = ledger.kept_evidence()
    return [
        f"evidence: D{piece.dispute_id} event {piece.seq}: {piece.file.name} is {problem} in {store.folder}"
        for piece in kept
        if (problem := store.seen_problem(piece.file.sha256, piece.file.size))
    ]


class Scope(NamedTuple):
    """What is verified: these files, and without a `target` the whole store."""

    pieces: tuple[Piece, ...]
    target: Target | None

    @property
    def size(self) -> int:
        """How many bytes are going to be read."""
        return sum({piece.file.sha256: piece.file.size for piece in self.pieces}.values())


def scope_of(ledger: Ledger, target: Target | None) -> Scope:
    """The files of one dispute, or of all. Raises NotFound or Ambiguous."""
    if target is not None:
        return Scope(pieces_of(load_case(ledger, target)), target)
    with ledger.reading():
        return Scope(tuple(ledger.kept_evidence()), None)


def verify(ledger: Ledger, store: EvidenceStore, scope: Scope, told: Told | None = None) -> list[Trouble]:
    """What is wrong, file by file; of the whole store also what nobody names.

    Files are read without the lock; what was let go meanwhile is no trouble. Raises LedgerTrouble.
    """
    found = store.problems(((piece.file.sha256, piece.file.size) for piece in scope.pieces), told)
    bad = [piece for piece in scope.pieces if piece.file.sha256 in found]
    troubles = [
        Trouble(found[piece.file.sha256], str(store.place_of(piece.file.sha256)), piece)
        for piece in (_still_kept(ledger, bad) if bad else ())
    ]
    return troubles if scope.target is not None else [*troubles, *_unknown(strays(ledger, store))]


def _still_kept(ledger: Ledger, pieces: Collection[Piece]) -> list[Piece]:
    with ledger.reading():
        kept = set(ledger.kept_evidence())
    return [piece for piece in pieces if piece in kept]


def strays(ledger: Ledger, store: EvidenceStore) -> list[Stray]:
    """What is in the store that no evidence names. What another process is about to name is left out."""
    with ledger.reading():
        found = evidence_sweeping.strays(store, _named(ledger))
    if not found:
        return []
    with ledger.writing():
        return evidence_sweeping.strays(store, _named(ledger))


def clean(ledger: Ledger, store: EvidenceStore, agreed: Collection[str]) -> int:
    """Delete what nobody names, of the paths agreed to; how many files that were. Raises LedgerTrouble."""
    with ledger.writing():
        found = evidence_sweeping.strays(store, _named(ledger))
        return evidence_sweeping.sweep(store, (stray for stray in found if str(stray.path) in agreed))


def _named(ledger: Reader) -> set[str]:
    return {piece.file.sha256 for piece in ledger.kept_evidence()}


def _unknown(found: Iterable[Stray]) -> list[Trouble]:
    return [Trouble("unknown" if stray.ours else "foreign", str(stray.path)) for stray in found]
