"""dispcli dispute evidence verify."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of, show_nothing
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing
from dispcli.commands.reading import Reading
from dispcli.commands.targeting import one_target
from dispcli.core.evidence_views import Trouble
from dispcli.errors import ConfirmationNeeded, Declined, LedgerTrouble, UsageProblem
from dispcli.render.output import Page
from dispcli.render.sheets.evidence import EVIDENCE_TROUBLES
from dispcli.services import evidence_check


def verify(
    run: Run,
    narrowing: Narrowing,
    showing: Showing,
    order: Annotated[
        str | None, typer.Argument(metavar="[ORDER]", help="Only the files of this dispute.")
    ] = None,
    clean: Annotated[
        bool, typer.Option("--clean", help="Delete the files that no evidence names, once asked.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask before --clean.")] = False,
) -> None:
    """Verify the files.

    Every byte is read and compared with the SHA-256 it was kept under. Exit code 8 when a file is missing or
    altered. Files that no evidence names are told, and no trouble: an interrupted command may have left them;
    or the ledger is older than they are, then don't delete them.
    """
    output = output_of(run, showing)
    output.expect(EVIDENCE_TROUBLES)
    if clean and order is not None:
        raise UsageProblem("--clean is about the whole store; it doesn't go with an ORDER")
    if order is None and run.ledger_is_missing:
        show_nothing(run, output, EVIDENCE_TROUBLES)
        return
    target = one_target(run, order, narrowing) if order is not None else None
    with run.reading() as ledger:
        scope = evidence_check.scope_of(ledger, target)
        with Reading(run, output, "verifying", scope.size) as told:
            troubles = evidence_check.verify(ledger, run.evidence, scope, told)
    output.list(EVIDENCE_TROUBLES, Page(troubles))
    if clean:
        _clean(run, troubles, yes=yes)
    _judge(run, troubles, len({piece.file.sha256 for piece in scope.pieces}), cleaned=clean)


def _clean(run: Run, troubles: Sequence[Trouble], *, yes: bool) -> None:
    """Delete what nobody names, after a question. Raises ConfirmationNeeded or Declined."""
    unknown = [trouble for trouble in troubles if trouble.problem == "unknown"]
    if not unknown:
        return
    if not yes:
        if not run.can_ask:
            raise ConfirmationNeeded(
                "--clean deletes files for good, and nobody can be asked; nothing was deleted",
                hint="add --yes to do it without a question",
            )
        from dispcli.commands.asking import ask

        question = f"This can't be undone. To delete the unknown files, type {len(unknown)}: "
        if ask(run, question) != str(len(unknown)):
            raise Declined("declined; nothing was deleted")
    with run.writing() as ledger:
        done = evidence_check.clean(ledger, run.evidence, {trouble.path for trouble in unknown})
    run.voice.note(f"{_files(done)} deleted")


def _judge(run: Run, troubles: Sequence[Trouble], count: int, *, cleaned: bool) -> None:
    """The last word. Raises LedgerTrouble where evidence is lost."""
    lost = sum(trouble.is_loss for trouble in troubles)
    if lost:
        raise LedgerTrouble(
            f"{_files(lost)} of the evidence {'is' if lost == 1 else 'are'} missing or altered",
            hint="if you still have the file, add it again: dispcli dispute evidence add ORDER FILE",
            code="evidence-lost",
        )
    unknown = sum(trouble.problem == "unknown" for trouble in troubles)
    if unknown and not cleaned:
        run.voice.warn(f"no evidence names {_files(unknown)} in the store")
        run.voice.hint("to delete what was left over: dispcli dispute evidence verify --clean")
    run.voice.note(f"{_files(count)} verified; all is well")


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
