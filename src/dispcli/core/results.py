"""What a command reports about each dispute it changed or would change."""

from collections.abc import Callable

from dispcli.core.checks import Finding
from dispcli.core.machine import Refusal
from dispcli.core.money import Money
from dispcli.namedtuples import NamedTuple


class Result(NamedTuple):
    """One target of a change.

    `status` is changed, unchanged, planned (a dry run, or before the question), refused by the rules, invalid
    (what was asked can't be meant), error (nothing, or several things, go by the name) or not_applied (right
    by itself, but all or nothing is done). `problem` says why for the last four. `due` is the date that
    `message` tells, where it tells one.
    """

    dispute: str
    marketplace: str
    order: str
    title: str
    actions: tuple[str, ...]
    from_state: str | None
    to_state: str | None
    status: str
    message: str
    reason: str | None = None
    outcome: str | None = None
    amount: Money | None = None
    findings: tuple[Finding, ...] = ()
    accepted: tuple[str, ...] = ()
    seller_message: str | None = None
    page: str | None = None
    problem: Refusal | None = None
    due: str | None = None

    @property
    def changed(self) -> bool:
        """Whether something was written."""
        return self.status == "changed"

    def told(self, when: Callable[[str], str]) -> str:
        """The message for a person, with the date in it as `when` tells it."""
        return self.message.replace(self.due, when(self.due)) if self.due else self.message

    @property
    def failed(self) -> bool:
        """Whether it could not be done."""
        return self.status in FAILURES


FAILURES = ("refused", "invalid", "error")
