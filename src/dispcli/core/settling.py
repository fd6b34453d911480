"""A refund or a replacement: noted in any state, and a move where the table has one."""

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case
from dispcli.core.facts import Settlement
from dispcli.core.machine import TRANSITIONS, Intent, Refusal, Unchanged, decide
from dispcli.core.money import Money
from dispcli.core.moving import is_same
from dispcli.core.owed import left_after
from dispcli.core.states import Action, Outcome, Party
from dispcli.namedtuples import NamedTuple

_ALREADY = "already recorded; tell several like payments apart with --at or --reference"


class News(NamedTuple):
    """A settlement as it is told, by whom it was done, and when."""

    settlement: Settlement
    party: Party
    note: str | None = None
    happened_at: str | None = None


def decide_settlement(case: Case, news: News) -> Decision:
    """Record the settlement; `issued` and a receipt in full also move the dispute where they can."""
    state = case.dispute.state
    action, outcome = Action.NOTE, None
    if news.settlement.stage == "issued" and (state, Action.ISSUE) in TRANSITIONS:
        action = Action.ISSUE
    arrived = news.settlement.stage == "received" and (state, Action.RECEIVE) in TRANSITIONS
    if arrived and not left_after(case, news.settlement):
        action, outcome = Action.RECEIVE, _outcome(case, news.settlement)
    party = Party.BUYER if news.settlement.stage == "received" else news.party
    intent = Intent(
        action,
        party,
        outcome=outcome,
        note=news.note,
        fact=news.settlement,
        happened_at=news.happened_at,
    )
    if case.history and is_same(case.history[-1], intent._replace(action=case.history[-1].action)):
        return Unchanged(_ALREADY)
    change = decide(case.dispute.position, intent)
    return change if isinstance(change, Refusal) else Steps((change,))


def decide_payout(case: Case, intent: Intent) -> Decision:
    """Note what was given to a reseller's own customer: it moves nothing, and counts for no check."""
    if case.history and is_same(case.history[-1], intent):
        return Unchanged(_ALREADY)
    change = decide(case.dispute.position, intent)
    return change if isinstance(change, Refusal) else Steps((change,))


def expected_amount(case: Case, kind: str) -> Money | None:
    """What is still to come: the rest of what was promised or issued, else of what is owed.

    None where that is not one known amount.
    """
    missing = left_after(case, Settlement(kind, "received"))
    return missing[0] if len(missing) == 1 else None


def _outcome(case: Case, received: Settlement) -> Outcome:
    if received.kind == "replacement":
        return Outcome.REPLACED
    if any(event.action is Action.SHIP_RETURN for event in case.history):
        return Outcome.RETURNED_AND_REFUNDED
    claimed = case.dispute.claim.amount
    noted = [
        fact for _, fact in case.history.settlements if fact.kind == "refund" and fact.stage == "received"
    ]
    got = [fact.amount for fact in (*noted, received) if fact.amount]
    comparable = claimed and got and all(money.currency == claimed.currency for money in got)
    if claimed and comparable and sum(money.minor for money in got) < claimed.minor:
        return Outcome.PARTLY_REFUNDED
    partial = case.solution.remedy == "partial_refund"
    return Outcome.PARTLY_REFUNDED if partial else Outcome.REFUNDED
