"""What the options tell about a step, apart from the step itself."""

from dispcli.commands.context import Run
from dispcli.commands.options.writing import Telling, Writing
from dispcli.core.facts import Due
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import Said


def happened(run: Run, telling: Telling) -> str | None:
    """When it happened, if that was told. Raises UsageProblem for what is still to come."""
    at = run.moment(telling.at, "--at")
    if at is not None and at > run.now.strftime("%Y-%m-%dT%H:%M:%SZ"):
        raise UsageProblem(f"--at: {telling.at!r} has not happened yet")
    return at


def said(
    run: Run, telling: Telling, writing: Writing, due: str | None = None, by: Party | None = None
) -> Said:
    """What the options tell about a step: a text, when it happened, by when `by` must act now."""
    deadline = run.moment(due, "--due")
    return Said(
        note=telling.note,
        happened_at=happened(run, telling),
        operation_id=writing.operation_id,
        due=Due(by, deadline) if by and deadline else None,
    )
