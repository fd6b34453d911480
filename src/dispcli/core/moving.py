"""Every move that has no rules of its own beyond the table."""

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.machine import Intent, Refusal, Unchanged, after, allowed, decide
from dispcli.core.states import Action, State


def decide_moves(case: Case, intents: tuple[Intent, ...]) -> Decision:
    """The steps the table has for these intents, one after the other.

    Nothing happens when the first is the very same as the last one of its kind.
    """
    newest = case.history[-1] if intents[0].action is Action.NOTE else case.last_move
    if newest and is_same(newest, intents[0]):
        return Unchanged(f"already recorded: {intents[0].action}")
    position, changes = case.dispute.position, []
    for intent in intents:
        change = decide(position, intent)
        if isinstance(change, Refusal):
            return change
        position = after(position, change)
        changes.append(change)
    return Steps(tuple(changes))


def decide_done(case: Case, intent: Intent) -> Decision:
    """The button was pressed on the site: only a dispute that is cancelled here can be done there."""
    if case.dispute.state is not State.CANCELLED:
        return Refusal(
            "not-cancelled",
            f"{case.dispute.name} is {case.dispute.state} here; only a cancelled dispute is done on the site",
            allowed(case.dispute.state),
        )
    if case.dispute.seen_at:
        return Unchanged("the site was seen to show the cancel already")
    return decide_moves(case, (intent,))


def is_same(event: Event, intent: Intent) -> bool:
    """Whether the event says just what the intent says."""
    return (
        event.action is intent.action
        and event.party is intent.party
        and (event.reason, event.note, event.fact, event.happened_at)
        == (intent.reason, intent.note, intent.fact, intent.happened_at)
        and (intent.outcome is None or event.outcome is intent.outcome)
    )
