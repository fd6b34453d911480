"""The words of the domain: states, actions, parties, outcomes."""

from enum import StrEnum


class State(StrEnum):
    """Where a dispute stands."""

    OPENED = "opened"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    AGREED = "agreed"
    RETURNING = "returning"
    SETTLING = "settling"
    CANCEL_REQUESTED = "cancel_requested"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"


class Action(StrEnum):
    """What can happen to a dispute."""

    OPEN = "open"
    REVISE = "revise"
    ANSWER = "answer"
    CONCEDE = "concede"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    DECIDE = "decide"
    SHIP_RETURN = "ship_return"
    ISSUE = "issue"
    RECEIVE = "receive"
    LAPSE = "lapse"
    REQUEST_CANCEL = "request_cancel"
    KEEP = "keep"
    CONFIRM_CANCEL = "confirm_cancel"
    OBSERVE = "observe"
    NOTE = "note"


class Party(StrEnum):
    """Whose doing an action is. `time` is a window that ran out; `import` is a file that shows something."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"
    TIME = "time"
    IMPORT = "import"


class Outcome(StrEnum):
    """How a resolved dispute ended."""

    REFUNDED = "refunded"
    PARTLY_REFUNDED = "partly_refunded"
    RETURNED_AND_REFUNDED = "returned_and_refunded"
    REPLACED = "replaced"
    REJECTED = "rejected"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


FINAL = frozenset({State.CANCELLED, State.RESOLVED})
SOLVED = (State.AGREED, State.RETURNING, State.SETTLING)
"""Where a solution stands and has not come about."""
"""States that nothing leaves. Only a note may still be added."""

UNOPENED = "none"
"""What the history calls the place a dispute comes from before it is opened: no state at all."""

STATE_MEANINGS: tuple[tuple[State, str, str], ...] = (
    (State.OPENED, "filed", "the seller's"),
    (State.ANSWERED, "the seller made an offer or refused", "the buyer's"),
    (State.ESCALATED, "the marketplace judges", "the marketplace's"),
    (State.AGREED, "a solution stands: accepted, conceded or decided", "whoever performs it"),
    (State.RETURNING, "the goods are on their way back", "the carrier's, then the seller's"),
    (
        State.SETTLING,
        "refund issued or replacement sent, not received yet",
        "the buyer's: say that it arrived",
    ),
    (State.CANCEL_REQUESTED, "the buyer asked to cancel, with a reason", "the buyer's: confirm or keep"),
    (State.CANCELLED, "final, never reopened", "nobody's"),
    (State.RESOLVED, "final, with an outcome", "nobody's"),
)
"""(state, meaning, whose the next move is), in the order of a dispute's life."""
