"""dispcli dispute decide."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.states import State
from dispcli.errors import UsageProblem
from dispcli.services.moves import decide_job

_RULINGS = {"agreed": State.AGREED, "rejected": State.RESOLVED}


def decide(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="ORDER... RULING", help="RULING: agreed or rejected."),
    ] = None,
) -> int:
    """Record a ruling.

    agreed: a solution stands; note the refund with 'dispute settlement'. rejected: final.
    """
    output = changes_output(run, showing)
    if not words:
        raise UsageProblem("RULING is missing", hint=f"one of: {', '.join(_RULINGS)}")
    *orders, ruling = words
    state = _RULINGS[one_of(ruling, tuple(_RULINGS), "RULING")]
    job = decide_job(state, said(run, telling, writing))
    done = change(run, orders, choosing, writing, job, "decide")
    return report(run, output, done.results)
