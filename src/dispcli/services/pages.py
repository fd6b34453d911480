"""Where an order is shown on the site."""

from urllib.parse import urlsplit

from dispcli.core.orders import Order
from dispcli.core.policy import Policy, is_of


def order_page(order: Order, policy: Policy) -> str | None:
    """The order's page on the site, from the policy alone: no address ever comes from a file."""
    if policy.order_page is None or not order.number.isascii() or not order.number.isalnum():
        return None
    page = policy.order_page.format(number=order.number)
    parts = urlsplit(page)
    return page if is_of(parts.hostname or "", policy.hosts) and parts.scheme in ("http", "https") else None
