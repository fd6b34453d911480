"""dispcli orders add."""

from types import MappingProxyType
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.writing import DryRun
from dispcli.commands.orders.days import require_in_order
from dispcli.commands.orders.describing import Describing
from dispcli.commands.orders.parcels import read_tracking
from dispcli.commands.reporting import reported
from dispcli.commands.targeting import need_ledger
from dispcli.commands.typed import read_name
from dispcli.core.moments import instant
from dispcli.core.money import Money, parse_amount
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.order_numbers import require_order_number
from dispcli.core.order_results import OrderResult
from dispcli.core.orders import OrderStatus
from dispcli.errors import UsageProblem
from dispcli.render.sheets.orders import ORDER_CHANGES
from dispcli.services.names import dispute_number
from dispcli.services.orders import add_order
from dispcli.services.targets import Target


def add(
    run: Run,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="The order's number, as the site shows it.")
    ],
    showing: Showing,
    describing: Describing,
    pays_for: Annotated[
        str | None, typer.Option(metavar="ORDER", help="The purchase this payment record belongs to.")
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Add an order by hand.

    The seller is the one that the marketplace has by that name already, or by a store id or S3, as 'sellers
    list' tells them: you are told whom such an id means. S3 of another marketplace is refused, not taken for
    a name.
    """
    output = run.output(showing.format, showing.fields)
    output.expect(ORDER_CHANGES)
    new = _new_order(run, number, describing)
    if dry_run and run.ledger_is_missing and pays_for is None:
        planned = OrderResult(new.marketplace, new.number, "planned")
        output.list(ORDER_CHANGES, reported("order", [planned]))
        return
    purchase = None
    if pays_for is not None:
        need_ledger(run, pays_for)
        purchase = Target(pays_for)
    with run.writing() as ledger:
        result = add_order(ledger, new, instant(run.now), pays_for=purchase, dry_run=dry_run)
    output.list(ORDER_CHANGES, reported("order", [result], _BECAME))
    if result.seller:
        run.voice.note(f"seller: {new.seller_name} ({result.seller})")


_BECAME = MappingProxyType({"new": "added", "unchanged": "there already"})


def _new_order(run: Run, number: str, told: Describing) -> NewOrder:
    """The order as it was typed. Raises UsageProblem."""
    lines = _lines(told.title or [], told.price or [])
    placed, promised = run.past(told.placed, "--placed") or "", run.moment(told.promised, "--promised")
    require_in_order({"placed": placed, "promised": promised})
    marketplace = _marketplace(told.marketplace)
    return NewOrder(
        marketplace=marketplace,
        number=_number(number, marketplace),
        placed=placed,
        placed_exact=True,
        status=OrderStatus(one_of(told.status, tuple(OrderStatus), "--status")),
        status_raw=None,
        seen_at=instant(run.now),
        seller_name=None if told.seller is None else read_name(told.seller, "--seller"),
        total=_amount(told.total, "--total") if told.total else lines_total(lines),
        lines=lines,
        promised=promised,
        tracking=read_tracking(told.tracking),
    )


def _lines(titles: list[str], prices: list[str]) -> tuple[NewLine, ...]:
    if prices and len(prices) != len(titles):
        raise UsageProblem(f"{len(titles)} titles and {len(prices)} prices: give one price for each title")
    amounts: list[Money | None] = [_amount(price, "--price") for price in prices]
    amounts += [None] * (len(titles) - len(amounts))
    if len({amount.currency for amount in amounts if amount}) > 1:
        raise UsageProblem("--price: one order has one currency")
    names = [read_name(title, "--title") for title in titles]
    return tuple(NewLine(name, 1, amount) for name, amount in zip(names, amounts, strict=True))


def _amount(text: str, option: str) -> Money:
    try:
        return parse_amount(text, None)
    except ValueError as problem:
        raise UsageProblem(f"{option}: {problem}") from None


def _number(text: str, marketplace: str) -> str:
    """The number as typed. One that commands take for something else, or files may not hold, is refused."""
    number = text.strip()
    if dispute_number(number) is not None:
        raise UsageProblem(f"{number} would be taken for the id of a dispute", hint="say the order's number")
    if not number.isprintable() or not number or ":" in number:
        raise UsageProblem(f"not an order number: {number[:64]!r}")
    try:
        require_order_number(number, marketplace)
    except ValueError as problem:
        raise UsageProblem(
            str(problem), hint="--marketplace says where it is from" if marketplace == "aliexpress" else None
        ) from None
    return number


def _marketplace(text: str) -> str:
    name = text.strip().lower()
    if not (name.isascii() and name.replace("-", "").isalnum() and len(name) <= 32):
        raise UsageProblem(f"--marketplace: {text[:32]!r} is not a name (letters, digits, hyphens)")
    return name
