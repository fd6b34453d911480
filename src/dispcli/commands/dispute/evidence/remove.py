"""dispcli dispute evidence remove."""

from types import MappingProxyType
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.dispute.evidence.options import ManyFiles, said_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.options.writing import DryRun, OperationId, Telling
from dispcli.commands.reporting import reported
from dispcli.commands.targeting import one_target
from dispcli.core.evidence_views import EvidenceChange
from dispcli.errors import ConfirmationNeeded, Declined
from dispcli.render.sheets.evidence import EVIDENCE_CHANGES
from dispcli.services.evidence_removal import Removal, files_of, plan_removal
from dispcli.services.evidence_removal import remove as let_go
from dispcli.services.operations import Plan


def remove(
    run: Run,
    order: OneOrder,
    files: ManyFiles,
    narrowing: Narrowing,
    telling: Telling,
    showing: Showing,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    operation_id: OperationId = None,
) -> None:
    """Remove files.

    The history keeps that there was such a file, and that it was removed. The copy itself is deleted for
    good, unless another dispute has it too: whatever name it has in this one, it goes under each of them.
    """
    output = output_of(run, showing)
    output.expect(EVIDENCE_CHANGES)
    target = one_target(run, order, narrowing)
    removal = Removal(
        target._replace(partial=target.partial and not yes and not dry_run),
        tuple(files),
        said_of(run, telling, operation_id),
    )
    stamp = run.stamp("dispute evidence remove", operation_id)
    with run.writing() as ledger:
        planned = plan_removal(ledger, removal, stamp)
        intended = files_of(planned, removal, "planned")
        if not dry_run:
            agreed = _approved(run, planned, intended, yes=yes)
            intended = let_go(ledger, run.evidence, removal, stamp, agreed)
    output.list(EVIDENCE_CHANGES, reported("evidence file", intended, _BECAME))


_BECAME = MappingProxyType({"changed": "removed", "unchanged": "removed before"})


def _approved(run: Run, planned: Plan, intended: tuple[EvidenceChange, ...], *, yes: bool) -> Plan | None:
    """What somebody agreed to; None where nobody has to. Raises ConfirmationNeeded or Declined."""
    gone = [change for change in intended if change.status == "planned"]
    if yes or not gone:
        return None
    if not run.can_ask:
        raise ConfirmationNeeded(
            "evidence remove: the file can't be had back, and nobody can be asked; nothing was written",
            hint="add --yes to do it without a question",
        )
    from dispcli.commands.asking import ask

    for change in gone:
        run.voice.note(f"{change.dispute}  {change.seq}  {change.file.name}  {change.file.size:,} bytes")
    many = len(gone) > 1
    wanted = (str(len(gone)),) if many else ("y", "yes")
    doing = f"To remove all of them, type {len(gone)}: " if many else "Remove it? [y/N] "
    if ask(run, f"This can't be undone. {doing}").lower() not in wanted:
        raise Declined("declined; nothing was written")
    return planned
