"""What a command reports about each dispute it changed or would change."""

from typing import NamedTuple

from dispcli.core.checks import Finding
from dispcli.core.money import Money


class Result(NamedTuple):
    """One target of a change. `status` is changed, unchanged or planned (a dry run)."""

    dispute: str
    marketplace: str
    order: str
    title: str
    actions: tuple[str, ...]
    from_state: str | None
    to_state: str
    status: str
    message: str
    reason: str | None = None
    outcome: str | None = None
    amount: Money | None = None
    findings: tuple[Finding, ...] = ()
    accepted: tuple[str, ...] = ()
    seller_message: str | None = None
    page: str | None = None

    @property
    def changed(self) -> bool:
        """Whether something was written."""
        return self.status == "changed"
