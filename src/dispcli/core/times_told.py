"""Whose time runs and for what: a deadline as sentences tell it."""

from collections.abc import Mapping
from types import MappingProxyType

from dispcli.core.deadlines import ARRIVALS, RULING, SELLER_ANSWERS, Deadline, day_told
from dispcli.core.policy import Policy
from dispcli.core.states import Party

ARRIVES: Mapping[str, str] = MappingProxyType({code: kind for kind, code in ARRIVALS.items()})
"""What the deadline of an arrival is about: a refund or a replacement."""

_WHOSE: Mapping[Party, str] = MappingProxyType(
    {
        Party.BUYER: "your own time",
        Party.SELLER: "the seller's time",
        Party.PLATFORM: "the marketplace's time",
    }
)
_FOR: Mapping[str, str] = MappingProxyType({SELLER_ANSWERS: "to answer", RULING: "to rule"})
"""What others have to do, where that is known."""


def time_told(due: Deadline, policy: Policy, *, over: bool) -> str:
    """`the seller's time to answer ends 2026-11-25 (given)`; the day is the marketplace's."""
    when = f"{day_told(due.at, policy)} ({due.basis})"
    if what := ARRIVES.get(due.code):
        return f"the {what} {'had' if over else 'has'} to arrive by {when}"
    whose = _WHOSE[due.party]
    if due.party is not Party.BUYER:
        whose = f"{whose} {_FOR.get(due.code, 'to act')}"
    return f"{whose} {'ended' if over else 'ends'} {when}"
