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
    sources: Annotated[
        bool, typer.Option("--sources", help="In a table, tell where every value is known from.")
    ] = False,
) -> None:
    """Show a policy.

    Every value has its source and the day it was last seen there; second_hand marks what only secondary
    pages or undated copies tell, origin what your own file says.
    """
    known = run.policies.known()
    if marketplace not in known:
        raise NotFound(f"there is no policy for {marketplace!r}", hint=f"there are: {', '.join(known)}")
    drawing = "policy_sources" if sources else "policy"
    output = run.output(showing.format)
    output.one(POLICY, run.policies.policy_for(marketplace), drawing)
    if output.is_table and not sources:
        run.voice.hint(f"where each value is known from: 'dispcli policy show {marketplace} --sources'")
