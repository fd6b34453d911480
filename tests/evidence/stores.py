"""Files for ledgers that tests make event by event, without the program."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from dispcli.core.facts import Evidence
from dispcli.ledger.evidence_intake import Intake
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.ledger.ledger import Ledger
from tests.evidence import pictures

_CONTENTS = (pictures.JPEG, pictures.PNG, pictures.TEXT, b"x")

FILES: Mapping[str, bytes] = MappingProxyType({hashlib.sha256(data).hexdigest(): data for data in _CONTENTS})
"""What there is to keep, by digest."""


def evidence(data: bytes, name: str = "photo.jpg", media_type: str = "image/jpeg") -> Evidence:
    return Evidence(hashlib.sha256(data).hexdigest(), name, media_type, len(data))


def kept_digests(ledger: Path) -> set[str]:
    """What the ledger says is kept."""
    with Ledger.open(ledger) as opened, opened.reading():
        return {piece.file.sha256 for piece in opened.kept_evidence()}


def keep_files(ledger: Path, without: Collection[str] = ()) -> None:
    """Put the files that the ledger names where they belong."""
    named = kept_digests(ledger) - set(without)
    with Intake(EvidenceStore(ledger)) as intake:
        for digest in named:
            intake.take_chunks([FILES[digest]])
        intake.settle(named)


def kept_files(ledger: Path) -> dict[str, bytes]:
    """What is in the store, by digest."""
    folder = EvidenceStore(ledger).folder
    return {f"{p.parent.name}{p.name}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}
