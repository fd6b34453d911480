"""What was promised or issued and has not come: how much of it, and whether all of it."""

from collections.abc import Sequence

from dispcli.core.facts import Settlement
from dispcli.core.money import Money


def missing_amounts(noted: Sequence[Settlement]) -> tuple[Money, ...]:
    """What was promised or issued, less what was received, per currency; what is complete is left out."""
    missing = []
    for currency in sorted({fact.amount.currency for fact in noted if fact.amount}):
        at = {stage: amounts(noted, stage, currency) for stage in ("promised", "issued", "received")}
        expected = max([*at["promised"][-1:], sum(at["issued"])])
        if (left := expected - sum(at["received"])) > 0:
            missing.append(Money(left, currency))
    return tuple(missing)


def amounts(noted: Sequence[Settlement], stage: str, currency: str) -> list[int]:
    """The amounts of a stage in one currency, in minor units."""
    return [
        fact.amount.minor
        for fact in noted
        if fact.stage == stage and fact.amount and fact.amount.currency == currency
    ]


def is_outstanding(noted: Sequence[Settlement]) -> bool:
    """Whether something was promised or issued, and not all of it has come."""
    if not any(fact.stage != "received" for fact in noted):
        return False
    return bool(missing_amounts(noted)) or all(fact.stage != "received" for fact in noted)


def kind_of_remedy(remedy: str) -> str:
    """What a remedy brings: a replacement, else a refund."""
    return "replacement" if remedy == "replacement" else "refund"
