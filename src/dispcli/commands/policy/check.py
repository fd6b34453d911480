"""dispcli policy check."""

from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.policy_values import changes_of
from dispcli.policies import SHIPPED
from dispcli.render.output import Page
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
        run.voice.note(f"There are no policies of your own in {run.policies_folder}.")
        output.list(POLICY_CHANGES, Page(()))
        return
    from dispcli.policies.own import own_policies

    policies = own_policies(paths)
    changes = [
        change for policy in policies for change in changes_of(policy, SHIPPED.policy_for(policy.marketplace))
    ]
    output.list(POLICY_CHANGES, Page(changes))
