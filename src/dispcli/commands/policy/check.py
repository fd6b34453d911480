"""dispcli policy check."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.policy_values import PolicyChange, changes_of
from dispcli.render.output import Output, Page
from dispcli.render.sheets.policies import POLICY_CHANGES


def check(
    run: Run,
    showing: Showing,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Policy files. Default: those in your config folder."),
    ] = None,
) -> None:
    """Check your own policies, and tell what they change.

    A file is named after its marketplace and says only what differs from the shipped policy, else from the
    neutral one; 'dispcli help policies' shows how. Every mistake is told with its line; exit code 9.
    """
    output = output_of(run, showing)
    output.expect(POLICY_CHANGES)
    paths = [Path(file) for file in files] if files else run.policies.files()
    if not paths:
        _show(output, ())
        run.voice.note(f"You have no policy files in {run.policies_folder}; what is shipped holds.")
        return
    from dispcli.policies.own import own_policies

    found = own_policies(paths, run.policies.neutral)
    _show(
        output,
        [
            change
            for policy in found
            for change in changes_of(policy, run.policies.without_own(policy.marketplace))
        ],
    )
    if output.is_table:
        run.voice.note(_judged(len(found)))


def _show(output: Output, changes: Sequence[PolicyChange]) -> None:
    """The changes; for a person, no empty table."""
    if changes or not output.is_table:
        output.list(POLICY_CHANGES, Page(changes))


def _judged(files: int) -> str:
    return (
        "1 policy file checked; no mistakes" if files == 1 else f"{files} policy files checked; no mistakes"
    )
