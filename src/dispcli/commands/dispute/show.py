"""dispcli dispute show."""

from dispcli.commands.context import Run
from dispcli.commands.options import Narrowing, OneOrder, ShowingOne
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.render.documents.dispute import DISPUTE
from dispcli.services.targets import find_disputes
from dispcli.services.views import dispute_view, load_case


def show(run: Run, order: OneOrder, narrowing: Narrowing, showing: ShowingOne) -> None:
    """Show a dispute.

    Claim, amounts, answers, messages, settlements, dates, checks, history, and what may be done now.
    """
    need_ledger(run, order)
    with run.reading() as ledger:
        case = load_case(ledger, find_disputes(ledger, targets_of(run, [order], narrowing))[0])
    run.output(showing.format).one(DISPUTE, dispute_view(case, run.now), "draw_dispute")
