"""What a platform shows of a dispute, held against what is known of it.

A platform's word stands for a set of our states. The state is in the set: nothing changes. A set of one: the
dispute is observed to move there. A set of several: the state stays, and the word is kept. What is final
stays final: a word that contradicts it is kept too, as a conflict for a person to settle.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.facts import Claim, Done, KnownAs, Sighting, Upheld
from dispcli.core.machine import Change, Intent, Position, Refusal, Unchanged, after, decide
from dispcli.core.moving import is_same
from dispcli.core.states import FINAL, Action, Outcome, Party, State
from dispcli.core.told import ToldDispute
from dispcli.core.words import Standing

AS_FAR_AS_KNOWN = "state as far as known"
"""The note of a dispute that was first seen through a word that may mean several states."""

_REFUNDS = (Outcome.REFUNDED, Outcome.PARTLY_REFUNDED, Outcome.RETURNED_AND_REFUNDED)


class Observed(NamedTuple):
    """What there is to record. `conflict`: a final state is denied; `remark` is for the one who imports."""

    changes: tuple[Change, ...]
    conflict: bool = False
    remark: str | None = None


def enter(told: ToldDispute) -> tuple[Change, ...]:
    """The first events of a dispute nobody knew: its opening, its history, and where it stands."""
    opening = Intent(Action.OPEN, Party.BUYER, note=told.note, fact=told.claim, happened_at=told.opened)
    first = _decided(None, opening)
    position = Position(first.to_state)
    changes = [first]
    for change in _history(told, (), position):
        position = after(position, change.to_state)
        changes.append(change)
    standings = told.sight.standings
    unsure = None if len(standings) == 1 else AS_FAR_AS_KNOWN
    if standings and not any(shown.state is position.state for shown in standings):
        changes.append(_moving(position, standings[0], told, unsure))
    elif unsure:
        changes.append(_sighted(position, told, unsure))
    return tuple(changes)


def observe(case: Case, told: ToldDispute) -> Observed:
    """What a file adds to a dispute that is known; one that is older than what is known only adds facts."""
    changes = list(_named(case, told))
    newest = case.last_move
    known_until = (newest.happened_at or newest.at) if newest else ""
    stale = told.seen_at < known_until
    position = case.dispute.position
    for change in _history(told, case.history, position, known_until):
        position = after(position, change.to_state)
        changes.append(change)
    if stale:
        return Observed(tuple(changes))
    seen = _see(case, told, position)
    return seen._replace(changes=(*changes, *seen.changes))


def _named(case: Case, told: ToldDispute) -> Iterator[Change]:
    """A dispute that was recorded by hand learns the platform's id."""
    if case.dispute.platform_id is None:
        fact = KnownAs(told.platform_id)
        intent = Intent(Action.NOTE, Party.IMPORT, fact=fact, happened_at=told.seen_at)
        yield _decided(case.dispute.position, intent)


def _history(
    told: ToldDispute, known: tuple[Event, ...], position: Position, known_until: str = ""
) -> Iterator[Change]:
    """What is told and not recorded yet: as a move, or as a note where none is possible any more."""
    for intent in told.history:
        if any(_is_recorded(event, intent, told.seen_at) for event in known):
            continue
        late = intent.happened_at is not None and intent.happened_at < known_until
        change = decide(position, intent)
        if isinstance(change, Refusal) or (late and change.to_state is not position.state):
            note = _as_note(intent)
            if note.note is None and note.fact is None:
                continue
            change = _decided(position, note)
        position = after(position, change.to_state)
        yield change


def _as_note(intent: Intent) -> Intent:
    """What is said without the move; a claim is no fact that a note may carry."""
    fact = None if isinstance(intent.fact, Claim) else intent.fact
    return intent._replace(action=Action.NOTE, to=None, outcome=None, fact=fact)


def _is_recorded(event: Event, intent: Intent, seen_at: str) -> bool:
    """Whether the event says it, as a move or as a note.

    What has no time of its own is told with that of the file, and so anew by every file.
    """
    for told in (intent, _as_note(intent)):
        same = (event.action, event.party, event.fact) == (told.action, told.party, told.fact)
        undated = told.fact is not None and told.happened_at == seen_at
        if same and (undated or (event.note, event.happened_at) == (told.note, told.happened_at)):
            return True
    return False


def _see(case: Case, told: ToldDispute, position: Position) -> Observed:
    """What the word says about where the dispute stands."""
    sight, dispute = told.sight, case.dispute
    standing = position.origin or position.state
    if any(_matches(shown, standing, dispute.outcome) for shown in sight.standings):
        proven = sight.standings == (Standing(State.CANCELLED),) and dispute.seen_at is None
        if proven and standing is State.CANCELLED:
            done = Intent(Action.NOTE, Party.IMPORT, fact=Done(), happened_at=told.seen_at)
            return Observed((_decided(position, done),))
        return Observed(())
    if standing in FINAL:
        return _see_final(case, told, position)
    if len(sight.standings) == 1:
        return Observed((_moving(position, sight.standings[0], told),))
    if _newest_word(case) == sight.word:
        return Observed(())
    remark = f"{dispute.name} stays {standing}; the site says {sight.word!r}, which may mean several states"
    return Observed((_sighted(position, told),), remark=remark)


def _see_final(case: Case, told: ToldDispute, position: Position) -> Observed:
    """A word that is not what the final state is."""
    dispute, sight = case.dispute, told.sight
    goes_on = bool(sight.standings) and all(shown.state not in FINAL for shown in sight.standings)
    if dispute.state is State.CANCELLED and dispute.seen_at is None and goes_on:
        remark = f"{dispute.name} is cancelled here, and the site still says {sight.word!r}: cancel it there"
        return Observed((), remark=remark)
    if _newest_word(case) == sight.word:
        return Observed(())
    remark = f"{dispute.name} is {dispute.ending} here, but the site says {sight.word!r}"
    return Observed((_sighted(position, told),), conflict=True, remark=remark)


def _matches(shown: Standing, state: State, outcome: Outcome | None) -> bool:
    if shown.state is not state:
        return False
    if shown.outcome is None or outcome in (None, Outcome.UNKNOWN, shown.outcome):
        return True
    return shown.outcome is Outcome.REFUNDED and outcome in _REFUNDS


def _newest_word(case: Case) -> str | None:
    """The word that was kept last; one that was settled by hand since is not raised again."""
    words = (event.fact.word for event in reversed(case.history) if isinstance(event.fact, Sighting))
    return next(words, None)


def _moving(position: Position, shown: Standing, told: ToldDispute, note: str | None = None) -> Change:
    outcome = (shown.outcome or Outcome.UNKNOWN) if shown.state is State.RESOLVED else None
    return _decided(
        position,
        Intent(
            Action.OBSERVE,
            Party.IMPORT,
            to=shown.state,
            outcome=outcome,
            note=note,
            fact=Sighting(told.sight.word),
            happened_at=told.seen_at,
        ),
    )


def _sighted(position: Position, told: ToldDispute, note: str | None = None) -> Change:
    fact = Sighting(told.sight.word)
    intent = Intent(Action.NOTE, Party.IMPORT, note=note, fact=fact, happened_at=told.seen_at)
    return _decided(position, intent)


def _decided(position: Position | None, intent: Intent) -> Change:
    """A step the table has for every state it is asked for here."""
    change = decide(position, intent)
    if isinstance(change, Refusal):
        raise TypeError(change.message)
    return change


def decide_uphold(case: Case, intent: Intent) -> Decision:
    """A person says that the record is right and the site is wrong; both must be at odds."""
    if contradiction(case) is None:
        if case.history and is_same(case.history[-1], intent):
            return Unchanged("this was settled already")
        return Refusal("no-conflict", f"nothing contradicts {case.dispute.name}")
    return Steps((_decided(case.dispute.position, intent),))


def contradiction(case: Case) -> Event | None:
    """Where the site's word contradicts the final state: unless a person has settled it since."""
    if case.dispute.state not in FINAL or case.dispute.replaced_by is not None:
        return None
    for event in reversed(case.history):
        if isinstance(event.fact, Upheld) or event.from_state is not event.to_state:
            return None
        if isinstance(event.fact, Sighting):
            return event
    return None
