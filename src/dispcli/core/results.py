"""What a command reports about each thing it changed or would change, and what a dispute looks like whole."""

from collections.abc import Mapping
from typing import NamedTuple

from dispcli.core.checks import Finding
from dispcli.core.deadlines import Deadline
from dispcli.core.disputes import Case
from dispcli.core.money import Money
from dispcli.core.orders import Order
from dispcli.core.summaries import DisputeSummary, OrderSummary, SellerSummary


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


class OrderResult(NamedTuple):
    """An order that was added, set or imported. `status` is new, changed, unchanged or planned."""

    marketplace: str
    order: str
    status: str
    changes: tuple[str, ...] = ()


class FileResult(NamedTuple):
    """What one imported file brought."""

    file: str
    format: str
    rows: int
    orders_new: int
    orders_changed: int
    orders_same: int
    unknown_words: tuple[str, ...] = ()
    dry_run: bool = False


class NextStep(NamedTuple):
    """Something that may be done now, as a command ready to copy."""

    action: str
    command: str


class DisputeView(NamedTuple):
    """Everything `dispute show` shows."""

    case: Case
    deadline: Deadline | None
    findings: tuple[Finding, ...]
    next_steps: tuple[NextStep, ...]
    page: str | None


class OrderView(NamedTuple):
    """Everything `orders show` shows."""

    order: Order
    disputes: tuple[DisputeSummary, ...]
    page: str | None


class Advice(NamedTuple):
    """What the checks say about cancelling, without cancelling."""

    case: Case
    reason: str | None
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """`no`: something blocks; `think`: there are warnings; `clear`: nothing speaks against it."""
        levels = {finding.level for finding in self.findings}
        return "no" if "block" in levels else "think" if "warn" in levels else "clear"


class SellerView(NamedTuple):
    """Everything `sellers show` shows."""

    seller: SellerSummary
    orders: tuple[OrderSummary, ...]
    disputes: tuple[DisputeSummary, ...]


class LedgerInfo(NamedTuple):
    """What `ledger info` shows. `size` is in bytes."""

    path: str
    exists: bool
    size: int
    version: int | None
    counts: Mapping[str, int]
