"""What a file tells of a dispute's past, held against the history: what is new, as moves and as notes."""

from collections.abc import Iterable, Iterator, Sequence

from dispcli.core.events import Event, starts_window
from dispcli.core.facts import Claim, Due, Offer
from dispcli.core.facts import told as in_words
from dispcli.core.histories import History
from dispcli.core.machine import Change, Intent, Position, Refusal, after, decide
from dispcli.core.states import Action
from dispcli.core.told import ToldDispute

_EVER = ""
"""Before every moment."""


def certain(position: Position | None, intent: Intent) -> Change:
    """A step that the table has for every state it is asked for here."""
    change = decide(position, intent)
    if isinstance(change, Refusal):
        raise TypeError(change.message)
    return change


def unrecorded(
    told: ToldDispute, known: Sequence[Event], position: Position, known_until: str = _EVER
) -> Iterator[Change]:
    """What happened and is not recorded yet, oldest first.

    It moves the dispute where the table has a move for it. What the table doesn't have there, and what
    happened before `known_until`, is a note: how the dispute stands is known better.
    """
    standing = _standing(known)
    undated = _undated_offer(told)
    for intent in told.history:
        stands = intent is undated and intent.fact == standing
        if isinstance(intent.fact, Due) or stands or _is_recorded(intent, known):
            continue
        late = intent.action is not Action.NOTE and _happened(intent) < known_until
        change = decide(position, _as_late_note(intent) if late else intent)
        if isinstance(change, Refusal):
            change = certain(position, _as_note(intent))
        position = after(position, change.to_state)
        fact = change.intent.fact
        standing = fact if isinstance(fact, Offer | Claim) else standing
        yield change


def unrecorded_dues(
    told: ToldDispute, known: History, changes: Iterable[Change], position: Position
) -> Iterator[Change]:
    """The dates by which someone must act, which a file tells as of now: unless they are what is known.

    A date that is known counts for nothing once the dispute has moved, so then it is told again.
    """
    moves = any(map(_starts_window, changes))
    for intent in told.history:
        if isinstance(intent.fact, Due) and (moves or not _is_due(intent.fact, known, told.seen_at)):
            yield certain(position, intent)


def _starts_window(change: Change) -> bool:
    return starts_window(change.intent.action, stays=change.from_state is change.to_state)


def _is_due(fact: Due, known: History, seen_at: str) -> bool:
    """Whether the date is known as one that holds, or something newer is."""
    return any(due == fact or event.moment >= seen_at for event, due in known.dues if due.party is fact.party)


def _happened(intent: Intent) -> str:
    return intent.happened_at or _EVER


def _as_note(intent: Intent) -> Intent:
    """What happened, without the move. A note carries any fact but a claim, which is told in words."""
    if intent.fact is not None and not isinstance(intent.fact, Claim):
        return intent._replace(action=Action.NOTE, to=None, outcome=None)
    return _as_text(intent)


def _as_late_note(intent: Intent) -> Intent:
    """The same for what happened long ago: of several offers the one that is noted last is the newest."""
    return _as_text(intent) if isinstance(intent.fact, Offer) else _as_note(intent)


def _as_text(intent: Intent) -> Intent:
    words = [intent.note or intent.action.replace("_", " ")]
    words += [in_words(intent.fact)] if intent.fact is not None else []
    return intent._replace(action=Action.NOTE, to=None, outcome=None, note=": ".join(words), fact=None)


def _is_recorded(intent: Intent, known: Sequence[Event]) -> bool:
    """Whether an event says it, as a move or as a note."""
    forms = (intent, _as_note(intent), _as_late_note(intent))
    return any(_says(event, form) for event in known for form in forms)


def _says(event: Event, intent: Intent) -> bool:
    """Whether it is the same; the words beside a fact may have been left out when it was handed over."""
    same = (event.action, event.party, event.fact) == (intent.action, intent.party, intent.fact)
    when = event.happened_at == intent.happened_at
    return same and when and (intent.fact is not None or event.note == intent.note)


def _undated_offer(told: ToldDispute) -> Intent | None:
    """The offer that stands, where none is told with its date: it has the file's, another in each file."""
    offers = [intent for intent in told.history if isinstance(intent.fact, Offer)]
    return offers[0] if len(offers) == 1 and offers[0].happened_at == told.seen_at else None


def _standing(known: Sequence[Event]) -> Offer | Claim | None:
    """What buyer and seller said last: a claim, or the answer to it as it stands."""
    said = (event.fact for event in reversed(known) if isinstance(event.fact, Offer | Claim))
    return next(said, None)
