"""dispcli import, and the same as dispcli orders import."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.imports.files import Inputs, expand
from dispcli.commands.imports.options import Importing
from dispcli.commands.imports.restoring import restore_ledger, the_archive
from dispcli.commands.imports.running import Import
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.options.showing import Showing
from dispcli.commands.progress import Progress
from dispcli.errors import INTERRUPTED, PARTLY_DONE, UsageProblem
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.source import Asked
from dispcli.render.output import Page
from dispcli.render.sheets.orders import IMPORTS


def import_files(
    run: Run,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files, folders, patterns; - for standard input.")
    ],
    showing: Showing,
    importing: Importing,
) -> int:
    """Import orders, disputes and refunds, or an archive.

    A file is known by its content; 'dispcli help formats' lists what is known, tells what --currency, --order
    and --date-order are for, and how a file for --map is written. The same file twice changes nothing; an
    older file changes nothing that is known better. One wrong row, and nothing is written. An archive
    made by 'dispcli export --all' becomes the ledger, where that is empty.
    """
    output = run.output(showing.format, showing.fields, raw=showing.raw)
    output.expect(IMPORTS)
    importing.require_sense()
    mapping = _mapping(importing)
    paths = expand(files)
    if importing.order is not None and len(paths) > 1:
        raise UsageProblem("--order says which order one file is about; import the others without it")
    with ExitStack() as stack:
        inputs = stack.enter_context(Inputs(run))
        if importing.format is None and mapping is None and (archive := the_archive(inputs, paths)):
            restored = restore_ledger(run, inputs, archive, dry_run=importing.dry_run)
            output.list(IMPORTS, Page((restored,)))
            _tell_dry_run(run, importing)
            return 0
        doing = Import(
            run=run,
            stack=stack,
            inputs=inputs,
            interruptible=stack.enter_context(Interruptible()),
            progress=stack.enter_context(Progress(run, output, files[0], of="bytes")),
            asked=Asked(importing.currency, importing.order, importing.date_order),
            format=importing.format,
            mapping=mapping,
            keep_going=importing.keep_going,
            dry_run=importing.dry_run,
            alone=len(paths) == 1,
        )
        doing.read(paths)
    output.list(IMPORTS, Page(doing.results))
    _tell_dry_run(run, importing)
    return _tell(run, doing)


def _tell_dry_run(run: Run, importing: Importing) -> None:
    if importing.dry_run:
        run.voice.note("Dry run: nothing was written.")


def _mapping(importing: Importing) -> TableMapping | None:
    """The user's own mapping. Raises BadInput for one that is wrong, UsageProblem beside --format."""
    if importing.map is None:
        return None
    if importing.format is not None:
        raise UsageProblem("--map and --format: a mapping is a format of its own; name one of both")
    from dispcli.formats.mapped.reading import read_mapping

    return read_mapping(Path(importing.map))


def _tell(run: Run, doing: Import) -> int:
    for counting in doing.counted:
        for remark in counting.remarks:
            run.voice.warn(remark)
    for summary in doing.results:
        for word in summary.unknown_words:
            run.voice.warn(f"{summary.file}: nobody knows the status {word!r}; it is kept as it is")
    if doing.wrong and not any(summary.rows for summary in doing.results):
        raise doing.refusal("nothing was written")
    if doing.wrong:
        refusal = doing.refusal(
            "what is right would be stored" if doing.dry_run else "what was right is stored"
        )
        run.voice.warn(refusal.message)
        for detail in refusal.details:
            run.voice.detail(detail)
    if doing.interruptible.asked:
        left = "nothing was written" if doing.dry_run else "what is told here is stored"
        run.voice.note(f"interrupted; {left}")
        return INTERRUPTED
    return PARTLY_DONE if doing.wrong else 0
