"""dispcli sellers rate."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.reporting import reported
from dispcli.commands.targeting import need_ledger
from dispcli.commands.typed import read_text_argument
from dispcli.core.moments import instant
from dispcli.core.orders import Rating
from dispcli.errors import UsageProblem
from dispcli.render.sheets.sellers import SELLER_CHANGES
from dispcli.services.sellers import rate_seller


def rate(
    run: Run,
    seller: Annotated[str, typer.Argument(metavar="SELLER", help="Id (S3), store id, name or MARKET:NAME.")],
    showing: Showing,
    rating: Annotated[
        int | None, typer.Argument(metavar="[1-5]", min=1, max=5, help="From 1, bad, to 5.")
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How it was; - reads it from standard input.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")
    ] = False,
) -> None:
    """Say what you think of a seller.

    Everything that was said is kept; the newest rating counts. It stays in this ledger.
    """
    if rating is None and note is None:
        raise UsageProblem("nothing to say", hint="give a rating from 1 to 5, --note TEXT, or both")
    output = run.output(showing.format, showing.fields)
    output.expect(SELLER_CHANGES)
    need_ledger(run, seller)
    text = read_text_argument(run, note, "--note") if note is not None else None
    said = Rating(instant(run.now), run.actor, rating, text)
    with run.writing() as ledger:
        result = rate_seller(ledger, seller, said, partial=run.can_ask, dry_run=dry_run)
    output.list(SELLER_CHANGES, reported("seller", [result]))
