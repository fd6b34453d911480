"""Amounts as a person types them, for an order."""

from dispcli.core.money import Money, parse_amount
from dispcli.core.orders import Order
from dispcli.errors import UsageProblem


def read_amount(text: str, order: Order, *, any_currency: bool = False) -> Money:
    """An amount above zero, in the order's currency where none is given. Raises UsageProblem.

    Another currency is a mistake, except for money that really moves (`any_currency`).
    """
    try:
        amount = parse_amount(text, order.currency)
    except ValueError as problem:
        raise UsageProblem(str(problem)) from None
    if amount.minor == 0:
        raise UsageProblem("the amount has to be more than zero")
    if not any_currency and order.currency not in (None, amount.currency):
        raise UsageProblem(f"the order is in {order.currency}, not in {amount.currency}")
    return amount
