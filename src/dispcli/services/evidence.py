"""Keeping files that prove something, and finding them again."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from dispcli.core.cancelling import Steps
from dispcli.core.cut_off import seems_cut_off
from dispcli.core.disputes import Case
from dispcli.core.evidence import (
    advice,
    decide_evidence,
    named_piece,
    pieces_of,
    safe_name,
)
from dispcli.core.evidence_views import EvidenceChange, Kept, KeptWhole
from dispcli.core.facts import Evidence
from dispcli.core.file_types import media_type
from dispcli.core.photos import NOTHING as NO_PHOTO
from dispcli.core.photos import photo_facts
from dispcli.core.recording import Stamp
from dispcli.ledger.evidence_intake import Intake
from dispcli.ledger.evidence_source import Content, Told, contents, opened
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.ledger.ledger import Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.policies import Policies
from dispcli.services.caseload import Caseload
from dispcli.services.changes import Job, PlannedChange
from dispcli.services.moves import Said
from dispcli.services.operations import Operation, Plan, apply, plan, require_disputes
from dispcli.services.targets import Target


def kept_of(case: Case, store: EvidenceStore) -> tuple[Kept, ...]:
    """Every file of a dispute, and whether it is in the store as it was."""
    return tuple(
        Kept(piece, case.order, store.seen_problem(piece.file.sha256, piece.file.size))
        for piece in pieces_of(case)
    )


def whole_file(case: Case, store: EvidenceStore, word: str) -> KeptWhole:
    """The file a word names, and what it tells about itself. Raises NotFound or Ambiguous."""
    piece = named_piece(case, word)
    digest, _, kind, size = piece.file
    kept = Kept(piece, case.order, store.seen_problem(digest, size))
    photo = NO_PHOTO
    if kept.present:
        with store.troubles(), store.open(digest) as stream:
            photo = photo_facts(kind, partial(_piece_of, stream.fileno(), size))
    return KeptWhole(kept, str(store.place_of(digest)), photo)


def _piece_of(descriptor: int, size: int, offset: int, count: int) -> bytes:
    """Some bytes of a file, whatever it says of itself about where they are."""
    return os.pread(descriptor, max(count, 0), offset) if 0 <= offset < size else b""


class Keeping(NamedTuple):
    """What was kept, file by file, and what speaks against it."""

    changes: tuple[EvidenceChange, ...]
    advice: tuple[str, ...]


class NewEvidence(NamedTuple):
    """Files that are to be kept as evidence of one dispute, and what is said about them."""

    target: Target
    paths: tuple[Path, ...]
    said: Said


def keep(
    ledger: Ledger,
    store: EvidenceStore,
    asked: NewEvidence,
    stamp: Stamp,
    policies: Policies,
    told: Told | None = None,
) -> Keeping:
    """Keep all of these files, or none. Raises NotFound, Ambiguous, Refused, BadInput or LedgerTrouble.

    They are copied before the ledger is locked, and get their places before the transaction ends.
    """
    require_disputes(ledger, [asked.target])
    with Intake(store) as intake:
        copies = [intake.take(path, told) for path in asked.paths]
        files = _evidence(asked.paths, copies)
        wrong = store.problems((file.sha256, file.size) for file in files)

        def settle(caseload: Caseload, decided: Plan) -> None:
            intake.settle({file.sha256 for case in _cases(caseload, decided) for _, file in case.evidence})

        decided = apply(ledger, [_keeping(asked, files)], stamp, final=False, finish=settle)
    kept = _kept(decided, files, "changed", policies, _cut_off(files, copies))
    return kept._replace(changes=tuple(_made_whole(change, wrong) for change in kept.changes))


def _made_whole(change: EvidenceChange, wrong: Mapping[str, str]) -> EvidenceChange:
    """Tells of a copy that was there already, but not as it had been."""
    problem = wrong.get(change.file.sha256)
    if change.status != "unchanged" or problem is None:
        return change
    return change._replace(message=f"the copy here was {problem}, and is whole again")


def rehearse(
    ledger: Ledger, store: EvidenceStore, asked: NewEvidence, stamp: Stamp, policies: Policies
) -> Keeping:
    """What `keep` would do. The files are read, and nothing is written."""
    require_disputes(ledger, [asked.target])
    seen = [_looked_at(path, store) for path in asked.paths]
    files = _evidence(asked.paths, seen)
    decided = plan(ledger, [_keeping(asked, files)], stamp)
    return _kept(decided, files, "planned", policies, _cut_off(files, seen))


def _looked_at(path: Path, store: EvidenceStore) -> Content:
    with opened(path, store.ledger) as chunks:
        return contents(chunks)


def _evidence(paths: Sequence[Path], found: Sequence[Content]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(content.sha256, safe_name(path.name), media_type(content.head), content.size)
        for path, content in zip(paths, found, strict=True)
    )


def _cut_off(files: Sequence[Evidence], found: Sequence[Content]) -> set[str]:
    """The digests of those whose end is missing."""
    return {
        file.sha256
        for file, content in zip(files, found, strict=True)
        if seems_cut_off(file.media_type, content.size, content.head, content.tail, content.marked)
    }


def _keeping(asked: NewEvidence, files: tuple[Evidence, ...]) -> Operation:
    note, at = asked.said.note, asked.said.happened_at
    said = (*(word for file in files for word in (file.sha256, file.name)), note, at)
    job = Job("evidence", said, lambda case: decide_evidence(case, files, note, at), asked.said.operation_id)
    return Operation(asked.target, job)


def _cases(caseload: Caseload, decided: Plan) -> list[Case]:
    """The disputes as they stand now."""
    changed = [item.case.dispute.id for item in decided.planned if isinstance(item, PlannedChange)]
    return [case for dispute_id in changed if (case := caseload.case(dispute_id))]


def _kept(
    decided: Plan, files: tuple[Evidence, ...], status: str, policies: Policies, cut_off: set[str]
) -> Keeping:
    changes: list[EvidenceChange] = []
    told: list[str] = []
    for item in decided.planned:
        if isinstance(item, PlannedChange):
            new = _new(item)
            case = item.case
            for file in dict.fromkeys(files):
                seq = new.get(file) or _seq_of(case, file)
                became = status if file in new else "unchanged"
                changes.append(EvidenceChange(case.dispute.name, case.order, seq, file, became))
            rules = policies.policy_for(case.order.marketplace).evidence
            told += advice(rules, [file for _, file in case.evidence], tuple(new), cut_off)
    return Keeping(tuple(changes), tuple(told))


def _new(planned: PlannedChange) -> dict[Evidence, int]:
    """The files that are noted, with the number of the event each comes with."""
    if not isinstance(planned.decision, Steps):
        return {}
    facts = [change.intent.fact for change in planned.decision.changes]
    first = planned.case.dispute.version + 1
    return {fact: seq for seq, fact in enumerate(facts, start=first) if isinstance(fact, Evidence)}


def _seq_of(case: Case, file: Evidence) -> int | None:
    return next((event.seq for event, kept in case.evidence if kept == file), None)
