"""The files of the evidence, in a folder beside the ledger: each once, under the SHA-256 of its content.

A file takes its place before the event that names it is committed, and goes after the one that lets it go.
So a crash can leave a file that nobody names, never a name without its file. Whoever places or discards holds
the ledger's lock: what a file is named by can't change meanwhile.
"""

import errno
import fcntl
import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dispcli.errors import LedgerTrouble
from dispcli.ledger.evidence_source import CHUNK, SAFELY, Content, Told, contents, opened

_INCOMING = "incoming-"
_DIGEST = re.compile("[0-9a-f]{64}")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Stray(NamedTuple):
    """Something in the store that no evidence names; `ours` is what dispcli itself has put there."""

    path: Path
    ours: bool


class Intake:
    """Copies that have no place yet; `settle` gives it to them.

    They lie in a folder of their own, locked as long as this process lives, so that nobody sweeps it away.
    """

    def __init__(self, store: "EvidenceStore") -> None:
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

            if _make_folder(self._store.folder):
                _sync_folder(self._store.folder.parent)
            self._folder = Path(mkdtemp(prefix=_INCOMING, dir=self._store.folder))
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
                    _sync_folder(folder)
                if placed:
                    _sync_folder(self._store.folder)
        except BaseException:
            for place in new:
                place.unlink(missing_ok=True)
            raise

    def _place(self, digest: str, new: list[Path]) -> Path:
        place = self._store.place_of(digest)
        _make_folder(place.parent)
        if not os.path.lexists(place):
            new.append(place)
        self._copies[digest].replace(place)
        return place

    def end(self) -> None:
        """The copies that have no place are gone."""
        if self._folder is not None:
            import shutil

            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)


class EvidenceStore:
    """The folder `LEDGER.evidence`; it is made with its first file."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.folder = ledger.with_name(f"{ledger.name}.evidence")

    @contextmanager
    def intake(self) -> Iterator[Intake]:
        """Copies to be given a place; those that get none are gone afterwards."""
        intake = Intake(self)
        try:
            yield intake
        finally:
            intake.end()

    def place_of(self, digest: str) -> Path:
        """Where the file with this SHA-256 belongs."""
        return self.folder / digest[:2] / digest[2:]

    def has(self, digest: str, size: int) -> bool:
        """Whether a file of this length is in its place. Its content is not read."""
        try:
            found = self.place_of(digest).lstat() if _DIGEST.fullmatch(digest) else None
        except OSError:
            return False
        return found is not None and stat.S_ISREG(found.st_mode) and found.st_size == size

    def problem(self, digest: str, size: int, told: Told | None = None) -> str | None:
        """What is wrong with a file, once all of it is read: missing, altered, unreadable; or nothing."""
        if not _DIGEST.fullmatch(digest) or not os.path.lexists(self.place_of(digest)):
            return "missing"
        if not self.has(digest, size):
            return "altered"
        try:
            found = contents(self.chunks(digest), told)
        except LedgerTrouble:
            return "unreadable"
        return None if found.sha256 == digest else "altered"

    def problems(self, files: Iterable[tuple[str, int]], told: Told | None = None) -> dict[str, str]:
        """What is wrong with these files, given by digest and length; each is read once."""
        found = {digest: self.problem(digest, size, told) for digest, size in dict(files).items()}
        return {digest: problem for digest, problem in found.items() if problem}

    def chunks(self, digest: str) -> Iterator[bytes]:
        """The bytes of a file that is there. Raises LedgerTrouble where they can't be read."""
        with self.troubles(), self.open(digest) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def copied(self, digest: str, size: int) -> Iterator[bytes]:
        """The bytes of a sound file. Raises LedgerTrouble where it has changed since it was found sound."""
        found = hashlib.sha256()
        for chunk in self.chunks(digest):
            found.update(chunk)
            size -= len(chunk)
            yield chunk
        if size or found.hexdigest() != digest:
            raise LedgerTrouble(
                f"{self.place_of(digest)}: it changed while it was read",
                hint="see 'dispcli dispute evidence verify'",
                code="evidence-store",
            )

    def open(self, digest: str) -> BinaryIO:
        """A file that is there. Raises OSError."""
        return os.fdopen(os.open(self.place_of(digest), os.O_RDONLY | SAFELY), "rb")

    def discard(self, digest: str) -> None:
        """Delete a file that no evidence names any more. Under the ledger's lock. Raises LedgerTrouble."""
        if not _DIGEST.fullmatch(digest):
            return
        place = self.place_of(digest)
        with self.troubles():
            place.unlink(missing_ok=True)
            if place.parent.is_dir():
                _sync_folder(place.parent)
        _remove_if_empty(place.parent)

    def strays(self, named: Collection[str]) -> list[Stray]:
        """What is in the store and is none of the named files. Raises LedgerTrouble.

        Only under the ledger's lock it is certain that nobody is about to name them.
        """
        with self.troubles():
            if not os.path.lexists(self.folder):
                return []
            _require_own(self.folder)
            return [stray for path in sorted(self.folder.iterdir()) for stray in _strays_in(path, named)]

    def sweep(self, strays: Iterable[Stray]) -> int:
        """Delete those that are ours; how many there were. Under the ledger's lock. Raises LedgerTrouble."""
        import shutil

        ours = [stray.path for stray in strays if stray.ours]
        with self.troubles():
            for path in ours:
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        for folder in {path.parent for path in ours} - {self.folder}:
            _remove_if_empty(folder)
        return len(ours)

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """What the system says of the store, as LedgerTrouble."""
        try:
            yield
        except OSError as problem:
            hint = "make room and try again" if problem.errno in _FULL else "look at its permissions"
            raise LedgerTrouble(
                f"{self.folder}: {problem.strerror}; nothing was changed", hint=hint, code="evidence-store"
            ) from None


def _write(target: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(target, rest) :]


def _make_folder(folder: Path) -> bool:
    """Whether the folder had to be made, for its owner alone.

    Raises OSError, and LedgerTrouble for something else by its name.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _require_own(folder)
        return False
    return True


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        pass


def _require_own(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise LedgerTrouble(f"{folder} is no folder", hint="move it away", code="evidence-store")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise LedgerTrouble(
            f"{folder} can be written by others",
            hint=f"close it to others: chmod 700 {folder}",
            code="evidence-store",
        )


def _sync_folder(folder: Path) -> None:
    """A name is safe on the disk once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _strays_in(path: Path, named: Collection[str]) -> Iterator[Stray]:
    """What of this is not named: a file of ours that lost its event, copies that were cut off, or foreign."""
    is_folder = path.is_dir() and not path.is_symlink()
    if is_folder and path.name.startswith(_INCOMING):
        if not _is_locked(path):
            yield Stray(path, ours=True)
    elif is_folder and re.fullmatch("[0-9a-f]{2}", path.name):
        for inner in sorted(path.iterdir()):
            digest = f"{path.name}{inner.name}"
            if digest not in named:
                plain = inner.is_file() and not inner.is_symlink()
                yield Stray(inner, ours=plain and _DIGEST.fullmatch(digest) is not None)
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
