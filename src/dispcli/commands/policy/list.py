"""dispcli policy list."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.policy_values import summary_of
from dispcli.policies import SHIPPED
from dispcli.render.output import Page
from dispcli.render.sheets.policies import POLICIES


def list_policies(run: Run, showing: Showing) -> None:
    """List policies.

    The neutral one holds for every marketplace that has none of its own.
    """
    shipped = SHIPPED.known()
    policies = run.policies.all()
    rows = [summary_of(policy, shipped=policy.marketplace in shipped) for policy in policies]
    output_of(run, showing).list(POLICIES, Page(rows))
