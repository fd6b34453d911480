"""dispcli dispute evidence list."""

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.render.output import Page
from dispcli.render.sheets.evidence import EVIDENCE
from dispcli.services.evidence import kept_of


def list_evidence(run: Run, order: OneOrder, narrowing: Narrowing, showing: Showing) -> None:
    """List the files.

    Whether each is there is looked up; 'dispute evidence verify' reads them. What was removed stands in
    'dispute history'.
    """
    output = output_of(run, showing)
    output.expect(EVIDENCE)
    case = case_of(run, order, narrowing)
    output.list(EVIDENCE, Page(kept_of(case, run.evidence)))
