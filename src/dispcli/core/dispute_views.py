"""What is shown of one dispute."""

from typing import NamedTuple

from dispcli.core.checks import Finding
from dispcli.core.deadlines import Deadline
from dispcli.core.disputes import Case


class NextStep(NamedTuple):
    """Something that may be done now, as a command ready to copy.

    `remark` says whose doing it records, where it is not yours, and whether it is final.
    """

    action: str
    command: str
    remark: str = ""


class DisputeView(NamedTuple):
    """Everything `dispute show` shows."""

    case: Case
    deadline: Deadline | None
    findings: tuple[Finding, ...]
    next_steps: tuple[NextStep, ...]
    page: str | None
