"""The files of the evidence, in a folder beside the ledger: each once, under the SHA-256 of its content.

A file takes its place before the event that names it is committed, and goes after the one that lets it go.
So a crash can leave a file that nobody names, never a name without its file. Whoever places or discards holds
the ledger's lock: what a file is named by can't change meanwhile.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dispcli.core.evidence_views import ALTERED, MISSING, UNREADABLE
from dispcli.errors import LedgerTrouble
from dispcli.ledger.evidence_folders import remove_if_empty, sync_folder
from dispcli.ledger.evidence_source import CHUNK, SAFELY, Told, contents

DIGEST = re.compile("[0-9a-f]{64}")
"""What a SHA-256 looks like; nothing else is ever made a path of."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class EvidenceStore:
    """The folder `LEDGER.evidence`; it is made with its first file."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.folder = ledger.with_name(f"{ledger.name}.evidence")

    def place_of(self, digest: str) -> Path:
        """Where the file with this SHA-256 belongs."""
        return self.folder / digest[:2] / digest[2:]

    def seen_problem(self, digest: str, size: int) -> str | None:
        """What is wrong with a file as far as that shows unread: missing, altered in length; or nothing."""
        try:
            found = self.place_of(digest).lstat() if DIGEST.fullmatch(digest) else None
        except OSError:
            found = None
        if found is None:
            return MISSING
        return None if stat.S_ISREG(found.st_mode) and found.st_size == size else ALTERED

    def problem(self, digest: str, size: int, told: Told | None = None) -> str | None:
        """What is wrong with a file, once all of it is read: missing, altered, unreadable; or nothing."""
        if seen := self.seen_problem(digest, size):
            return seen
        try:
            found = contents(self.chunks(digest), told)
        except LedgerTrouble:
            return UNREADABLE
        return None if found.sha256 == digest else ALTERED

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
        if not DIGEST.fullmatch(digest):
            return
        place = self.place_of(digest)
        with self.troubles():
            place.unlink(missing_ok=True)
            if place.parent.is_dir():
                sync_folder(place.parent)
        remove_if_empty(place.parent)

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
