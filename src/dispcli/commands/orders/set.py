"""dispcli orders set."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, From, OrderWords, WhereTargets
from dispcli.commands.options.writing import DryRun
from dispcli.commands.orders.days import require_in_order, warn_of_doubts
from dispcli.commands.orders.parcels import Promised, Tracking, read_tracking
from dispcli.commands.targeting import targets_of
from dispcli.core.facts import NOTHING
from dispcli.core.moments import instant
from dispcli.core.orders import OrderStatus
from dispcli.errors import PARTLY_DONE, UsageProblem
from dispcli.render.output import Page
from dispcli.render.sheets.orders import ORDER_CHANGES
from dispcli.services.orders import set_orders


def set_facts(
    run: Run,
    showing: Showing,
    orders: OrderWords = None,
    source: From = None,
    where: WhereTargets = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="placed, paid, shipped ...")] = None,
    shipped: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was sent.")] = None,
    delivered: Annotated[str | None, typer.Option(metavar="WHEN", help="When it arrived.")] = None,
    protection_ends: Annotated[
        str | None, typer.Option(metavar="WHEN", help="When buyer protection ends, as the site shows it.")
    ] = None,
    promised: Promised = None,
    tracking: Tracking = None,
    dry_run: DryRun = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Set what can be set; else all of them or none.")
    ] = False,
) -> int:
    """Set what is known about an order.

    The word none takes a day or the tracking numbers away again, as in --tracking none; a file that tells
    them brings them back.
    """
    words = {
        "status": status,
        "shipped": shipped,
        "delivered": delivered,
        "protection_ends": protection_ends,
        "promised": promised,
        "tracking": tracking,
    }
    facts = {name: _read(run, name, word) for name, word in words.items() if word is not None}
    require_in_order(facts)
    if not facts:
        raise UsageProblem(
            "nothing to set",
            hint="give --status, --shipped, --promised, --delivered, --protection-ends or --tracking",
        )
    output = run.output(showing.format, showing.fields)
    output.expect(ORDER_CHANGES)
    targets = targets_of(run, orders, Choosing(None, False, source, where), disputes=False)
    if not targets.found:
        run.voice.note("Nothing matches; nothing to do.")
        return 0
    with run.writing() as ledger:
        results = set_orders(ledger, targets, facts, instant(run.now), dry_run=dry_run, keep_going=keep_going)
    output.list(ORDER_CHANGES, Page(results))
    warn_of_doubts(run, results)
    failed = [result for result in results if result.failed]
    for result in failed:
        run.voice.warn(result.message or "")
    return PARTLY_DONE if failed else 0


def _read(run: Run, name: str, word: str) -> str | None:
    """A fact as it was typed; None takes it away. Raises UsageProblem."""
    option = f"--{name.replace('_', '-')}"
    if name == "status":
        return OrderStatus(one_of(word, tuple(OrderStatus), option))
    if word == NOTHING:
        return None
    if name == "tracking":
        return read_tracking(word)
    return (run.past if name in _PAST else run.moment)(word, option)


_PAST = ("shipped", "delivered")
