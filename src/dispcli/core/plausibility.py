"""What is unlikely and can be all the same: it is recorded as it is told, with a warning.

Sellers refund shipping too, totals are known without it, and the day an order was placed may be assumed: so
nothing is refused for it. Only what one and the same command tells must not contradict itself.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import timedelta

from dispcli.core.checks import Finding, Level
from dispcli.core.disputes import Case
from dispcli.core.facts import Claim, Due, Offer, Settlement
from dispcli.core.machine import Change
from dispcli.core.moments import instant, is_day, parse_instant
from dispcli.core.money import MAX_MINOR, Money
from dispcli.core.orders import Order
from dispcli.core.owed import amounts
from dispcli.core.states import Action, Party

ABOVE_TOTAL = "above-total"
ABOVE_CLAIM = "above-claim"
ABOVE_OWED = "above-owed"
BEFORE_ORDER = "before-order"
DUE_OVER = "due-over"
NOT_OVER = "not-over"


def doubts_of_claim(claim: Claim, happened_at: str | None, order: Order) -> tuple[Finding, ...]:
    """What is unlikely of a claim about an order, opened on that day or at that instant (None: not told)."""
    return (*_above_total(claim.amount, order), *_too_early(happened_at, order))


def doubts_of_changes(case: Case, changes: Sequence[Change], at: str) -> tuple[Finding, ...]:
    """What is unlikely of these changes to a dispute, recorded at that instant."""
    happened_at = changes[0].intent.happened_at
    return tuple(found for change in changes for found in _doubts(case, change, happened_at, at))


def _doubts(case: Case, change: Change, happened_at: str | None, at: str) -> Iterator[Finding]:
    yield from _too_early(change.intent.happened_at, case.order)
    if change.intent.action is Action.LAPSE:
        yield from _not_over(case, happened_at or at)
    match change.intent.fact:
        case Claim(_, _, amount):
            yield from _above_total(amount, case.order)
        case Offer(_, amount):
            yield from _above_claim(amount, case)
        case Settlement() as settlement:
            yield from _above_owed(settlement, case)
        case Due() as due:
            yield from _over(due, happened_at, at)


def _above_total(claimed: Money | None, order: Order) -> Iterator[Finding]:
    if claimed and _is_above(claimed, order.total):
        yield _warning(ABOVE_TOTAL, f"{claimed} is claimed, and the order cost {order.total}")


def _above_claim(offered: Money | None, case: Case) -> Iterator[Finding]:
    claimed = case.dispute.claim.amount
    if offered and _is_above(offered, claimed):
        yield _warning(ABOVE_CLAIM, f"{offered} is offered, and {claimed} is claimed")


def _above_owed(settlement: Settlement, case: Case) -> Iterator[Finding]:
    """More than is owed and than was paid; what was issued or received is counted with what was before."""
    kind, stage, amount, _ = settlement
    if kind != "refund" or amount is None:
        return
    known = (case.solution.amount, case.dispute.claim.amount, case.order.total)
    most = max((money.minor for money in known if money and money.currency == amount.currency), default=None)
    noted = [fact for _, fact in case.history.settlements if fact.kind == kind]
    before = 0 if stage == "promised" else sum(amounts(noted, stage, amount.currency))
    if most is not None and before + amount.minor > most:
        told = Money(min(before + amount.minor, MAX_MINOR - 1), amount.currency)
        in_all = f"{told} {stage}{' in all' if before else ''}"
        likely = Money(most, amount.currency)
        yield _warning(ABOVE_OWED, f"{in_all} is more than was paid, claimed or agreed: {likely}")


def _over(due: Due, happened_at: str | None, at: str) -> Iterator[Finding]:
    """What is told of the past may have been due then; what is told of no day is due from now on."""
    begun = happened_at or at
    if due.at < begun if is_day(due.at) == is_day(begun) else _is_before(due.at, begun):
        over = f"before {happened_at}" if happened_at else "over already"
        yield _warning(DUE_OVER, f"the {due.party} must act by {due.at}, which is {over}")


def _not_over(case: Case, lapsed: str) -> Iterator[Finding]:
    """The buyer's time ran out before the date that is known for it had passed, on whatever clock."""
    for _, due in case.history.dues:
        if due.party is Party.BUYER and _has_not_ended(due.at, lapsed):
            yield _warning(NOT_OVER, f"you have time until {due.at}: it has not run out")


def _has_not_ended(at: str, seen: str) -> bool:
    if is_day(at) and not is_day(seen):
        return instant(parse_instant(seen) + _EAST)[:10] <= at
    return seen < at if is_day(at) == is_day(seen) else _is_before(seen, at)


def _is_above(amount: Money, other: Money | None) -> bool:
    return other is not None and amount.currency == other.currency and amount.minor > other.minor


def _too_early(happened_at: str | None, order: Order) -> Iterator[Finding]:
    if happened_at and _is_before(happened_at, order.placed):
        told = f"{happened_at} is before the order was placed: {order.placed}"
        yield _warning(BEFORE_ORDER, told)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, Level.WARN, message, "look whether it is what the site shows", message)


_ONE_AFTER_THE_OTHER = (
    ("placed", "shipped"),
    ("placed", "promised"),
    ("placed", "delivered"),
    ("shipped", "delivered"),
)


def out_of_order(days: Mapping[str, str | None], told: Container[str]) -> tuple[str, ...]:
    """What can't be of the days that are `told` of an order, against each other and the rest, one by one."""
    return tuple(
        f"{then} {later} is before {first} {earlier}"
        for first, then in _ONE_AFTER_THE_OTHER
        if (first in told or then in told)
        and (earlier := days.get(first))
        and (later := days.get(then))
        and _is_before(later, earlier)
    )


_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
"""How far clocks are behind UTC and before it at most."""


def _is_before(one: str, other: str) -> bool:
    """Whether one moment is on a day before the other's. A bare day is one of a clock that isn't known."""
    if is_day(one) == is_day(other):
        return one[:10] < other[:10]
    if is_day(one):
        return one < instant(parse_instant(other) - _WEST)[:10]
    return instant(parse_instant(one) + _EAST)[:10] < other
