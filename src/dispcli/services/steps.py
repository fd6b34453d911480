"""What may be done next, as commands."""

from collections.abc import Iterable

from dispcli.core.dispute_views import NextStep
from dispcli.core.disputes import Case
from dispcli.core.machine import TRANSITIONS
from dispcli.core.owed import missing_amounts
from dispcli.core.states import FINAL, Action, Party, State

COMMANDS = {
    Action.REVISE: "revise {d} --reason REASON",
    Action.ANSWER: "answer {d} --offer AMOUNT",
    Action.CONCEDE: "concede {d}",
    Action.ACCEPT: "accept {d}",
    Action.ESCALATE: "escalate {d}",
    Action.DECIDE: "decide {d} agreed",
    Action.SHIP_RETURN: "ship-return {d}",
    Action.ISSUE: "settlement {d} issued",
    Action.RECEIVE: "settlement {d} received",
    Action.LAPSE: "lapse {d}",
    Action.REQUEST_CANCEL: "cancel {d} --reason REASON",
    Action.KEEP: "keep {d}",
    Action.CONFIRM_CANCEL: "confirm {d}",
}
"""The command of each action a person can take."""


def possible(actions: Iterable[Action]) -> str:
    """The commands of these actions by name: `answer, cancel, settlement issued`."""
    names = (COMMANDS[action].partition(" {d}") for action in actions if action in COMMANDS)
    return ", ".join(f"{verb}{more if verb == 'settlement' else ''}" for verb, _, more in names)


def next_steps(case: Case) -> tuple[NextStep, ...]:
    """The actions possible now, as commands ready to copy."""
    dispute = case.dispute
    possible_now = case.possible
    steps = [
        NextStep(action, command(action, dispute.name), _remark(dispute.state, action))
        for action in possible_now
        if action in COMMANDS
    ]
    owed = missing_amounts([fact for _, fact in case.history.settlements])
    if owed and Action.RECEIVE not in possible_now:
        steps.append(NextStep(Action.RECEIVE, command(Action.RECEIVE, dispute.name)))
    waiting = dispute.seen_at is None and dispute.replaced_by is None
    if dispute.state is State.CANCELLED and waiting:
        steps.append(NextStep("done", f"dispcli dispute done {dispute.name}"))
    return tuple(steps)


def command(action: Action, name: str) -> str:
    """The action as a command about a dispute, ready to copy."""
    return f"dispcli dispute {COMMANDS[action].format(d=name)}"


def _remark(state: State, action: Action) -> str:
    """Whose doing the command records, where it is not yours, and whether it is final."""
    move = TRANSITIONS[state, action]
    if action is Action.REQUEST_CANCEL:
        return "final once confirmed"
    if action is Action.ACCEPT:
        return "final: the case closes on the seller's terms"
    whose = "" if Party.BUYER in move.by else f"when {_DOERS[move.by[0]]}"
    final = "final" if set(move.targets) <= FINAL else ""
    return ", ".join(part for part in (whose, final) if part)


_DOERS = {
    Party.SELLER: "the seller does",
    Party.PLATFORM: "the marketplace does",
    Party.TIME: "your time has run out",
}
