"""What the options tell about a step, apart from the step itself."""

from dispcli.commands.context import Run
from dispcli.commands.options import Telling, Writing
from dispcli.core.facts import Due
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import Said


def said(
    run: Run, telling: Telling, writing: Writing, due: str | None = None, by: Party | None = None
) -> Said:
    """What the options tell about a step: a text, when it happened, by when `by` must act now."""
    at = run.moment(telling.at, "--at")
    deadline = run.moment(due, "--due")
    if at is not None and at > run.now.strftime("%Y-%m-%dT%H:%M:%SZ"):
        raise UsageProblem(f"--at: {telling.at!r} has not happened yet")
    return Said(
        note=telling.note,
        happened_at=at,
        operation_id=writing.operation_id,
        due=Due(by, deadline) if by and deadline else None,
    )
