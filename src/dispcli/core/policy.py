"""A marketplace's rules as a value: windows, reasons, how to cancel. The data is in TOML."""

from collections.abc import Mapping
from typing import NamedTuple

WINDOWS = (
    "open",
    "seller_answers",
    "answer_offer",
    "escalate",
    "marketplace_steps_in",
    "send_return",
    "refund_arrives",
)
"""The windows a policy may tell: `answer_offer` is the buyer's time to answer the seller, `escalate` the
buyer's time from the opening until a dispute that was not escalated closes by itself.
"""

PARTIES = ("buyer", "seller", "platform")
STARTS = (
    "delivery",
    "latest-delivery",
    "payment",
    "opening",
    "answer",
    "escalation",
    "agreement",
    "refund-issued",
)
"""What a window can be counted from; `latest-delivery` is the last day that was promised."""


class Window(NamedTuple):
    """How long a party has, counted from when, and where that is known from.

    Either `days` (whole days by the marketplace's clock; business days are Monday to Friday) or `hours`;
    the other is 0. `by` must act: one of PARTIES. `after` is one of STARTS.
    """

    days: int
    business_days: bool
    source: str
    seen: str
    second_hand: bool
    note: str
    by: str
    after: str
    hours: int = 0


class Policy(NamedTuple):
    """The rules of one marketplace. `order_page` has a place for the order's number.

    `zone` is the marketplace's clock, an IANA name: its days begin and end there.
    """

    marketplace: str
    name: str
    zone: str
    hosts: tuple[str, ...]
    order_page: str | None
    reopening: bool
    windows: Mapping[str, Window]
    claims: tuple[str, ...]
    cancel_steps: tuple[str, ...]
