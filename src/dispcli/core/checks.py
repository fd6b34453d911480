"""The checks before a dispute is given up: one function each, one signature, one table.

They run when a cancel is asked for, again when it is confirmed, and on their own as advice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from dispcli.core.deadlines import day_told, deadline
from dispcli.core.disputes import Case
from dispcli.core.moments import parse_instant
from dispcli.core.money import totals
from dispcli.core.orders import OrderStatus
from dispcli.core.owed import is_outstanding, missing_amounts, settled
from dispcli.core.policy import Policy
from dispcli.core.reasons import ARRIVED, DEFECTS, PRESSED
from dispcli.core.states import Party, State
from dispcli.core.times_told import time_told
from dispcli.core.zones import end_of, has_ended
from dispcli.namedtuples import NamedTuple


class Level(StrEnum):
    """`block` stops the cancel unless its risk is accepted, `warn` wants an answer, `info` is told."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Finding(NamedTuple):
    """What a check found. `basis` is what it rests on: the same basis is the same finding."""

    code: str
    level: Level
    message: str
    advice: str
    basis: str = ""


class Ask(NamedTuple):
    """The cancel that is being considered, and the instant it is considered at. No reason: advice only."""

    reason: str | None
    policy: Policy
    now: datetime


class Found(NamedTuple):
    """What one check has to say, before its code and level are put to it."""

    message: str
    advice: str
    basis: str = ""


SOON = timedelta(hours=72)
"""A date this near is near. Waiting three days costs nothing that cancelling would bring back."""


def _refund_not_received(case: Case, ask: Ask) -> Found | None:
    return _outstanding(case, "refund")


def _replacement_not_received(case: Case, ask: Ask) -> Found | None:
    return _outstanding(case, "replacement")


def _outstanding(case: Case, kind: str) -> Found | None:
    noted = [fact for _, fact in case.history.settlements if fact.kind == kind]
    if not is_outstanding(noted):
        return None
    what = ", ".join(map(str, missing_amounts(noted))) or f"the {kind}"
    return Found(
        f"a {kind} was promised or issued, and {what} has not been received",
        "wait until it is there and record it: dispcli dispute settlement ORDER received",
        what,
    )


def _goods_not_received(case: Case, ask: Ask) -> Found | None:
    if case.dispute.claim.reason != "not-received" or ask.reason in ARRIVED:
        return None
    delivered = case.order.delivered
    # A day is somebody's own day, which may begin before it does in UTC.
    came = delivered is not None and parse_instant(delivered) <= ask.now + timedelta(days=1)
    arrived = came or case.order.status is OrderStatus.DELIVERED
    if arrived or settled(case):
        return None
    return Found(
        "the claim is that nothing arrived, and nothing recorded says that it did",
        "keep the dispute, or record the delivery: dispcli orders set ORDER --delivered today",
    )


def _pressure_to_cancel(case: Case, ask: Ask) -> Found | None:
    if ask.reason not in PRESSED:
        return None
    return Found(
        "the seller wants the dispute gone before anything was settled",
        "keep it open until the money or the goods are here; a promise is worth nothing once it is cancelled",
        ask.reason or "",
    )


def _agreement_undocumented(case: Case, ask: Ask) -> Found | None:
    if ask.reason != "agreement" or case.history.seller_acted or case.history.settlements:
        return None
    return Found(
        "the reason is an agreement, and no message, answer or settlement of the seller is recorded",
        "record what was agreed: dispcli dispute message ORDER --from seller 'TEXT'",
    )


_SAYS_RECEIVED = {"refund-received": "refund", "replacement-received": "replacement"}


def _claimed_refund_unrecorded(case: Case, ask: Ask) -> Found | None:
    kind = _SAYS_RECEIVED.get(ask.reason or "")
    if kind is None:
        return None
    noted = [f.amount for _, f in case.history.settlements if f.kind == kind and f.stage == "received"]
    sums = [amount for amount in noted if amount is not None]
    if noted and (len(sums) < len(noted) or kind != "refund" or settled(case)):
        return None
    got = ", ".join(map(str, totals(sums)))
    recorded = f"of {case.solution.amount} only {got} is recorded" if got else "none is recorded"
    return Found(
        f"the reason says that a {kind} was received, and {recorded}",
        f"record it: dispcli dispute settlement ORDER received [AMOUNT] --kind {kind} --at DATE",
        " ".join(filter(None, (kind, got))),
    )


def _significant_defect(case: Case, ask: Ask) -> Found | None:
    if case.dispute.claim.reason not in DEFECTS or case.history.settlements:
        return None
    return Found(
        f"the claim is a significant defect ({case.dispute.claim.reason}), and no settlement is recorded",
        "be sure that you want to keep it as it is",
        case.dispute.claim.reason,
    )


def _seller_silent(case: Case, ask: Ask) -> Found | None:
    if case.history.seller_acted:
        return None
    concedes = ask.policy.silence_concedes
    otherwise = "a seller who gives none in time concedes" if concedes else "without one you can escalate"
    return Found(
        "the seller has never answered: an open dispute is your leverage",
        f"wait for the answer; {otherwise}",
    )


def _recurring_seller(case: Case, ask: Ask) -> Found | None:
    if not case.past:
        return None
    return _other_disputes(tuple(sorted(case.past.items())))


@lru_cache(256)
def _other_disputes(endings: tuple[tuple[str, int], ...]) -> Found:
    """Kept, because a seller's disputes are often cancelled one after the other."""
    told = ", ".join(f"{count} {ending.replace('_', ' ')}" for ending, count in endings)
    number = sum(count for _, count in endings)
    return Found(
        f"{number} other dispute{'s' if number > 1 else ''} with this seller: {told}",
        "see how they went: dispcli dispute list --all --seller SELLER",
        # How the others end is no news about this one: they may be settled together.
        str(number),
    )


def _deadline_near(case: Case, ask: Ask) -> Found | None:
    due = deadline(case, ask.policy)
    if due is None or due.party is Party.BUYER or due.end() - ask.now > SOON:
        return None
    return Found(
        time_told(due, ask.policy, over=due.end() < ask.now),
        "waiting may cost nothing",
        f"{due.party} {due.at}",
    )


def _protection_ended(case: Case, ask: Ask) -> Found | None:
    ends = case.order.protection_ends
    if ends is None or not has_ended(ends, ask.policy.zone, ask.now):
        return None
    told = f"buyer protection ended {day_told(ends, ask.policy)}"
    return Found(told, "nothing can be opened after this one is cancelled", ends)


def _protection_ends_soon(case: Case, ask: Ask) -> Found | None:
    ends = case.order.protection_ends
    if ends is None or parse_instant(ends) - ask.now > SOON or has_ended(ends, ask.policy.zone, ask.now):
        return None
    if end_of(ends, ask.policy.zone) - ask.now > SOON:
        return None
    told = f"buyer protection ends {day_told(ends, ask.policy)}"
    return Found(told, "ask for it to be extended before you give the dispute up", ends)


def _other_channel_open(case: Case, ask: Ask) -> Found | None:
    if not case.channels:
        return None
    names = ", ".join(f"D{channel.dispute_id} at {channel.marketplace}" for channel in case.channels)
    return Found(
        f"another dispute is open about this purchase: {names}",
        "close one before the other contradicts it",
        names,
    )


def _escalated(case: Case, ask: Ask) -> Found | None:
    if case.dispute.standing is not State.ESCALATED:
        return None
    return Found("the marketplace is about to decide", "its ruling may be in your favour; wait for it")


def _protection_unknown(case: Case, ask: Ask) -> Found | None:
    if case.order.protection_ends:
        return None
    return Found(
        "it is not known when buyer protection ends",
        "enter it: dispcli orders set ORDER --protection-ends DATE",
    )


def _no_reopen(case: Case, ask: Ask) -> Found | None:
    return Found("cancelling is final: a cancelled dispute can't be reopened", "cancel only what is settled")


class Check(NamedTuple):
    """A row of the table: the code and level of what the function finds."""

    code: str
    level: Level
    find: Callable[[Case, Ask], Found | None]


CHECKS: tuple[Check, ...] = (
    Check("refund-not-received", Level.BLOCK, _refund_not_received),
    Check("replacement-not-received", Level.BLOCK, _replacement_not_received),
    Check("goods-not-received", Level.BLOCK, _goods_not_received),
    Check("pressure-to-cancel", Level.BLOCK, _pressure_to_cancel),
    Check("agreement-undocumented", Level.WARN, _agreement_undocumented),
    Check("claimed-refund-unrecorded", Level.WARN, _claimed_refund_unrecorded),
    Check("significant-defect", Level.WARN, _significant_defect),
    Check("seller-silent", Level.WARN, _seller_silent),
    Check("recurring-seller", Level.WARN, _recurring_seller),
    Check("deadline-near", Level.WARN, _deadline_near),
    Check("protection-ended", Level.WARN, _protection_ended),
    Check("protection-ends-soon", Level.WARN, _protection_ends_soon),
    Check("other-channel-open", Level.WARN, _other_channel_open),
    Check("escalated", Level.WARN, _escalated),
    Check("protection-unknown", Level.INFO, _protection_unknown),
    Check("no-reopen", Level.INFO, _no_reopen),
)

BLOCKING = tuple(check.code for check in CHECKS if check.level is Level.BLOCK)


def run_checks(case: Case, ask: Ask) -> tuple[Finding, ...]:
    """Everything the checks find, the gravest first; the advice names this dispute, or its seller."""
    findings = []
    for code, level, find in CHECKS:
        if (found := find(case, ask)) is not None:
            message, advice, basis = found
            if "ORDER" in advice:
                advice = advice.replace("ORDER", case.dispute.name)
            elif advice.endswith(" SELLER"):
                advice = _with_seller(advice, case)
            findings.append(Finding(code, level, message, advice, basis))
    return tuple(findings)


def _with_seller(advice: str, case: Case) -> str:
    """The command with the seller's name as a shell takes it; few cancels come here."""
    from shlex import quote

    seller = case.order.seller
    return advice.removesuffix("SELLER") + quote(seller.name) if seller else advice
