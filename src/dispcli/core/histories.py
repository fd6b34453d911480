"""A dispute's events in their order, and what decisions ask about them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, overload

from dispcli.core.events import Event, Sketch, starts_window
from dispcli.core.facts import Due, DueRemoved, Fact, Offer, Settlement
from dispcli.core.states import Action, Party
from dispcli.namedtuples import NamedTuple

_SOLVING = (Action.ACCEPT, Action.CONCEDE, Action.DECIDE)

F = TypeVar("F", bound=Fact)


def was_entered(date: Event) -> bool:
    """Whether a person entered the date; what a file tells of it is the platform's doing."""
    return date.party is not Party.PLATFORM


class Gist(NamedTuple):
    """Where the events stand in a history that decisions ask about; of several the oldest first.

    `dues` are the dates told since it stands as it does, and where some were taken back.
    """

    last_move: int | None = None
    request: int | None = None
    solved: int | None = None
    entered: int | None = None
    dues: tuple[int, ...] = ()
    settlements: tuple[int, ...] = ()
    offers: tuple[int, ...] = ()
    seller_acted: bool = False

    def then(self, place: int, seen: Sketch) -> "Gist":
        """The gist of the history with this event at its end."""
        last_move, request, solved, entered, dues, settlements, offers, seller_acted = self
        if seen.action is not Action.NOTE:
            last_move = place
            request = place if seen.action is Action.REQUEST_CANCEL else request
            solved = place if seen.action in _SOLVING else solved
        if starts_window(seen.action, stays=seen.stays):
            entered, dues = place, ()
        if seen.fact is Due or seen.fact is DueRemoved:
            dues = (*dues, place)
        elif seen.fact is Settlement:
            settlements = (*settlements, place)
        elif seen.fact is Offer:
            offers = (*offers, place)
        seller_acted = seller_acted or Party.SELLER in (seen.party, seen.speaker)
        return Gist(last_move, request, solved, entered, dues, settlements, offers, seller_acted)


def gist_of(seen: Sequence[Sketch]) -> Gist:
    """The gist of a history of which this was seen."""
    gist = Gist()
    for place, sketch in enumerate(seen):
        gist = gist.then(place, sketch)
    return gist


class History(Sequence[Event]):
    """The events of one dispute, oldest first, and what decisions ask about them, found once.

    It never changes. `then` gives the longer one; both share the events they have in common, so going on
    from a long history costs no more than from a short one.
    """

    __slots__ = ("_count", "_events", "_fetch", "_gist", "entered")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        known = list(events)
        self._events: list[Event] | None = known
        self._fetch: Callable[[], Sequence[Event]] = tuple
        self._count = len(known)
        self._gist = gist_of([event.sketch for event in known])
        self.entered = known[self._gist.entered].moment if self._gist.entered is not None else None
        """The moment from which a window counts: notes and a pending cancel don't restart one."""

    @classmethod
    def later(cls, gist: Gist, moments: Sequence[str], fetch: Callable[[], Sequence[Event]]) -> "History":
        """A history of which this is known; the events themselves are fetched when one is asked for."""
        history = cls.__new__(cls)
        history._events = None
        history._count = len(moments)
        history._gist = gist
        history._fetch = fetch
        history.entered = moments[gist.entered] if gist.entered is not None else None
        return history

    def then(self, event: Event) -> "History":
        """The history with this event at its end."""
        events = self._known
        longer = History.__new__(History)
        # Another history may have gone on from here already.
        longer._events = events if len(events) == self._count else events[: self._count]
        longer._events.append(event)
        longer._count = self._count + 1
        longer._gist = self._gist.then(self._count, event.sketch)
        longer.entered = event.moment if longer._gist.entered == self._count else self.entered
        return longer

    @property
    def _known(self) -> list[Event]:
        if self._events is None:
            self._events = list(self._fetch()[: self._count])
        return self._events

    def _at(self, place: int | None) -> Event | None:
        return None if place is None else self._known[place]

    @property
    def settlements(self) -> tuple[tuple[Event, Settlement], ...]:
        """Every settlement noted, oldest first."""
        return self._facts(self._gist.settlements, Settlement)

    @property
    def offers(self) -> tuple[tuple[Event, Offer], ...]:
        """Every answer of the seller, oldest first."""
        return self._facts(self._gist.offers, Offer)

    @property
    def answer(self) -> Offer | None:
        """What the seller answered since it stands as it does; None where that isn't known."""
        return self._answer_until(self._count)

    @property
    def accepted(self) -> Offer | None:
        """What the seller had answered when the buyer accepted; None if not, or where that isn't known."""
        solved = self.solved
        return self._answer_until(solved.seq - 1) if solved and solved.action is Action.ACCEPT else None

    def _answer_until(self, count: int) -> Offer | None:
        """The answer that stood after so many events: whatever moved since then did away with it."""
        event, answer = next((pair for pair in reversed(self.offers) if pair[0].seq <= count), (None, None))
        if event is None or any(later.starts_window for later in self._known[event.seq : count]):
            return None
        return answer

    def _facts(self, places: tuple[int, ...], kind: type[F]) -> tuple[tuple[Event, F], ...]:
        if not places:
            return ()
        events = [self._known[place] for place in places]
        return tuple((event, event.fact) for event in events if isinstance(event.fact, kind))

    @property
    def dues(self) -> tuple[tuple[Event, Due], ...]:
        """The dates that count since the dispute last moved: the newest of each party, oldest first.

        Those entered by hand count until they are taken back; then what the platform showed counts again.
        """
        newest: dict[Party, tuple[Event, Due]] = {}
        taken_back: set[Party] = set()
        for event in [self._known[place] for place in reversed(self._gist.dues)]:
            match event.fact:
                case DueRemoved(party):
                    taken_back.add(party)
                case Due(party) as due if not (party in taken_back and was_entered(event)):
                    newest.setdefault(party, (event, due))
        return tuple(reversed(newest.values()))

    @property
    def entry(self) -> Event | None:
        """The event since which it stands as it does."""
        return self._at(self._gist.entered)

    @property
    def last_move(self) -> Event | None:
        """The newest event that is more than a note."""
        return self._at(self._gist.last_move)

    @property
    def request(self) -> Event | None:
        """The newest request to cancel."""
        return self._at(self._gist.request)

    @property
    def solved(self) -> Event | None:
        """The newest event that made a solution stand."""
        return self._at(self._gist.solved)

    @property
    def seller_acted(self) -> bool:
        """Whether the seller ever answered, conceded, settled or wrote."""
        return self._gist.seller_acted

    @property
    def seller_events(self) -> tuple[Event, ...]:
        """Whatever the seller answered, conceded, settled or wrote, oldest first."""
        return tuple(event for event in self if Party.SELLER in (event.party, event.sketch.speaker))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Event: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...

    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self._known[slice(*index.indices(self._count))])
        return self._known[range(self._count)[index]]

    def __iter__(self) -> Iterator[Event]:
        return islice(self._known, self._count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | History) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list: nobody looks one up by its events

    def __repr__(self) -> str:
        return f"History({self._known[: self._count]})"
