"""Letting files go that were kept as evidence: the record stays, the file is gone."""

from collections.abc import Collection, Sequence

from dispcli.core.cancelling import Steps
from dispcli.core.evidence import Piece, decide_removal, named_piece, pieces_of
from dispcli.core.evidence_views import EvidenceChange
from dispcli.core.recording import Stamp
from dispcli.errors import LedgerTrouble
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.ledger.ledger import Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.services.changes import Job, PlannedChange
from dispcli.services.moves import Said
from dispcli.services.operations import Operation, Plan, apply, plan
from dispcli.services.targets import Target


class Removal(NamedTuple):
    """Which evidence of one dispute is to be kept no longer, by the words that name it, and why."""

    target: Target
    words: tuple[str, ...]
    said: Said


def plan_removal(ledger: Ledger, removal: Removal, stamp: Stamp) -> Plan:
    """What is going to be let go. Raises NotFound, Ambiguous or Refused."""
    return plan(ledger, [_removing(removal)], stamp)


def remove(
    ledger: Ledger, store: EvidenceStore, removal: Removal, stamp: Stamp, agreed: Plan | None
) -> tuple[EvidenceChange, ...]:
    """Note that the files are kept no longer; then delete those that nobody else keeps.

    Raises Refused if anything is not as it was when somebody `agreed`, LedgerTrouble where a file stays.
    """
    decided = apply(ledger, [_removing(removal)], stamp, final=True, agreed=agreed)
    removed = files_of(decided, removal, "changed")
    try:
        keepers = _discard(ledger, store, {change.file.sha256 for change in removed})
    except LedgerTrouble as problem:
        raise LedgerTrouble(
            f"it is recorded, but the file is still there: {problem.message.removesuffix(_IN_VAIN)}",
            hint="the same command again deletes it",
            code=problem.code,
        ) from None
    return tuple(_with_keepers(change, keepers.get(change.file.sha256, ())) for change in removed)


_IN_VAIN = "; nothing was changed"


def _discard(ledger: Ledger, store: EvidenceStore, digests: set[str]) -> dict[str, list[Piece]]:
    """Delete the files that nobody keeps any more; who keeps the others. Under the lock, or one might just be
    kept again.
    """
    keepers: dict[str, list[Piece]] = {}
    with ledger.writing():
        for piece in ledger.kept_evidence():
            keepers.setdefault(piece.file.sha256, []).append(piece)
        for digest in digests - keepers.keys():
            store.discard(digest)
    return keepers


def files_of(decided: Plan, removal: Removal, status: str) -> tuple[EvidenceChange, ...]:
    """Each file that is let go, under every name it has in the dispute."""
    changes: list[EvidenceChange] = []
    for item in decided.planned:
        if isinstance(item, PlannedChange):
            case, goes = item.case, isinstance(item.decision, Steps)
            named = [named_piece(case, word, removed=True) for word in removal.words]
            live = [piece for piece in pieces_of(case) if _is_among(piece, named)]
            gone = [piece for piece in named if not _is_among(piece, live)]
            for piece in dict.fromkeys((*live, *gone)):
                became = status if goes and piece in live else "unchanged"
                changes.append(EvidenceChange(case.dispute.name, case.order, piece.seq, piece.file, became))
    return tuple(changes)


def _is_among(piece: Piece, others: Sequence[Piece]) -> bool:
    return any(piece.file.sha256 == other.file.sha256 for other in others)


def _removing(removal: Removal) -> Operation:
    note, at = removal.said.note, removal.said.happened_at
    job = Job(
        "evidence-remove",
        (*removal.words, note, at),
        lambda case: decide_removal(case, removal.words, note, at),
        removal.said.operation_id,
    )
    return Operation(removal.target, job)


def _with_keepers(change: EvidenceChange, keepers: Collection[Piece]) -> EvidenceChange:
    if not keepers:
        return change
    others = sorted({piece.dispute_id for piece in keepers})
    names = ", ".join(f"D{number}" for number in others)
    return change._replace(message=f"the file stays: {names} {'has' if len(others) == 1 else 'have'} it too")
