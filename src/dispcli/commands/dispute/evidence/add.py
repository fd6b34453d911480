"""dispcli dispute evidence add."""

from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.dispute.evidence.options import said_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.options.writing import DryRun, OperationId, Telling
from dispcli.commands.reading import Reading
from dispcli.commands.reporting import reported
from dispcli.commands.targeting import one_target
from dispcli.render.sheets.evidence import EVIDENCE_CHANGES
from dispcli.services.evidence import NewEvidence, keep, rehearse


def add(
    run: Run,
    order: OneOrder,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="The files, all kept or none.")],
    narrowing: Narrowing,
    telling: Telling,
    showing: Showing,
    dry_run: DryRun = False,
    operation_id: OperationId = None,
) -> None:
    """Keep files.

    Copies of them go into the folder beside the ledger, under the SHA-256 of their content and readable by
    you alone; your own files stay as they are. The type is told by the content. Links, folders and devices
    are refused. What the marketplace would not take, what is cut off, and what is of no known kind is kept
    with a warning.
    """
    output = output_of(run, showing)
    output.expect(EVIDENCE_CHANGES)
    target = one_target(run, order, narrowing)._replace(partial=False)
    asked = NewEvidence(target, tuple(map(Path, files)), said_of(run, telling, operation_id))
    stamp = run.stamp("dispute evidence add", operation_id)
    with run.writing() as ledger:
        if dry_run:
            kept = rehearse(ledger, run.evidence, asked, stamp, run.policies)
        else:
            with Reading(run, output, "copying", _size(asked.paths)) as told:
                kept = keep(ledger, run.evidence, asked, stamp, run.policies, told)
    output.list(EVIDENCE_CHANGES, reported("evidence file", kept.changes, _BECAME))
    for sentence in kept.advice:
        run.voice.warn(sentence)


_BECAME = MappingProxyType({"changed": "added", "unchanged": "there already"})


def _size(paths: tuple[Path, ...]) -> int:
    """How many bytes there are to copy, as far as it can be seen before."""
    found = 0
    for path in paths:
        try:
            found += path.lstat().st_size
        except OSError:
            continue
    return found
