"""An archive among what is imported: it is a whole ledger, so it comes alone, into an empty one."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.imports.files import Inputs
from dispcli.commands.reading import Reading
from dispcli.core.order_results import FileResult
from dispcli.errors import BadInput, UsageProblem

if TYPE_CHECKING:
    from dispcli.services.archive_reading import Opened

_ZIP = b"PK\x03\x04"


def the_archive(inputs: Inputs, names: Sequence[str]) -> str | None:
    """The input that is an archive, None where none is. Raises UsageProblem for one among others."""
    found = next((name for name in names if _is_archive(inputs, name)), None)
    if found is not None and len(names) > 1:
        raise UsageProblem(
            f"{found} is an archive of a whole ledger; it can't be imported together with other files",
            hint=f"import it alone into a new ledger: dispcli import {found}",
        )
    return found


def _is_archive(inputs: Inputs, name: str) -> bool:
    """Told by the content. What can't be read at all is told by whoever reads it."""
    if name != STANDARD_INPUT and (Path(name).is_dir() or not os.access(name, os.R_OK)):
        return False
    with inputs.stream(name) as (_, stream):
        try:
            begins = stream.read(len(_ZIP))
        except BadInput:
            return False
        stream.seek(0)
        if begins != _ZIP:
            return False
        from dispcli.services.archive_reading import is_archive

        return is_archive(stream)


def restore_ledger(run: Run, inputs: Inputs, name: str, *, dry_run: bool) -> FileResult:
    """Make the ledger that the archive holds; in a dry run one that is thrown away.

    Raises Refused where there is a ledger that is not empty, BadInput for an archive that is not sound.
    """
    from dispcli.services.archive_file import FORMAT
    from dispcli.services.archive_reading import open_archive
    from dispcli.services.archiving import restore

    with inputs.stream(name) as (label, stream):
        opened = open_archive(label, stream)
        with run.archive_rehearsal() if dry_run else run.archive(restoring=True) as ledger:
            with Reading(run, run.output(), label, _size(opened)) as told:
                manifest, missing = restore(ledger, opened, told)
            with ledger.reading():
                counts = ledger.counts()
    if missing:
        are = "is" if missing == 1 else "are"
        run.voice.warn(f"{missing} of the files kept as evidence {are} not in the archive")
    return FileResult(
        file=name,
        format=FORMAT,
        rows=sum(member.rows for member in manifest.members),
        orders_new=counts["orders"],
        orders_changed=0,
        orders_same=0,
        disputes_new=counts["disputes"],
        dry_run=dry_run,
    )


def _size(opened: "Opened") -> int:
    """How many bytes there are to write, rows and files."""
    manifest = opened.manifest
    return sum(member.bytes for member in manifest.members) + sum(file.bytes for file in manifest.files)
