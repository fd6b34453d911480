"""The one dispute that a command shows."""

from dispcli.commands.context import Run
from dispcli.commands.options.targets import Narrowing
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.core.disputes import Case
from dispcli.services.targets import find_disputes
from dispcli.services.views import load_case


def case_of(run: Run, order: str, narrowing: Narrowing) -> Case:
    """The one dispute that is to be shown. Raises NotFound or Ambiguous."""
    need_ledger(run, order)
    with run.reading() as ledger:
        found = find_disputes(ledger, targets_of([order], narrowing, partial=run.can_ask))
        return load_case(ledger, found[0])
