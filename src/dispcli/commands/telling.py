"""What the options tell about a step, apart from the step itself."""

from dispcli.commands.context import Run
from dispcli.commands.options.writing import Telling, Writing
from dispcli.core.facts import Due
from dispcli.core.states import Party
from dispcli.services.moves import Said


def said(
    run: Run, telling: Telling, writing: Writing, due: str | None = None, by: Party | None = None
) -> Said:
    """What the options tell about a step: a text, when it happened, by when `by` must act now."""
    deadline = run.moment(due, "--due")
    return Said(
        note=telling.note,
        happened_at=run.past(telling.at, "--at"),
        operation_id=writing.operation_id,
        due=Due(by, deadline) if by and deadline else None,
    )
