"""Every move that has no rules of its own beyond the table."""

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.facts import DueRemoved, says_the_same
from dispcli.core.histories import was_entered
from dispcli.core.machine import Intent, Refusal, Unchanged, after, allowed, decide
from dispcli.core.states import FINAL, Action, State


def decide_moves(case: Case, intents: tuple[Intent, ...]) -> Decision:
    """The steps the table has for these intents, one after the other.

    What the last event of its kind says already is not said again.
    """
    newest = case.history[-1] if intents[0].action is Action.NOTE else case.history.last_move
    if newest and is_same(newest, intents[0]):
        since = case.history[newest.seq :]
        intents = tuple(one for one in intents[1:] if not any(is_same(event, one) for event in since))
        if not intents:
            return Unchanged(f"already recorded: {newest.action}")
    position, changes = case.dispute.position, []
    for intent in intents:
        change = decide(position, intent)
        if isinstance(change, Refusal):
            return change
        position = after(position, change.to_state)
        changes.append(change)
    return Steps(tuple(changes))


def decide_accept(case: Case, intents: tuple[Intent, ...]) -> Decision:
    """Accept what the seller offers; a refusal is no offer."""
    if case.dispute.state is State.ANSWERED and case.is_refused:
        return Refusal("no-offer", "the seller refused; there is no offer to accept", case.possible)
    return decide_moves(case, intents)


def decide_due(case: Case, intent: Intent) -> Decision:
    """A date by which somebody must act, or that one entered was a mistake, while the dispute goes on.

    What counts already isn't told again, and what doesn't count isn't taken back.
    """
    state = case.dispute.state
    if state in FINAL:
        return Refusal("final", f"this dispute is {state}; nobody has to act by any date", allowed(state))
    taken = intent.fact
    known = _none_to_take(case, taken) if isinstance(taken, DueRemoved) else _counts_already(case, intent)
    return Unchanged(known) if known else decide_moves(case, (intent,))


def _counts_already(case: Case, intent: Intent) -> str | None:
    counts = intent.note is None and intent.fact in [due for _, due in case.history.dues]
    return "already recorded: this date counts" if counts else None


def _none_to_take(case: Case, taken: DueRemoved) -> str | None:
    entered = [due.party for event, due in case.history.dues if was_entered(event)]
    if taken.party in entered:
        return None
    others = f"; one for the {' and one for the '.join(entered)} does" if entered else ""
    return f"no date entered for the {taken.party} counts{others}"


def decide_done(case: Case, intent: Intent) -> Decision:
    """The button was pressed on the site: only a dispute that is cancelled here can be done there."""
    if case.dispute.state is not State.CANCELLED:
        return Refusal(
            "not-cancelled",
            f"{case.dispute.name} is {case.dispute.state} here; only a cancelled dispute is done on the site",
            allowed(case.dispute.state),
        )
    if case.dispute.replaced_by is not None:
        told = (
            f"{case.dispute.name} was recorded in error; D{case.dispute.replaced_by} is the one on the site"
        )
        return Refusal("replaced", told)
    if case.dispute.seen_at:
        return Unchanged("the site was seen to show the cancel already")
    return decide_moves(case, (intent,))


def is_same(event: Event, intent: Intent) -> bool:
    """Whether the event says just what the intent says."""
    return (
        event.action is intent.action
        and event.party is intent.party
        and (event.reason, event.note, event.happened_at) == (intent.reason, intent.note, intent.happened_at)
        and says_the_same(event.fact, intent.fact)
        and (intent.to is None or event.to_state is intent.to)
        and (intent.outcome is None or event.outcome is intent.outcome)
    )
