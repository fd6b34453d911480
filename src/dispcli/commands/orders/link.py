"""dispcli orders link."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.writing import DryRun
from dispcli.commands.reporting import reported
from dispcli.commands.targeting import need_ledger
from dispcli.core.moments import instant
from dispcli.errors import UsageProblem
from dispcli.render.sheets.orders import ORDER_CHANGES
from dispcli.services.orders import link_order
from dispcli.services.targets import Target


def link(
    run: Run,
    payment: Annotated[
        str, typer.Argument(metavar="PAYMENT", help="The payment service's order: paypal:NUMBER.")
    ],
    showing: Showing,
    purchase: Annotated[
        str | None, typer.Argument(metavar="[PURCHASE]", help="The order it paid for: MARKET:NUMBER.")
    ] = None,
    unlink: Annotated[bool, typer.Option("--unlink", help="Take the link of PAYMENT away.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Join a payment service's order to the purchase it paid for.

    Then a refund of the payment counts for a dispute about the purchase, and before a cancel you are warned
    of a dispute that is open at the other place.
    """
    if unlink is (purchase is not None):
        raise UsageProblem("name PAYMENT and PURCHASE, or PAYMENT alone with --unlink")
    output = run.output(showing.format, showing.fields)
    output.expect(ORDER_CHANGES)
    need_ledger(run, payment)
    target = Target(purchase) if purchase is not None else None
    with run.writing() as ledger:
        result = link_order(ledger, Target(payment), target, instant(run.now), dry_run=dry_run)
    output.list(ORDER_CHANGES, reported("order", [result]))
