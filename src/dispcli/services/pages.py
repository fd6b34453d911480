"""Where an order is shown on the site."""

from dispcli.core.orders import Order
from dispcli.core.policy import Policy


def order_page(order: Order, policy: Policy) -> str | None:
    """The order's page on the site, from the policy alone: no address ever comes from a file.

    A policy is read only if its page is an http(s) address on one of its hosts, which letters and digits in
    place of the number can't change.
    """
    if policy.order_page is None or not order.number.isascii() or not order.number.isalnum():
        return None
    return policy.order_page.format(number=order.number)
