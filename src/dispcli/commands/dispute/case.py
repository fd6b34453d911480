"""The one dispute a command shows."""

from dispcli.commands.context import Run
from dispcli.commands.options.targets import Narrowing
from dispcli.commands.targeting import one_target
from dispcli.core.disputes import Case
from dispcli.services.views import load_case


def case_of(run: Run, order: str, narrowing: Narrowing) -> Case:
    """The one dispute that is to be shown. Raises NotFound or Ambiguous."""
    target = one_target(run, order, narrowing)
    with run.reading() as ledger:
        return load_case(ledger, target)
