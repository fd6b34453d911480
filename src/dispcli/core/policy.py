"""A marketplace's rules as a value: windows, reasons, evidence, how to cancel. The data is in TOML."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dispcli.namedtuples import NamedTuple

STARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "open": ("delivery", "latest-delivery", "payment"),
        "seller_answers": ("opening",),
        "answer_offer": ("answer",),
        "escalate": ("opening",),
        "marketplace_steps_in": ("escalation",),
        "send_return": ("agreement",),
        "refund_arrives": ("refund-issued",),
    }
)
"""The windows a policy may tell, each with what it can be counted from, as core/deadlines.py counts it.

`answer_offer` is the buyer's time to answer the seller, `escalate` the buyer's time from the opening until a
dispute that was not escalated closes by itself; `latest-delivery` is the last day that was promised, and so
is `delivery` where nothing has arrived by then.
"""

WINDOWS = tuple(STARTS)
ACTORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "open": ("buyer",),
        "seller_answers": ("seller",),
        "answer_offer": ("buyer",),
        "escalate": ("buyer",),
        "marketplace_steps_in": ("platform",),
        "send_return": ("buyer",),
        "refund_arrives": ("platform", "seller"),
    }
)
"""Who may have to act within each window."""

CONSEQUENCES: Mapping[str, tuple[str, ...]] = MappingProxyType({"seller_answers": ("concede", "escalate")})
"""What a window's passing may mean, where it means anything by itself: that the claim is conceded, or that
the buyer may escalate it."""


class Source(NamedTuple):
    """Where a value is known from, and the day it was last seen there; None for a user's own word.

    `second_hand` marks what only secondary pages or undated copies tell: it may be out of date.
    """

    text: str
    url: str | None
    seen: str | None
    second_hand: bool


class Window(NamedTuple):
    """How long a party has, counted from when, and where that is known from.

    Either `days` (whole days by the marketplace's clock; business days are Monday to Friday) or `hours`;
    the other is 0. `by` must act: one of its ACTORS. `after` is one of its STARTS, `then` one of its
    CONSEQUENCES, None where none is known. `source` to `second_hand` and `url` are its Source.
    """

    days: int
    business_days: bool
    source: str
    seen: str | None
    second_hand: bool
    note: str
    by: str
    after: str
    hours: int = 0
    url: str | None = None
    then: str | None = None


class EvidenceRules(NamedTuple):
    """What a marketplace takes as evidence; None, and no formats, where nothing is known.

    `formats` are the endings of file names, in lower case and without the dot.
    """

    formats: tuple[str, ...] = ()
    max_bytes: int | None = None
    max_files: int | None = None
    max_total_bytes: int | None = None
    max_video_seconds: int | None = None


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Policy(NamedTuple):
    """The rules of one marketplace. `order_page` has a place for the order's number.

    `zone` is the marketplace's clock, an IANA name: its days begin and end there. `claims` are the reasons
    it knows; `claim_codes` and `cancel_reasons` have the platform's own codes for our reasons. `sources` has
    where each value is known from, by its key: `zone`, `claims`, `evidence.max_bytes`. `own` are the keys
    that the user's own `file` tells.
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
    claim_codes: Mapping[str, tuple[str, ...]] = _NOTHING
    cancel_reasons: Mapping[str, tuple[str, ...]] = _NOTHING
    evidence: EvidenceRules = EvidenceRules()
    help_pages: tuple[Source, ...] = ()
    sources: Mapping[str, Source] = _NOTHING
    own: tuple[str, ...] = ()
    file: str | None = None

    @property
    def silence_concedes(self) -> bool:
        """Whether a seller who doesn't answer in time has conceded."""
        window = self.windows.get("seller_answers")
        return window is not None and window.then == "concede"


def is_of(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of these, or below one of them."""
    return any(host == known or host.endswith(f".{known}") for known in hosts)
