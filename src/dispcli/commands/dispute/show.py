"""dispcli dispute show."""

from dispcli.commands.context import Run
from dispcli.commands.options import Narrowing, OneOrder, ShowingOne
from dispcli.commands.targeting import find_disputes, need_ledger
from dispcli.render.documents import DISPUTE
from dispcli.services.views import dispute_view, load_case


def show(run: Run, order: OneOrder, narrowing: Narrowing, showing: ShowingOne) -> None:
    """Show a dispute.

    Claim, amounts, answers, messages, settlements, dates, checks, history, and what may be done now.
    """
    need_ledger(run, order)
    with run.reading() as ledger:
        case = load_case(ledger, find_disputes(run, ledger, [order], narrowing)[0])
    run.output(showing.format).one(DISPUTE, dispute_view(case, run.now), "draw_dispute")
