"""What is at stake in a dispute: what is lost by cancelling, what waiting may bring, how the money stands."""

from collections.abc import Iterable
from datetime import datetime

from dispcli.core.deadlines import (
    ANSWER_OFFER,
    RECORDED,
    RULING,
    SELLER_ANSWERS,
    Deadline,
    day_told,
    deadline,
    deadlines,
    own_deadlines,
)
from dispcli.core.disputes import Case
from dispcli.core.facts import Settlement
from dispcli.core.machine import allowed
from dispcli.core.money import Money, totals
from dispcli.core.owed import kind_of_remedy, left_after, settled
from dispcli.core.policy import Policy
from dispcli.core.states import FINAL, Action, Party
from dispcli.core.times_told import ARRIVES, time_told
from dispcli.core.zones import has_ended
from dispcli.namedtuples import NamedTuple


class Stake(NamedTuple):
    """Something to lose or to win, with a stable code."""

    code: str
    message: str


class Balance(NamedTuple):
    """How the money about a dispute stands in one currency, in its minor units.

    `paid` is what the goods cost, `received` what came back, `given` what a reseller gave the own customer,
    `owed` what was promised, agreed or claimed and is not here.
    """

    currency: str
    paid: int = 0
    received: int = 0
    given: int = 0
    owed: int = 0

    @property
    def net(self) -> int:
        """What it comes to so far, below 0 for a loss. What is owed doesn't count: it isn't there."""
        return self.received - self.paid - self.given


def owed(case: Case) -> tuple[Money, ...]:
    """What was promised, agreed or claimed and is not here, per currency; nothing once it is over."""
    if case.dispute.state in FINAL:
        return ()
    return left_after(case, Settlement(kind_of_remedy(case.solution.remedy), "received"))


def is_claim_open(case: Case) -> bool:
    """Whether what is owed has not been received."""
    return case.dispute.state not in FINAL and not settled(case)


def can_cancel(case: Case) -> bool:
    """Whether a cancel is possible as it stands, whatever the checks say."""
    return Action.REQUEST_CANCEL in allowed(case.dispute.state)


def standing_offer(case: Case) -> str | None:
    """What the seller offers and the buyer can still accept: `a partial refund of USD 12.00`."""
    offer = case.answer
    if offer is None or offer.remedy is None or not is_claim_open(case):
        return None
    amount = f" of {offer.amount}" if offer.amount else ""
    return f"a {offer.remedy.replace('_', ' ')}{amount}"


def lost_by_cancelling(case: Case, policy: Policy, now: datetime) -> tuple[Stake, ...]:
    """What a cancel would give up: nothing where none is possible."""
    if not can_cancel(case):
        return ()
    return (*_claim(case), *_offer_lost(case), _reopening(policy), _protection(case, policy, now))


def _claim(case: Case) -> Iterable[Stake]:
    if not is_claim_open(case):
        return
    remedy = case.solution.remedy.replace("_", " ")
    told = ", ".join(map(str, owed(case)))
    yield Stake("claim", f"{told or f'the {remedy}'} has not been received, and would be given up")
    given = totals([fact.amount for _, fact in case.payouts if fact.amount])
    if given:
        gone = " and ".join(map(str, given))
        yield Stake("payout", f"{gone} that you gave your customer would be your loss")


def _offer_lost(case: Case) -> Iterable[Stake]:
    if offered := standing_offer(case):
        yield Stake("offer", f"the seller's offer, {offered}, would be given up")


def _offer_kept(case: Case, policy: Policy, now: datetime) -> Iterable[Stake]:
    """What can be accepted, with the time to answer it where that runs."""
    if not (offered := standing_offer(case)):
        return
    answer = next((one for one in own_deadlines(case, policy) if one.code == ANSWER_OFFER), None)
    until = ""
    if answer is not None:
        ends = "ended" if answer.end() < now else "ends"
        until = f"; your time to answer {ends} {day_told(answer.at, policy)} ({answer.basis})"
    yield Stake("offer", f"the seller offers {offered}: accepting it ends the dispute on these terms{until}")


def _reopening(policy: Policy) -> Stake:
    if policy.reopening:
        return Stake("reopening", f"{policy.name} may let you open another one while protection runs")
    return Stake("reopening", f"{policy.name} is not known to take another one about the same goods")


def _protection(case: Case, policy: Policy, now: datetime) -> Stake:
    ends = case.order.protection_ends
    if ends is None:
        return Stake("protection", "nobody knows whether anything can be opened afterwards: no end is known")
    day = day_told(ends, policy)
    if has_ended(ends, policy.zone, now):
        return Stake("protection", f"nothing can be opened afterwards: buyer protection ended {day}")
    return Stake("protection", f"buyer protection ends {day}, and nothing can be opened after that")


def by_waiting(case: Case, policy: Policy, now: datetime) -> tuple[Stake, ...]:
    """What may come of waiting: what is offered, whose time runs, and what its end means."""
    if case.dispute.state in FINAL:
        return ()
    times = tuple(_due(one, policy, now) for one in _times(case, policy))
    nothing = Stake("no-deadline", "no deadline is known that would settle it, or cost you anything")
    return (*_offer_kept(case, policy, now), *(times or (nothing,)))


def _times(case: Case, policy: Policy) -> Iterable[Deadline]:
    """The next deadline; then by when the buyer must act, and what is to come be here, the soonest first."""
    due = deadline(case, policy)
    bears = (due, *own_deadlines(case, policy))
    times = [one for one in deadlines(case, policy) if one in bears or one.code in ARRIVES]
    return sorted(times, key=lambda one: one != due)


def _due(due: Deadline, policy: Policy, now: datetime) -> Stake:
    over = due.end() < now
    if due.basis == RECORDED:
        what = ARRIVES[due.code]
        since = f"the {what} is awaited since {due.at}"
        return Stake(f"{what}-awaited", f"{since}; by when it has to arrive is not known")
    told = time_told(due, policy, over=over)
    if due.party is Party.BUYER:
        return Stake("own-deadline", f"{told}: act, or it may be closed against you")
    if due.code in ARRIVES:
        return Stake("deadline-passed", f"{told}: press for it") if over else Stake("deadline-running", told)
    return Stake("deadline-passed" if over else "deadline-running", f"{told}{_note(due, policy)}")


_WINDOW_OF = {SELLER_ANSWERS: "seller_answers", RULING: "marketplace_steps_in"}


def _note(due: Deadline, policy: Policy) -> str:
    """What the policy says of the end of that time, where it is about the same party."""
    window = policy.windows.get(_WINDOW_OF.get(due.code, ""))
    return f": {window.note}" if window and window.note and window.by == due.party else ""


def balances(case: Case) -> tuple[Balance, ...]:
    """How the money stands, per currency in order of the code; they are never added up."""
    amounts: dict[str, list[Money | None]] = {
        "paid": [_paid(case)],
        "received": [
            fact.amount
            for _, fact in case.history.settlements
            if fact.stage == "received" and fact.kind == "refund"
        ],
        "given": [fact.amount for _, fact in case.payouts],
        "owed": [*owed(case)] if kind_of_remedy(case.solution.remedy) == "refund" else [],
    }
    found: dict[str, Balance] = {}
    for name, told in amounts.items():
        for money in filter(None, told):
            known = found.get(money.currency, Balance(money.currency))
            found[money.currency] = known._replace(**{name: getattr(known, name) + money.minor})
    return tuple(found[currency] for currency in sorted(found))


def _paid(case: Case) -> Money | None:
    """What the goods in dispute cost: the line where its price is known, else the order."""
    line = case.line
    if line is not None and line.unit_price is not None:
        return Money(line.unit_price.minor * line.quantity, line.unit_price.currency)
    return case.order.total
