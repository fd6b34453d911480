"""dispcli dispute evidence export."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.dispute.evidence.options import Force
from dispcli.commands.drafts import source, template_of, warn_if_empty
from dispcli.commands.export.destination import Destination, require_zip_name
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.reading import Reading
from dispcli.errors import PARTLY_DONE
from dispcli.render.columns import csv_text
from dispcli.render.inert import visible_lines
from dispcli.render.sheets.exports import MESSAGES
from dispcli.render.sheets.history import EVENTS
from dispcli.services.case_export import pack, packed_name, sorted_out
from dispcli.services.conversations import conversation
from dispcli.services.drafts.filling import Matter, draft_of
from dispcli.services.drafts.shipped import SUMMARY


def export(
    run: Run,
    order: OneOrder,
    file: Annotated[str, typer.Argument(metavar="FILE.zip", help="The ZIP; - for standard output.")],
    narrowing: Narrowing,
    force: Force = False,
) -> int:
    """Pack a case.

    summary.txt, which is what 'dispute draft ORDER summary' says, by your own drafts/summary.txt where you
    have one; timeline.csv and messages.csv, as 'dispute history' and 'dispute messages' write them; every
    file of the evidence; and SHA256SUMS, with which 'sha256sum -c SHA256SUMS' proves that nothing was changed
    since. Your own notes, the risks you accepted, and what you gave a customer are among it: read it before
    you send it to anybody. Exit code 7 where files are missing.
    """
    require_zip_name(file)
    found = source(run, SUMMARY)
    template = template_of(run, found)
    with Destination(run, file, force=force, binary=True) as destination:
        case = case_of(run, order, narrowing)
        with Reading(run, run.output(), "verifying") as told:
            files = sorted_out(case, run.evidence, told)
        packed = {piece.seq: packed_name(piece) for piece in files.sound}
        matter = Matter(case.order, case.line, case)
        draft = draft_of(found.kind, found.origin, template, matter, run.policies, run.now, packed)
        texts = {
            f"{SUMMARY}.txt": visible_lines(draft.text),
            "timeline.csv": csv_text(EVENTS, case.history),
            "messages.csv": csv_text(MESSAGES, conversation(case)),
        }
        members = pack(destination.stream, case, texts, files.sound, run.evidence)
        destination.finish()
    place = "standard output" if file == "-" else file
    run.voice.note(f"{case.dispute.name}: {members} files written to {place}")
    warn_if_empty(run, draft)
    for piece, problem in files.lost:
        run.voice.warn(f"{piece.file.name} is {problem}, and not among them")
    return PARTLY_DONE if files.lost else 0
