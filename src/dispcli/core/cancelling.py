"""May this dispute be cancelled? The machine, the checks and the accepted risks in one decision."""

from datetime import datetime
from functools import lru_cache

from dispcli.core.checks import Ask, Finding, Level, run_checks
from dispcli.core.disputes import Case
from dispcli.core.events import Event, Recorded
from dispcli.core.machine import Change, Intent, Position, Refusal, Unchanged, after, decide
from dispcli.core.moments import parse_instant
from dispcli.core.policy import Policy
from dispcli.core.states import Action, Party, State
from dispcli.namedtuples import NamedTuple


class Steps(NamedTuple):
    """What is going to be recorded: one change or more, in order, with what the checks found."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...] = ()
    accepted: tuple[str, ...] = ()

    @property
    def risks(self) -> tuple[str, ...]:
        """The codes of what was found and is accepted by name."""
        return tuple(found.code for found in self.findings if found.code in self.accepted)

    def recorded(self) -> tuple[Recorded, ...]:
        """The findings as the history keeps them."""
        return tuple(
            Recorded(found.code, found.level, found.basis, found.code in self.accepted)
            for found in self.findings
        )


Decision = Steps | Refusal | Unchanged


class CancelAsk(NamedTuple):
    """A cancel as it is asked for: why, which risks are accepted, both steps or the request only."""

    reason: str
    note: str | None
    accepted: tuple[str, ...]
    confirm: bool


def decide_cancel(case: Case, ask: CancelAsk, policy: Policy, now: datetime) -> Decision:
    """Ask for the cancel, and with `ask.confirm` confirm it in the same breath."""
    if _cancelled_here(case) and _same_request(case.history.request, ask):
        return Unchanged("already cancelled, for the same reason")
    changes = _way(case.dispute.position, ask.reason, ask.note, ask.confirm)
    if isinstance(changes, Refusal):
        return changes
    findings = run_checks(case, Ask(ask.reason, policy, now))
    return _blocked(findings, ask.accepted) or Steps(changes, findings, ask.accepted)


@lru_cache(64)
def _way(position: Position, reason: str, note: str | None, confirm: bool) -> tuple[Change, ...] | Refusal:
    """The steps that cancel what stands there. Most cancels of a batch are alike, so it is found once."""
    request = Intent(Action.REQUEST_CANCEL, Party.BUYER, reason=reason, note=note)
    asked = decide(position, request)
    if isinstance(asked, Refusal):
        return asked
    if not confirm:
        return (asked,)
    confirmed = decide(after(position, asked.to_state), CONFIRM)
    return confirmed if isinstance(confirmed, Refusal) else (asked, confirmed)


def decide_confirm(case: Case, accepted: tuple[str, ...], policy: Policy, now: datetime) -> Decision:
    """Confirm a pending request, if what it rested on still holds."""
    if _cancelled_here(case):
        return Unchanged("already cancelled")
    confirmed = decide(case.dispute.position, CONFIRM)
    if isinstance(confirmed, Refusal):
        return confirmed
    request = case.history.request
    if request is None or request.seq != case.dispute.version:
        since = [event.action for event in case.history[request.seq :]] if request else []
        return _stale(f"recorded since the request to cancel: {', '.join(since) or 'everything'}")
    if news := _news(case, request, policy):
        return _stale(f"new since the request to cancel: {news.message} [{news.code}]")
    findings = run_checks(case, Ask(request.reason, policy, now))
    risks = tuple(dict.fromkeys((*request.accepted, *accepted)))
    if blocked := _blocked(findings, risks):
        return blocked
    return Steps((confirmed,), findings, risks)


def refusal_of_a_cancel(case: Case, policy: Policy, now: datetime) -> Refusal | None:
    """What forbids the cancel of a dispute as it stands, or blocks it, whether or not it was asked for.

    What was accepted with a request that is pending doesn't block it. None for one that is cancelled.
    """
    if case.dispute.state is State.CANCELLED:
        return None
    request = case.history.request if case.dispute.state is State.CANCEL_REQUESTED else None
    asked = decide(case.dispute.position, Intent(Action.REQUEST_CANCEL, Party.BUYER))
    if request is None and isinstance(asked, Refusal):
        return asked
    findings = run_checks(case, Ask(request.reason if request else None, policy, now))
    return _blocked(findings, request.accepted if request else ())


CONFIRM = Intent(Action.CONFIRM_CANCEL, Party.BUYER)
"""The confirmation of a pending request; it says nothing beyond itself."""


def _cancelled_here(case: Case) -> bool:
    if case.dispute.state is not State.CANCELLED:
        return False
    last = case.history.last_move
    return last is not None and last.action is Action.CONFIRM_CANCEL


def _same_request(request: Event | None, ask: CancelAsk) -> bool:
    return request is not None and (request.reason, request.note) == (ask.reason, ask.note)


def _blocked(findings: tuple[Finding, ...], accepted: tuple[str, ...]) -> Refusal | None:
    blocks = [found for found in findings if found.level is Level.BLOCK and found.code not in accepted]
    if not blocks:
        return None
    codes = tuple(found.code for found in blocks)
    risks = " ".join(f"--accept-risk {code}" for code in codes)
    return Refusal(
        "blocked",
        f"the checks speak against it: {', '.join(codes)}",
        hint=f"to cancel all the same: {risks}",
        findings=codes,
        details=tuple(f"{found.code}: {found.message}; {found.advice}" for found in blocks),
    )


def _news(case: Case, request: Event, policy: Policy) -> Finding | None:
    """A block or a warning that was not there at the request and that time alone does not explain.

    Today's facts are checked as of the moment of the request: what shows up then is new knowledge.
    """
    known = {(found.code, found.basis) for found in request.findings}
    then = run_checks(case, Ask(request.reason, policy, parse_instant(request.at)))
    fresh = (found for found in then if found.level is not Level.INFO)
    return next((found for found in fresh if (found.code, found.basis) not in known), None)


def _stale(what: str) -> Refusal:
    return Refusal(
        "facts-changed",
        what,
        (Action.REQUEST_CANCEL, Action.KEEP),
        hint="look again with 'dispcli dispute show', then cancel anew or keep the dispute",
    )
