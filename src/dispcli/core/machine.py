"""The one table of what can happen to a dispute, and the decision whether something may happen now.

`TRANSITIONS` is closed: a pair of state and action that is not in it is refused. The ledger fills its
own table of allowed steps from it, and `dispcli help states` prints it.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dispcli.core.facts import Fact
from dispcli.core.states import FINAL, UNOPENED, Action, Outcome, Party, State
from dispcli.namedtuples import NamedTuple


class Move(NamedTuple):
    """One cell of the table: where the action may lead, whose action it is, with which outcomes."""

    targets: tuple[State, ...]
    by: tuple[Party, ...]
    outcomes: tuple[Outcome, ...] = ()


class Intent(NamedTuple):
    """What someone says happened. `to` and `outcome` settle what the table leaves open."""

    action: Action
    party: Party
    to: State | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    note: str | None = None
    fact: Fact | None = None
    happened_at: str | None = None


class Change(NamedTuple):
    """An intent the table allows, with the step it makes."""

    intent: Intent
    from_state: State | None
    to_state: State
    outcome: Outcome | None = None


class Refusal(NamedTuple):
    """Why something may not happen: a stable code, a sentence, and what may happen instead.

    `details` are further sentences, one for each thing that stands in the way.
    """

    code: str
    message: str
    allowed: tuple[Action, ...] = ()
    hint: str | None = None
    findings: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


class Unchanged(NamedTuple):
    """The very same thing was recorded already; doing it again changes nothing."""

    message: str


class Position(NamedTuple):
    """Where a dispute stands, as far as the table is concerned.

    `origin` is the state a pending request to cancel came from; None in every other state.
    """

    state: State
    origin: State | None = None


_S, _A, _P = State, Action, Party
_LIVE = tuple(state for state in State if state not in FINAL)
_ANYONE = tuple(Party)
_RECEIVED = (Outcome.REFUNDED, Outcome.PARTLY_REFUNDED, Outcome.RETURNED_AND_REFUNDED, Outcome.REPLACED)

_Row = tuple[Action, tuple[State | None, ...], tuple[State, ...], tuple[Party, ...], tuple[Outcome, ...]]
_ROWS: tuple[_Row, ...] = (
    (_A.OPEN, (None,), (_S.OPENED,), (_P.BUYER,), ()),
    (_A.REVISE, (_S.OPENED, _S.ANSWERED), (_S.OPENED,), (_P.BUYER,), ()),
    (_A.ANSWER, (_S.OPENED, _S.ANSWERED, _S.CANCEL_REQUESTED), (_S.ANSWERED,), (_P.SELLER,), ()),
    (
        _A.CONCEDE,
        (_S.OPENED, _S.ANSWERED, _S.ESCALATED, _S.CANCEL_REQUESTED),
        (_S.AGREED,),
        (_P.SELLER,),
        (),
    ),
    (_A.ACCEPT, (_S.ANSWERED,), (_S.AGREED,), (_P.BUYER,), ()),
    (
        _A.ESCALATE,
        (_S.OPENED, _S.ANSWERED, _S.AGREED, _S.RETURNING),
        (_S.ESCALATED,),
        (_P.BUYER, _P.PLATFORM),
        (),
    ),
    (
        _A.DECIDE,
        (_S.ESCALATED, _S.CANCEL_REQUESTED),
        (_S.AGREED, _S.RESOLVED),
        (_P.PLATFORM,),
        (Outcome.REJECTED,),
    ),
    (_A.SHIP_RETURN, (_S.AGREED,), (_S.RETURNING,), (_P.BUYER,), ()),
    (_A.ISSUE, (_S.AGREED, _S.RETURNING), (_S.SETTLING,), (_P.SELLER, _P.PLATFORM), ()),
    (_A.RECEIVE, (_S.AGREED, _S.RETURNING, _S.SETTLING), (_S.RESOLVED,), (_P.BUYER,), _RECEIVED),
    (
        _A.LAPSE,
        (_S.OPENED, _S.ANSWERED, _S.AGREED, _S.RETURNING, _S.CANCEL_REQUESTED),
        (_S.RESOLVED,),
        (_P.TIME,),
        (Outcome.EXPIRED,),
    ),
    (
        _A.REQUEST_CANCEL,
        (_S.OPENED, _S.ANSWERED, _S.ESCALATED, _S.CANCEL_REQUESTED),
        (_S.CANCEL_REQUESTED,),
        (_P.BUYER,),
        (),
    ),
    (_A.KEEP, (_S.CANCEL_REQUESTED,), (_S.OPENED, _S.ANSWERED, _S.ESCALATED), (_P.BUYER,), ()),
    (_A.CONFIRM_CANCEL, (_S.CANCEL_REQUESTED,), (_S.CANCELLED,), (_P.BUYER,), ()),
)


def _cells() -> dict[tuple[State | None, Action], Move]:
    cells = {
        (source, action): Move(targets, by, outcomes)
        for action, sources, targets, by, outcomes in _ROWS
        for source in sources
    }
    # A platform never shows our "cancel requested": it is observed only as staying where it is.
    shown = tuple(state for state in State if state is not State.CANCEL_REQUESTED)
    for state in _LIVE:
        targets = shown if state in shown else (*shown, state)
        cells[state, Action.OBSERVE] = Move(targets, (Party.IMPORT,), tuple(Outcome))
    cells.update({(state, Action.NOTE): Move((state,), _ANYONE) for state in State})
    return cells


TRANSITIONS: Mapping[tuple[State | None, Action], Move] = MappingProxyType(_cells())
"""(state, action) -> Move. The state before opening is None."""


def steps() -> Iterable[tuple[str, str, str]]:
    """Every single step the table allows, as (from, action, to) text; the ledger holds exactly these."""
    for (source, action), move in TRANSITIONS.items():
        for target in move.targets:
            yield (source or UNOPENED, action, target)


def allowed(state: State | None) -> tuple[Action, ...]:
    """The actions possible in a state, in the order of the table."""
    return tuple(action for source, action in TRANSITIONS if source == state)


def is_irreversible(change: Change) -> bool:
    """Whether a change deserves a question: every move into a final state, and accepting an offer."""
    enters_final = change.to_state in FINAL and change.from_state not in FINAL
    return enters_final or change.intent.action is Action.ACCEPT


def decide(position: Position | None, intent: Intent) -> Change | Refusal:
    """Whether the intent may happen to a dispute at this position (None: not opened yet)."""
    state = position.state if position else None
    move = TRANSITIONS.get((state, intent.action))
    if move is None:
        return refuse(state, intent.action)
    if intent.party not in move.by:
        whose = " or ".join(move.by)
        return Refusal(
            "wrong-party",
            f"{intent.action} is the {whose}'s action, not the {intent.party}'s",
            allowed(state),
        )
    target = _target(position, intent, move)
    if target is None:
        choices = ", ".join(move.targets)
        return Refusal(
            "target-unclear", f"{intent.action} leads to one of: {choices}; say which", allowed(state)
        )
    outcome = intent.outcome if target is State.RESOLVED else None
    if intent.action is Action.NOTE:
        return Change(intent, state, target)
    if target is State.RESOLVED and outcome not in move.outcomes:
        choices = ", ".join(move.outcomes)
        return Refusal(
            "outcome-unclear", f"{intent.action} ends with one of: {choices}; say which", allowed(state)
        )
    return Change(intent, state, target, outcome)


def _target(position: Position | None, intent: Intent, move: Move) -> State | None:
    if intent.action is Action.KEEP and position:
        return position.origin if position.origin in move.targets else None
    if len(move.targets) == 1:
        return move.targets[0]
    return intent.to if intent.to in move.targets else None


def refuse(state: State | None, action: Action) -> Refusal:
    """Why the table has no such cell, in words that help the person who tried."""
    options = allowed(state)
    if state is State.CANCELLED:
        return Refusal("final", "this dispute is cancelled; cancelled stays cancelled", options)
    if state is State.RESOLVED:
        return Refusal("final", "this dispute is resolved; nothing moves it any more", options)
    if action is Action.REQUEST_CANCEL and state in (State.AGREED, State.RETURNING, State.SETTLING):
        return Refusal(
            "solution-stands",
            f"a solution stands ({state}); cancelling now would give it up",
            options,
            hint="record what arrives with 'dispcli dispute settlement'; if nothing does, escalate",
        )
    if action is Action.CONFIRM_CANCEL and state is not None:
        return Refusal(
            "no-request", f"no request to cancel is there to be confirmed; the dispute is {state}", options
        )
    if action is Action.ACCEPT and state is State.CANCEL_REQUESTED:
        return Refusal("cancel-pending", "a request to cancel is pending; keep the dispute first", options)
    return Refusal(
        "not-allowed", f"{action} is not possible while the dispute is {state or 'not opened'}", options
    )


def after(position: Position | None, to_state: State) -> Position:
    """Where a dispute stands once it has moved on to this state."""
    if to_state is not State.CANCEL_REQUESTED or position is None:
        return Position(to_state)
    if position.state is State.CANCEL_REQUESTED:
        return position
    return Position(to_state, position.state)
