"""What was asked under an operation's id: enough to know it again, whatever its words mean by then."""

from collections.abc import Sequence
from typing import Self

from dispcli.namedtuples import NamedTuple


class Key(NamedTuple):
    """One operation: its id, its kind, what it said, and what was asked with it in all (SHA-256 both).

    The same id may stand for operations of several kinds and on several disputes. What is `asked` is all
    of it with the word that named the target; what is `said` leaves the word out.
    """

    operation_id: str
    kind: str
    asked: str
    said: str

    @classmethod
    def of(cls, operation_id: str, kind: str, target: Sequence[object], words: Sequence[object]) -> Self:
        """The key of words as they were said, before anything is filled in for what was left out."""
        said = _fingerprint([kind, *words])
        return cls(operation_id, kind, _fingerprint([operation_id, said, *target]), said)


def _fingerprint(words: Sequence[object]) -> str:
    # Few commands are given an id, and all would have to load this.
    import json
    from hashlib import sha256

    return sha256(json.dumps(words, default=str).encode()).hexdigest()
