"""What may be done next, as commands."""

from collections.abc import Iterable

from dispcli.core.checks import missing_amounts
from dispcli.core.dispute_views import NextStep
from dispcli.core.disputes import Case
from dispcli.core.machine import allowed
from dispcli.core.states import Action, State

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
    steps = [
        NextStep(action, f"dispcli dispute {COMMANDS[action].format(d=dispute.name)}")
        for action in allowed(dispute.state)
        if action in COMMANDS
    ]
    if missing_amounts([fact for _, fact in case.settlements]) and Action.RECEIVE not in allowed(
        dispute.state
    ):
        command = COMMANDS[Action.RECEIVE].format(d=dispute.name)
        steps.append(NextStep(Action.RECEIVE, f"dispcli dispute {command}"))
    if dispute.state is State.CANCELLED and dispute.seen_at is None:
        steps.append(NextStep("done", f"dispcli dispute done {dispute.name}"))
    return tuple(steps)
