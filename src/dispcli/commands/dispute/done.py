"""dispcli dispute done."""

from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.services.moves import done_job


def done(
    run: Run, orders: OrderWords, narrowing: Narrowing, telling: Telling, writing: Writing, showing: Showing
) -> None:
    """Say that the site shows the cancel; it leaves the list of 'dispute list --unseen'."""
    output = changes_output(run, showing)
    job = done_job(said(run, telling, writing))
    _, results = change(run, orders, narrowing, writing, job, "done")
    output.changes(results)
