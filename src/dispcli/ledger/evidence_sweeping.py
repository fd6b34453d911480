"""What lies in the store of evidence and is named by none: left by a crash, or put there by somebody else."""

import fcntl
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from dispcli.ledger.evidence_folders import remove_if_empty, require_own
from dispcli.ledger.evidence_intake import INCOMING
from dispcli.ledger.evidence_source import SAFELY
from dispcli.ledger.evidence_store import DIGEST, EvidenceStore
from dispcli.namedtuples import NamedTuple


class Stray(NamedTuple):
    """Something in the store that no evidence names; `ours` is what dispcli itself has put there."""

    path: Path
    ours: bool


def strays(store: EvidenceStore, named: Collection[str]) -> list[Stray]:
    """What is in the store and is none of the named files. Raises LedgerTrouble.

    Only under the ledger's lock it is certain that nobody is about to name them.
    """
    with store.troubles():
        if not os.path.lexists(store.folder):
            return []
        require_own(store.folder)
        return [stray for path in sorted(store.folder.iterdir()) for stray in _strays_in(path, named)]


def sweep(store: EvidenceStore, found: Iterable[Stray]) -> int:
    """Delete those that are ours; how many there were. Under the ledger's lock. Raises LedgerTrouble."""
    import shutil

    ours = [stray.path for stray in found if stray.ours]
    with store.troubles():
        for path in ours:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    for folder in {path.parent for path in ours} - {store.folder}:
        remove_if_empty(folder)
    return len(ours)


def _strays_in(path: Path, named: Collection[str]) -> Iterator[Stray]:
    """What of this is not named: a file of ours that lost its event, copies that were cut off, or foreign."""
    is_folder = path.is_dir() and not path.is_symlink()
    if is_folder and path.name.startswith(INCOMING):
        if not _is_locked(path):
            yield Stray(path, ours=True)
    elif is_folder and re.fullmatch("[0-9a-f]{2}", path.name):
        for inner in sorted(path.iterdir()):
            digest = f"{path.name}{inner.name}"
            if digest not in named:
                plain = inner.is_file() and not inner.is_symlink()
                yield Stray(inner, ours=plain and DIGEST.fullmatch(digest) is not None)
    else:
        yield Stray(path, ours=False)


def _is_locked(folder: Path) -> bool:
    """Whether a process that lives is writing copies there."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | SAFELY)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
