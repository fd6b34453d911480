"""dispcli dispute show."""

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.render.documents.dispute import DISPUTE
from dispcli.services.views import dispute_view, lost_files


def show(run: Run, order: OneOrder, narrowing: Narrowing, showing: ShowingOne) -> None:
    """Show a dispute.

    Claim, amounts, answers, messages, settlements, dates, checks, history, and what may be done now.
    """
    case = case_of(run, order, narrowing)
    view = dispute_view(case, run.policies, run.now)
    if case.evidence:
        view = view._replace(lost=lost_files(case, run.evidence))
    run.output(showing.format).one(DISPUTE, view, "dispute")
