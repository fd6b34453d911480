"""What buyer, seller and platform propose in an issue: each solution with its remedy and its amount."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dispcli.core.facts import Offer
from dispcli.core.moments import parse_instant
from dispcli.core.money import Money
from dispcli.formats.aliexpress.amounts import decimal_money, money_of
from dispcli.formats.aliexpress.answers import objects
from dispcli.formats.aliexpress.times import pacific
from dispcli.formats.values import digits, optional
from dispcli.namedtuples import NamedTuple

_SAME_ACT = timedelta(minutes=1)
_REMEDIES = {"return_and_refund": "return_and_refund"}


class Solution(NamedTuple):
    """A proposal, when it was made and last changed (UTC instants), and the platform's own status."""

    remedy: str
    amount: Money | None
    created: str | None
    changed: str | None
    status: str | None
    issue_id: str | None

    @property
    def offer(self) -> Offer:
        """As an answer: no money is a refusal, which the platform has no other form for."""
        refused = self.amount is not None and self.amount.minor == 0
        return Offer() if refused else Offer(self.remedy, self.amount)

    @property
    def latest(self) -> str:
        """When it was touched last; empty where it isn't told."""
        return self.changed or self.created or ""


def solutions(issue: Mapping[str, Any], whose: str) -> tuple[Solution, ...]:
    """The solutions of `buyer`, `seller` or `platform`, oldest first. Raises ValueError."""
    found = (_solution(one) for one in objects(issue, f"{whose}_solution_list"))
    return tuple(sorted(found, key=lambda one: one.latest))


def made_at(found: tuple[Solution, ...], moment: str) -> Solution | None:
    """The solution that was made or changed at this instant, give or take the time a server needs."""
    return next((one for one in reversed(found) if _near(one, moment)), None)


def _near(one: Solution, moment: str) -> bool:
    at = parse_instant(moment)
    return any(abs(parse_instant(told) - at) <= _SAME_ACT for told in (one.created, one.changed) if told)


def _solution(values: Mapping[str, Any]) -> Solution:
    """The amount is what the buyer gets in the local currency; where that is empty, what the seller pays."""
    return Solution(
        remedy=_REMEDIES.get(optional(values, "solution_type") or "", "refund"),
        amount=_money(values, "refund_money") or _money(values, "refund_money_post"),
        created=pacific(values, "gmt_create"),
        changed=pacific(values, "gmt_modified"),
        status=optional(values, "status"),
        issue_id=digits(values, "issue_id"),
    )


def _money(values: Mapping[str, Any], name: str) -> Money | None:
    if isinstance(values.get(name), dict):
        return money_of(values, name)
    return decimal_money(values, name, optional(values, f"{name}_currency"))
