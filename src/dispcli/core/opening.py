"""May a dispute be opened here? One line has at most one open dispute; an order's excludes its lines'."""

from datetime import datetime

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.checks import Finding, Level
from dispcli.core.deadlines import day_told, time_to_open
from dispcli.core.disputes import Dispute
from dispcli.core.facts import Claim
from dispcli.core.machine import Intent, Refusal, Unchanged, decide
from dispcli.core.moments import parse_instant
from dispcli.core.orders import Order
from dispcli.core.policy import Policy
from dispcli.core.states import FINAL, Action, Party, State
from dispcli.namedtuples import NamedTuple

REOPENING = "reopening"
"""The risk of opening a new dispute where one was cancelled; it has to be accepted by name."""


WINDOW_OVER = "window-over"
"""The warning that the marketplace may take no dispute about the order any more."""


class OpenAsk(NamedTuple):
    """A dispute as it is to be opened. `line_id` None: about the whole order."""

    line_id: int | None
    claim: Claim
    note: str | None = None
    happened_at: str | None = None
    accepted: tuple[str, ...] = ()
    replaces: Dispute | None = None


def decide_open(
    existing: tuple[Dispute, ...], ask: OpenAsk, order: Order, policy: Policy, now: datetime
) -> Decision:
    """Whether the claim may be opened beside the disputes the order already has."""
    rivals = [d for d in existing if _overlap(d.line_id, ask.line_id) and d.replaced_by is None]
    for rival in rivals:
        if rival.state in FINAL:
            continue
        if rival.line_id == ask.line_id and rival.claim == ask.claim and rival.state is State.OPENED:
            return Unchanged(f"{rival.name} is open with the same claim")
        return Refusal(
            "already-open",
            f"{rival.name} is open about the same goods ({rival.state})",
            hint=f"look at it with 'dispcli dispute show {rival.name}'",
        )
    if ask.replaces and ask.replaces.state not in FINAL:
        return Refusal(
            "not-final",
            f"{ask.replaces.name} is still {ask.replaces.state}; only what is final "
            "is replaced by a new record",
        )
    if ask.replaces and ask.replaces.replaced_by is not None:
        return Refusal(
            "already-replaced",
            f"{ask.replaces.name} has been replaced by D{ask.replaces.replaced_by} already",
        )
    findings = () if ask.replaces else _reopening(rivals, policy)
    if findings and REOPENING not in ask.accepted:
        return Refusal(REOPENING, findings[0].message, hint=findings[0].advice, findings=(REOPENING,))
    findings += _warnings(ask, order, policy, now)
    intent = Intent(Action.OPEN, Party.BUYER, note=ask.note, fact=ask.claim, happened_at=ask.happened_at)
    change = decide(None, intent)
    return change if isinstance(change, Refusal) else Steps((change,), findings, ask.accepted)


def _reopening(rivals: list[Dispute], policy: Policy) -> tuple[Finding, ...]:
    cancelled = next((dispute for dispute in rivals if dispute.state is State.CANCELLED), None)
    if cancelled is None or policy.reopening:
        return ()
    message = f"{cancelled.name} was cancelled; {policy.name} does not reopen cancelled disputes"
    advice = "the site may refuse a new one; to record it all the same: --accept-risk reopening"
    return (Finding(REOPENING, Level.BLOCK, message, advice, cancelled.name),)


def _warnings(ask: OpenAsk, order: Order, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    from dispcli.core.plausibility import doubts_of_claim  # this module is loaded for every kind of change

    at = parse_instant(ask.happened_at) if ask.happened_at else now
    over = () if ask.replaces else _window_over(order, policy, at)
    return (*over, *doubts_of_claim(ask.claim, ask.happened_at, order))


def _window_over(order: Order, policy: Policy, at: datetime) -> tuple[Finding, ...]:
    """Policies know their windows second-hand, so one that is over is a warning and no refusal."""
    window, until = policy.windows.get("open"), time_to_open(order, policy)
    if window is None or until is None or at <= until.end():
        return ()
    day = day_told(until.at, policy)
    from dispcli.core.policy_values import length_told

    told = f"{length_told(window)} from {window.after}, as far as known from {window.source}"
    message = f"the time to open a dispute was over on {day} ({told})"
    advice = f"{policy.name} may refuse it; record it only if the site has taken it"
    return (Finding(WINDOW_OVER, Level.WARN, message, advice, day),)


def _overlap(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other
