"""What was asked for under an operation's id, in a run before or just now: a repeat is known by it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dispcli.core.recording import Recording
from dispcli.ledger.ledger import Ledger

if TYPE_CHECKING:
    from dispcli.core.idempotency import Key


class Asked:
    """What the ledger remembers of operations, and what is to be remembered with what is written next."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.begin()

    def begin(self) -> None:
        """Nothing is known of what others may have asked since, and nothing is to be remembered."""
        self._found: dict[str, int | None] = {}
        self._new: dict[str, int] = {}
        self._keys: dict[tuple[str, str, int], Key] = {}
        self._actions: dict[tuple[str, int], set[str]] = {}

    def load(self, keys: "Iterable[Key]") -> None:
        """Find out at once whether these were asked before."""
        new = {key.asked for key in keys if key.asked not in self._found}
        if new:
            self._found.update(dict.fromkeys(new))
            self._found.update(self._ledger.asked(new))

    def before(self, key: "Key") -> int | None:
        """The dispute about which just this was asked."""
        self.load([key])
        return self._new.get(key.asked, self._found[key.asked])

    def said(self, key: "Key", dispute_id: int) -> str | None:
        """What an operation of this id and kind said about a dispute, in whatever words it was named."""
        new = self._keys.get((key.operation_id, key.kind, dispute_id))
        return new.said if new else self._ledger.said(key.operation_id, key.kind, dispute_id)

    def recorded(self, operation_id: str, dispute_id: int) -> set[str]:
        """The actions in a dispute's history that stand under an operation's id."""
        new = self._actions.get((operation_id, dispute_id), set())
        return new | self._ledger.recorded_under(operation_id, dispute_id)

    def remember(self, dispute_id: int, key: "Key") -> None:
        """From now on this was asked about the dispute."""
        self._new[key.asked] = dispute_id
        self._keys[key.operation_id, key.kind, dispute_id] = key

    def note(self, recording: Recording) -> None:
        """From now on these actions stand under the operation's id, where it has one."""
        if (operation_id := recording.stamp.operation_id) is not None:
            actions = {str(change.intent.action) for change in recording.changes}
            self._actions.setdefault((operation_id, recording.dispute_id), set()).update(actions)

    def set_aside(self) -> None:
        """Free what can be found again."""
        self._found = {}

    def write(self, at: str) -> None:
        """Write what is to be remembered, and begin anew."""
        if self._keys:
            self._ledger.add_keys(((name[2], key) for name, key in self._keys.items()), at)
        self.begin()
