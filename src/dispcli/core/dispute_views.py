"""What is shown of one dispute."""

from collections.abc import Mapping
from types import MappingProxyType

from dispcli.core.checks import Finding
from dispcli.core.deadlines import Deadline
from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.facts import Evidence
from dispcli.namedtuples import NamedTuple


class NextStep(NamedTuple):
    """Something that may be done now, as a command ready to copy.

    `remark` says whose doing it records, where it is not yours, and whether it is final.
    """

    action: str
    command: str
    remark: str = ""


class DisputeView(NamedTuple):
    """Everything `dispute show` shows: the next deadline, and all that run, the soonest first."""

    case: Case
    deadline: Deadline | None
    deadlines: tuple[Deadline, ...]
    findings: tuple[Finding, ...]
    next_steps: tuple[NextStep, ...]
    page: str | None
    lost: Mapping[str, str] = MappingProxyType({})

    @property
    def evidence(self) -> tuple[tuple[Event, Evidence, str | None], ...]:
        """The files kept, and what is wrong with each: `lost` has it by the digest."""
        return tuple((event, file, self.lost.get(file.sha256)) for event, file in self.case.evidence)
