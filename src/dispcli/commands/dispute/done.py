"""dispcli dispute done."""

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.services.moves import done_job


def done(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
) -> int:
    """Say that the site shows the cancel; it leaves the list of 'dispute list --unseen'."""
    output = changes_output(run, showing)
    job = done_job(said(run, telling, writing))
    marked = change(run, orders, choosing, writing, job, "done")
    return report(run, output, marked.results)
