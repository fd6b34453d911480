"""What comes into the store of evidence: copied first, and given a place once its events are written."""

import fcntl
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Self

from dispcli.ledger.evidence_folders import make_folder, sync_folder
from dispcli.ledger.evidence_source import SAFELY, Content, Told, contents, opened
from dispcli.ledger.evidence_store import EvidenceStore

INCOMING = "incoming-"
"""How the names of folders begin in which copies are made."""


class Intake:
    """Copies that have no place yet; `settle` gives it to them. Those that get none are gone at its end.

    They lie in a folder of their own, locked as long as this process lives, so that nobody sweeps it away.
    """

    def __init__(self, store: EvidenceStore) -> None:
        self._store = store
        self._folder: Path | None = None
        self._lock = -1
        self._copies: dict[str, Path] = {}

    def take(self, path: Path, told: Told | None = None) -> Content:
        """Copy a file of the user's. Raises BadInput for what is no plain file, LedgerTrouble."""
        with opened(path, self._store.ledger) as chunks:
            return self.take_chunks(chunks, told)

    def take_chunks(self, chunks: Iterable[bytes], told: Told | None = None) -> Content:
        """Copy these bytes. Raises LedgerTrouble where they can't be written."""
        with self._store.troubles():
            path = self._begun() / str(len(self._copies))
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | SAFELY, 0o600)
        try:
            content = contents(self._written(chunks, descriptor), told)
            with self._store.troubles():
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._copies.setdefault(content.sha256, path)
        return content

    def _begun(self) -> Path:
        if self._folder is None:
            from tempfile import mkdtemp

            if make_folder(self._store.folder):
                sync_folder(self._store.folder.parent)
            self._folder = Path(mkdtemp(prefix=INCOMING, dir=self._store.folder))
            self._lock = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | SAFELY)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self._folder

    def _written(self, chunks: Iterable[bytes], descriptor: int) -> Iterator[bytes]:
        for chunk in chunks:
            with self._store.troubles():
                _write(descriptor, chunk)
            yield chunk

    def settle(self, wanted: Collection[str]) -> None:
        """The copies with these digests take their places: all, or none. Under the ledger's lock.

        A copy replaces what is there by its name: that may be damaged.
        """
        new: list[Path] = []
        try:
            with self._store.troubles():
                placed = [self._place(digest, new) for digest in self._copies if digest in wanted]
                for folder in {place.parent for place in placed}:
                    sync_folder(folder)
                if placed:
                    sync_folder(self._store.folder)
        except BaseException:
            for place in new:
                place.unlink(missing_ok=True)
            raise

    def _place(self, digest: str, new: list[Path]) -> Path:
        place = self._store.place_of(digest)
        make_folder(place.parent)
        if not os.path.lexists(place):
            new.append(place)
        self._copies[digest].replace(place)
        return place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            import shutil

            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)


def _write(target: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(target, rest) :]
