"""Every move that has no rules of its own beyond the table."""

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.machine import Intent, Refusal, Unchanged, decide
from dispcli.core.states import Action


def decide_move(case: Case, intent: Intent) -> Decision:
    """The step the table has for this intent; nothing, when the last one was the very same."""
    newest = case.history[-1] if intent.action is Action.NOTE else case.last_move
    if newest and is_same(newest, intent):
        return Unchanged(f"already recorded: {intent.action}")
    change = decide(case.dispute.position, intent)
    return change if isinstance(change, Refusal) else Steps((change,))


def is_same(event: Event, intent: Intent) -> bool:
    """Whether the event says just what the intent says."""
    return (
        event.action is intent.action
        and event.party is intent.party
        and (event.reason, event.note, event.fact, event.happened_at)
        == (intent.reason, intent.note, intent.fact, intent.happened_at)
        and (intent.outcome is None or event.outcome is intent.outcome)
    )
