"""What a platform shows of a dispute, held against what is known of it.

A platform's word stands for a set of our states. The state is in the set: nothing changes. A set of one: the
dispute is observed to move there. A set of several: the state stays, and the word is kept. What is final
stays final: a word that contradicts it is kept too, as a conflict for a person to settle.
"""

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.facts import Claim, Done, KnownAs, Sighting, Upheld, says_the_same
from dispcli.core.histories import History
from dispcli.core.machine import Change, Intent, Position, Refusal, Unchanged, after
from dispcli.core.moving import is_same
from dispcli.core.states import FINAL, Action, Outcome, Party, State
from dispcli.core.told import ToldDispute
from dispcli.core.told_history import certain, unrecorded, unrecorded_dues
from dispcli.core.words import Standing
from dispcli.namedtuples import NamedTuple

AS_FAR_AS_KNOWN = "state as far as known"
"""The note of a dispute that was first seen through a word that may mean several states."""

ESTIMATED = "time estimated: the clocks were put back, and showed it twice"
"""The note of what was seen at a moment that isn't sure."""

_REFUNDS = (Outcome.REFUNDED, Outcome.PARTLY_REFUNDED, Outcome.RETURNED_AND_REFUNDED)
_CANCELLED = (Standing(State.CANCELLED),)


class Observed(NamedTuple):
    """What there is to record. `conflict`: a final state is denied; `remark` is for the one who imports."""

    changes: tuple[Change, ...]
    conflict: bool = False
    remark: str | None = None


class _Stand(NamedTuple):
    """Where a dispute stands while a file is read; `unseen`: the site was not seen to show its cancel."""

    name: str
    position: Position
    outcome: Outcome | None = None
    unseen: bool = True

    @property
    def ending(self) -> str:
        return self.outcome or self.position.state

    def after(self, changes: tuple[Change, ...]) -> "_Stand":
        stand = self
        for change in changes:
            position = after(stand.position, change.to_state)
            stand = stand._replace(position=position, outcome=change.outcome or stand.outcome)
        return stand


def enter(told: ToldDispute) -> tuple[Change, ...]:
    """The first events of a dispute nobody knew: its opening, its history, and where it stands."""
    opening = Intent(Action.OPEN, Party.BUYER, note=told.note, fact=told.claim, happened_at=told.opened)
    first = certain(None, opening)
    past = tuple(unrecorded(told, (), Position(first.to_state)))
    changes = (first, *past)
    stand = _Stand(told.platform_id, Position(first.to_state)).after(past)
    changes += _first_seen(stand.position, told)
    position = stand.after(changes).position
    return (*changes, *unrecorded_dues(told, History(), (), position))


def _first_seen(position: Position, told: ToldDispute) -> tuple[Change, ...]:
    """How it stands by the word alone, where the history doesn't lead there."""
    standings = told.sight.standings
    unsure = None if len(standings) == 1 else AS_FAR_AS_KNOWN
    if position.state in FINAL:
        return ()
    if not standings:
        return (_sighted(position, told, unsure),)
    if not any(shown.state is position.state for shown in standings):
        return (_moving(position, standings[0], told, unsure),)
    return (_sighted(position, told, unsure),) if unsure else (_moving(position, standings[0], told),)


def observe(case: Case, told: ToldDispute) -> Observed:
    """What a file adds to a dispute that is known; one that is older than what is known only adds facts."""
    dispute = case.dispute
    before = _Stand(dispute.name, dispute.position, dispute.outcome, dispute.seen_at is None)
    known_until = _known_until(case)
    changes = (*_named(case, told), *_claimed(case, told))
    changes += tuple(unrecorded(told, case.history, before.after(changes).position, known_until))
    stand = before.after(changes)
    stale = told.seen_at < known_until
    if stale and not _proves(told, stand):
        return Observed(changes)
    seen = _see(case, told, stand)
    changes += seen.changes
    stand = before.after(changes)
    if not stale:
        changes += tuple(unrecorded_dues(told, case.history, changes, stand.position))
    return seen._replace(changes=changes, remark=_withdrawn(before, stand, told) or seen.remark)


def _known_until(case: Case) -> str:
    """How old the newest knowledge is of where it stands.

    The opening doesn't count: whatever a platform tells of a dispute is later than that.
    """
    settled = (Done, Upheld)
    knowing = (
        event.moment
        for event in case.history
        if event.action not in (Action.OPEN, Action.NOTE) or isinstance(event.fact, settled)
    )
    return max(knowing, default="")


def _proves(told: ToldDispute, stand: _Stand) -> bool:
    """Whether the site shows the cancel that was asked for or recorded here: no matter which came first."""
    asked = stand.position.state in (State.CANCEL_REQUESTED, State.CANCELLED)
    return asked and told.sight.standings == _CANCELLED


def _named(case: Case, told: ToldDispute) -> tuple[Change, ...]:
    """A dispute that was recorded by hand learns the platform's id."""
    if case.dispute.platform_id is not None:
        return ()
    fact = KnownAs(told.platform_id)
    intent = Intent(Action.NOTE, Party.IMPORT, fact=fact, happened_at=told.seen_at)
    return (certain(case.dispute.position, intent),)


def _claimed(case: Case, told: ToldDispute) -> tuple[Change, ...]:
    """A claim of which nothing is known is learned while it can still be revised without a move."""
    known, claim = case.dispute.claim, told.claim
    vague = known.reason == "other" and known.amount is None
    if not vague or case.dispute.state is not State.OPENED or not _tells_more(claim, known):
        return ()
    learned = claim._replace(reason_raw=claim.reason_raw or known.reason_raw)
    return (
        certain(
            case.dispute.position,
            Intent(Action.REVISE, Party.BUYER, note=_AS_TOLD, fact=learned, happened_at=told.opened),
        ),
    )


_AS_TOLD = "the claim as the platform tells it"


def _tells_more(claim: Claim, known: Claim) -> bool:
    return claim.reason != known.reason or claim.amount is not None


def _withdrawn(before: _Stand, now: _Stand, told: ToldDispute) -> str | None:
    """What is said where others did something while a cancel was asked for."""
    pending = before.position.state is State.CANCEL_REQUESTED
    if not pending or now.position.state in (State.CANCEL_REQUESTED, State.CANCELLED):
        return None
    return (
        f"{now.name} is {now.ending} on the site ({told.sight.word!r}): "
        f"this withdraws the request to cancel it"
    )


def _see(case: Case, told: ToldDispute, stand: _Stand) -> Observed:
    """What the word says about where the dispute stands."""
    standings, position = told.sight.standings, stand.position
    standing = position.origin or position.state
    if _was_seen(case, told):
        return Observed((), remark=_not_pressed(told, stand))
    if any(_matches(shown, standing, stand.outcome) for shown in standings):
        return _see_the_same(case, told, stand)
    if standing in FINAL:
        return _see_final(case, told, stand)
    if len(standings) == 1:
        return Observed((_moving(position, standings[0], told),))
    if not _is_news(case, told):
        return Observed(())
    several = (
        f"{stand.name} stays {position.state}; the site says {told.sight.word!r}, which may mean several"
    )
    return Observed((_sighted(position, told),), remark=f"{several} states" if standings else None)


def _see_the_same(case: Case, told: ToldDispute, stand: _Stand) -> Observed:
    """The word may mean just what is known."""
    position, standings = stand.position, told.sight.standings
    if position.state is State.CANCELLED and stand.unseen:
        if standings == _CANCELLED:
            done = Intent(Action.NOTE, Party.IMPORT, fact=Done(), happened_at=told.seen_at)
            return Observed((certain(position, done),))
        remark = (
            f"{stand.name} is cancelled here; the site says {told.sight.word!r}, which tells that it has "
            f"ended, not how: if that was the cancel, 'dispcli dispute done {stand.name}'"
        )
        return Observed((), remark=remark)
    live = position.state not in (*FINAL, State.CANCEL_REQUESTED)
    if live and len(standings) == 1 and _newest_sighting(case) is None:
        return Observed((_moving(position, standings[0], told),))  # how old this knowledge is counts later
    return Observed(())


def _see_final(case: Case, told: ToldDispute, stand: _Stand) -> Observed:
    """A word that is not what the final state is; one that nobody knows denies nothing."""
    if remark := _not_pressed(told, stand):
        return Observed((), remark=remark)
    if not told.sight.standings or not _is_news(case, told):
        return Observed(())
    remark = f"{stand.name} is {stand.ending} here, but the site says {told.sight.word!r}"
    return Observed((_sighted(stand.position, told),), conflict=True, remark=remark)


def _not_pressed(told: ToldDispute, stand: _Stand) -> str | None:
    """What is said where a dispute is cancelled here and goes on there: no conflict."""
    standings = told.sight.standings
    goes_on = bool(standings) and all(shown.state not in FINAL for shown in standings)
    if stand.position.state is not State.CANCELLED or not stand.unseen or not goes_on:
        return None
    return f"{stand.name} is cancelled here, and the site still says {told.sight.word!r}: cancel it there"


def _matches(shown: Standing, state: State, outcome: Outcome | None) -> bool:
    if shown.state is not state:
        return False
    if shown.outcome is None or outcome in (None, Outcome.UNKNOWN, shown.outcome):
        return True
    return shown.outcome is Outcome.REFUNDED and outcome in _REFUNDS


def _was_seen(case: Case, told: ToldDispute) -> bool:
    """Whether the word was kept already, from a file that is no older."""
    word = Sighting(told.sight.word)
    return any(says_the_same(event.fact, word) and event.moment >= told.seen_at for event in case.history)


def _is_news(case: Case, told: ToldDispute) -> bool:
    """Whether the word is another one than was kept last, and newer: what was settled stays settled."""
    newest = _newest_sighting(case)
    return newest is None or (newest.fact != Sighting(told.sight.word) and newest.moment <= told.seen_at)


def _newest_sighting(case: Case) -> Event | None:
    return next((event for event in reversed(case.history) if isinstance(event.fact, Sighting)), None)


def _moving(position: Position, shown: Standing, told: ToldDispute, note: str | None = None) -> Change:
    outcome = (shown.outcome or Outcome.UNKNOWN) if shown.state is State.RESOLVED else None
    return certain(
        position,
        Intent(
            Action.OBSERVE,
            Party.IMPORT,
            to=shown.state,
            outcome=outcome,
            note=_noted(note, told),
            fact=Sighting(told.sight.word),
            happened_at=told.seen_at,
        ),
    )


def _sighted(position: Position, told: ToldDispute, note: str | None = None) -> Change:
    fact = Sighting(told.sight.word)
    return certain(
        position,
        Intent(Action.NOTE, Party.IMPORT, note=_noted(note, told), fact=fact, happened_at=told.seen_at),
    )


def _noted(note: str | None, told: ToldDispute) -> str | None:
    if not told.estimated:
        return note
    return f"{note}; {ESTIMATED}" if note else ESTIMATED


def decide_uphold(case: Case, intent: Intent) -> Decision:
    """A person says that the record is right and the site is wrong; both must be at odds."""
    if contradiction(case) is None:
        if case.history and is_same(case.history[-1], intent):
            return Unchanged("this was settled already")
        return Refusal("no-conflict", f"nothing contradicts {case.dispute.name}")
    return Steps((certain(case.dispute.position, intent),))


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
