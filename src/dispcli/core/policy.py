"""A marketplace's rules as a value: windows, reasons, how to cancel. The data is in TOML."""

from collections.abc import Mapping
from typing import NamedTuple

WINDOWS = ("open", "seller_answers", "marketplace_steps_in", "send_return", "refund_arrives")


class Window(NamedTuple):
    """How long a party has, in days, and where that is known from."""

    days: int
    business_days: bool
    source: str
    seen: str
    second_hand: bool
    note: str


class Policy(NamedTuple):
    """The rules of one marketplace. `order_page` has a place for the order's number."""

    marketplace: str
    name: str
    hosts: tuple[str, ...]
    order_page: str | None
    reopening: bool
    windows: Mapping[str, Window]
    claims: tuple[str, ...]
    cancel_steps: tuple[str, ...]
