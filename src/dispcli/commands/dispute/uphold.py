"""dispcli dispute uphold."""

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.services.moves import uphold_job


def uphold(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
) -> int:
    """Say that the record is right where an import contradicts it; it leaves 'dispcli ledger conflicts'.

    If the site is right, record it anew: 'dispcli dispute open ORDER --replaces D12'.
    """
    output = changes_output(run, showing)
    job = uphold_job(said(run, telling, writing))
    settled = change(run, orders, choosing, writing, job, "uphold")
    return report(run, output, settled.results)
