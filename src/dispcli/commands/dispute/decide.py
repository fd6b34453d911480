"""dispcli dispute decide."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.states import State
from dispcli.services.moves import decide_job

_RULINGS = {"agreed": State.AGREED, "rejected": State.RESOLVED}


def decide(
    run: Run,
    order: OneOrder,
    ruling: Annotated[str, typer.Argument(metavar="RULING", help="agreed or rejected.")],
    narrowing: Narrowing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
) -> None:
    """Record a ruling.

    agreed: a solution stands; note the refund with 'dispute settlement'. rejected: final.
    """
    output = changes_output(run, showing)
    state = _RULINGS[one_of(ruling, tuple(_RULINGS), "RULING")]
    job = decide_job(state, said(run, telling, writing))
    _, results = change(run, [order], narrowing, writing, job, "decide")
    output.changes(results)
