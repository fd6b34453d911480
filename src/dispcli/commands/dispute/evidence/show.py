"""dispcli dispute evidence show."""

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.dispute.evidence.options import OneFile
from dispcli.commands.options.single import ShowingOne
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.render.documents.evidence import EVIDENCE_FILE
from dispcli.services.evidence import whole_file


def show(run: Run, order: OneOrder, file: OneFile, narrowing: Narrowing, showing: ShowingOne) -> None:
    """Show one file.

    Its type as its content tells it, its digest, where it is; of a photo its size and when the camera says
    that it was taken.
    """
    case = case_of(run, order, narrowing)
    view = whole_file(case, run.evidence, file)
    run.output(showing.format).one(EVIDENCE_FILE, view, "evidence_file")
