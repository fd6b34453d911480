"""What is owed, promised or issued and has not come: how much of it, and whether all of it."""

from collections.abc import Sequence

from dispcli.core.disputes import Case
from dispcli.core.facts import Settlement
from dispcli.core.money import Money
from dispcli.core.states import SOLVED, State


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


def settled(case: Case) -> bool:
    """Whether a replacement has come, or as much money as is owed; less, or another currency, is not all."""
    received = [fact for _, fact in case.history.settlements if fact.stage == "received"]
    if not received:
        return False
    owed = case.solution.amount
    if owed is None or any(fact.kind == "replacement" for fact in received):
        return True
    return sum(amounts(received, "received", owed.currency)) >= owed.minor


def goods_go_first(case: Case) -> bool:
    """Whether the goods are to be sent back before anything is owed for them."""
    return case.dispute.standing is State.AGREED and case.solution.remedy == "return_and_refund"


def is_owed(case: Case, kind: str) -> bool:
    """Whether the solution that stands brings it, and the goods don't go first."""
    stands = case.dispute.standing in SOLVED and not goods_go_first(case)
    return stands and kind_of_remedy(case.solution.remedy) == kind


def left_after(case: Case, received: Settlement) -> tuple[Money, ...]:
    """What is still missing once this has been received; what is owed counts until another promise is made.

    What was promised or issued before the solution came to stand lowers nothing.
    """
    told = [(event, fact) for event, fact in case.history.settlements if fact.kind == received.kind]
    noted, owed, solved = [fact for _, fact in told], case.solution, case.history.solved
    since = solved.seq if solved else 0
    promised = any(fact.amount for event, fact in told if fact.stage != "received" and event.seq > since)
    if received.kind == kind_of_remedy(owed.remedy) and owed.amount and not promised:
        before = amounts(noted, "promised", owed.amount.currency)[-1:]
        if owed.amount.minor > max(before, default=0):
            noted.append(Settlement(received.kind, "promised", owed.amount))
    return missing_amounts([*noted, received])


def kind_of_remedy(remedy: str) -> str:
    """What a remedy brings: a replacement, else a refund."""
    return "replacement" if remedy == "replacement" else "refund"
