"""What was decided becomes events, and a dispute moves with each, as the ledger's triggers move it."""

from collections.abc import Iterable, Sequence

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event, Recorded
from dispcli.core.facts import Claim, Done, Fact, KnownAs, Replaced
from dispcli.core.machine import Change, after
from dispcli.core.states import Action, Party, State
from dispcli.namedtuples import NamedTuple


class Stamp(NamedTuple):
    """Who records something, when (UTC instant), from where, and under which operation id."""

    at: str
    actor: str
    source: str
    operation_id: str | None = None


class Place(NamedTuple):
    """Where an opening hangs its dispute; `line_id` None is the whole order."""

    order_id: int
    line_id: int | None
    platform_id: str | None


class Recording(NamedTuple):
    """What was decided about one dispute after its event `version` (0: its opening, which has a `place`)."""

    dispute_id: int
    version: int
    changes: tuple[Change, ...]
    stamp: Stamp
    findings: tuple[Recorded, ...] = ()
    place: Place | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """What it adds to the history."""
        return events_of(self.dispute_id, self.version, self.changes, self.stamp, self.findings)


def events_of(
    dispute_id: int,
    version: int,
    changes: Sequence[Change],
    stamp: Stamp,
    findings: tuple[Recorded, ...] = (),
) -> tuple[Event, ...]:
    """The events that follow the one numbered `version` (0: none yet).

    An operation does each action once: of several notes the first bears its id.
    """
    firsts: dict[Action, int] = {}
    for seq, change in enumerate(changes, start=version + 1):
        firsts.setdefault(change.intent.action, seq)
    return tuple(
        Event(
            dispute_id=dispute_id,
            seq=seq,
            at=stamp.at,
            actor=stamp.actor,
            source=stamp.source,
            action=intent.action,
            party=intent.party,
            from_state=from_state,
            to_state=to_state,
            outcome=outcome,
            reason=intent.reason,
            note=intent.note,
            fact=intent.fact,
            happened_at=intent.happened_at,
            operation_id=stamp.operation_id if firsts[intent.action] == seq else None,
            findings=findings,
        )
        for seq, (intent, from_state, to_state, outcome) in enumerate(changes, start=version + 1)
    )


def opened(event: Event, claim: Claim, place: Place) -> Dispute:
    """The dispute as its first event makes it."""
    return Dispute(
        id=event.dispute_id,
        order_id=place.order_id,
        line_id=place.line_id,
        platform_id=place.platform_id,
        claim=claim,
        state=event.to_state,
        version=event.seq,
        opened_at=event.moment,
        updated_at=event.at,
    )


def ending_after(dispute: Dispute, changes: Iterable[Change]) -> str:
    """How the dispute will have ended, or will stand, once these changes have happened to it."""
    ending = dispute.ending
    for change in changes:
        if change.from_state is not change.to_state:
            ending = change.outcome or change.to_state
    return ending


def moved(dispute: Dispute, event: Event) -> Dispute:
    """The dispute once its next event has happened."""
    state, origin = after(dispute.position, event.to_state)
    fact = event.fact
    stays = event.from_state is event.to_state
    return dispute._replace(
        state=state,
        origin=origin,
        version=event.seq,
        updated_at=event.at,
        outcome=dispute.outcome if stays else event.outcome,
        claim=fact if isinstance(fact, Claim) else dispute.claim,
        seen_at=event.at if _seen(event) else dispute.seen_at,
        replaced_by=fact.by if isinstance(fact, Replaced) else dispute.replaced_by,
        platform_id=_platform_id(dispute, fact),
    )


def _platform_id(dispute: Dispute, fact: Fact | None) -> str | None:
    """Told later, or given away to the record that takes the place of this one."""
    if isinstance(fact, KnownAs):
        return fact.platform_id
    return None if isinstance(fact, Replaced) else dispute.platform_id


def _seen(event: Event) -> bool:
    """Whether the site was seen to show the cancel."""
    if isinstance(event.fact, Done):
        return True
    observed = event.action is Action.OBSERVE and event.party is Party.IMPORT
    return observed and event.to_state is State.CANCELLED
