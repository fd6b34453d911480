"""dispcli dispute evidence export."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.dispute.evidence.options import Force
from dispcli.commands.export.destination import Destination, require_zip_name
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.reading import Reading
from dispcli.errors import PARTLY_DONE
from dispcli.render.case_texts import case_texts
from dispcli.services.case_export import pack, packed_name, sorted_out
from dispcli.services.views import dispute_view


def export(
    run: Run,
    order: OneOrder,
    file: Annotated[str, typer.Argument(metavar="FILE.zip", help="The ZIP; - for standard output.")],
    narrowing: Narrowing,
    force: Force = False,
) -> int:
    """Pack a case.

    A summary, the timeline and the messages as plain text, every file of the evidence, and SHA256SUMS, with
    which 'sha256sum -c SHA256SUMS' proves that nothing was changed since. Your own notes, and
    what you gave a customer, are in the timeline: read it before you send it to anybody. Exit code 7 where
    files are missing.
    """
    require_zip_name(file)
    with Destination(run, file, force=force, binary=True) as destination:
        case = case_of(run, order, narrowing)
        with Reading(run, run.output(), "verifying") as told:
            files = sorted_out(case, run.evidence, told)
        packed = {packed_name(piece): piece for piece in files.sound}
        texts = case_texts(dispute_view(case, run.policies, run.now), packed, files.lost)
        members = pack(destination.stream, case, texts, files.sound, run.evidence)
        destination.finish()
    place = "standard output" if file == "-" else file
    run.voice.note(f"{case.dispute.name}: {members} files written to {place}")
    for piece in files.lost:
        run.voice.warn(f"{piece.file.name} is missing or altered, and not among them")
    return PARTLY_DONE if files.lost else 0
