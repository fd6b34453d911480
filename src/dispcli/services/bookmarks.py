"""Where a batch that goes by a name has come to, so that it goes on from there when it is run again."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

from dispcli.errors import Refused
from dispcli.ledger.ledger import Ledger

L = TypeVar("L", bound=tuple[int, bytes | None])


class Bookmark:
    """The last line that is done, with the digest of all lines up to there.

    An input may have grown since, but what is done must stand in it unchanged.
    """

    def __init__(self, name: str, ledger: Ledger) -> None:
        with ledger.reading():
            found = ledger.batch(name)
        self.name = name
        self.done, self._digest = found or (0, "")
        self._hash = hashlib.sha256()
        self._ahead: list[tuple[int, bytes | None]] = []

    def watch(self, chunks: Iterable[list[L]]) -> Iterator[list[L]]:
        """The same lines; what they are is remembered until they are done."""
        for chunk in chunks:
            self._ahead += chunk
            yield chunk

    def require_same(self, last: int) -> None:
        """Raises Refused if the lines that were done are others here; `last` is how far it was read."""
        if not self._digest:
            return
        digest = self._digest_at(min(last, self.done))
        if last < self.done:
            return
        if digest != self._digest:
            told = f"the first {self.done} lines are not those that batch {self.name!r} has done"
            self._refuse(f"{told}; nothing was written")
        self._digest = ""

    def pass_by(self, last: int) -> None:
        """The lines up to `last` were looked at, and nothing more."""
        self._digest_at(last)

    def require_whole(self, last: int) -> None:
        """Raises Refused if the input ends before the lines that were done."""
        if last < self.done:
            told = f"batch {self.name!r} has done {self.done} lines; this input has only {last}"
            self._refuse(f"{told}; nothing was written")

    def save(self, ledger: Ledger, last: int, at: str) -> None:
        """The lines up to `last` are done; to be committed with them. Raises Refused if others did some."""
        found = ledger.batch(self.name)
        if (found[0] if found else 0) != self.done:
            self._refuse(f"another process is running batch {self.name!r}")
        if last > self.done:
            ledger.set_batch(self.name, last, self._digest_at(last), at)
            self.done = last

    def _digest_at(self, last: int) -> str:
        count = 0
        for number, data in self._ahead:
            if number > last:
                break
            self._hash.update((data or b"") + b"\n")
            count += 1
        del self._ahead[:count]
        return self._hash.hexdigest()

    def _refuse(self, message: str) -> None:
        raise Refused(
            message,
            code="other-batch",
            hint="what failed is not taken up again: feed the file of --failed, or give it another name",
        )
