"""dispcli policy show."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.errors import NotFound
from dispcli.render.documents.policy import POLICY


def show(
    run: Run,
    showing: ShowingOne,
    marketplace: Annotated[str, typer.Argument(metavar="MARKETPLACE", help="Which one.")] = "aliexpress",
) -> None:
    """Show a policy.

    Every window has its source and the day it was last read; second_hand marks what only secondary pages
    say.
    """
    known = run.policies.known()
    if marketplace not in known:
        raise NotFound(f"no policy for {marketplace!r}", hint=f"there are: {', '.join(known)}")
    run.output(showing.format).one(POLICY, run.policies.policy_for(marketplace), "draw_policy")
