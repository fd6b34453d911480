"""Reading much from a ledger, page by page: the statement goes on where the last page ended."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from dispcli.core.exports import ExportedEvent, ExportedLine, ExportedMessage, ExportQuery
from dispcli.core.summaries import DisputeSummary
from dispcli.ledger import compiled as sql
from dispcli.ledger import dispute_rows
from dispcli.ledger.binds import LATEST, within
from dispcli.ledger.listing import Listing, Narrowed, Use
from dispcli.ledger.reader import Reader

T = TypeVar("T")

_A_PAGE = 200
"""Few enough rows to stay in the processor's cache until they are written."""


class Exports(Reader):
    """A ledger that is read from end to end. Pages are to be taken inside `reading()`, which sees one state.

    Memory doesn't grow with what is read. Taking a page raises LedgerTrouble if a row is damaged.
    """

    def all_lines(self, query: ExportQuery) -> Iterator[list[ExportedLine]]:
        """The lines of orders, in the order in which the orders were entered."""
        narrowed = _since(query)
        if query.where:
            from dispcli.ledger.where import order_uses

            narrowed = _also(narrowed, *order_uses(query.where))
        return self._pages(sql.EXPORTED_LINES, "entered", narrowed, _made(ExportedLine))

    def all_disputes(self, query: ExportQuery) -> Iterator[list[DisputeSummary]]:
        """The disputes as they stand, closed ones too, the oldest first."""
        narrowed = Narrowed([], {})
        if query.since is not None:
            narrowed = Narrowed(["updated"], within((query.since, query.since), LATEST))
        if query.where:
            from dispcli.ledger.where import dispute_uses

            narrowed = _also(narrowed, *dispute_uses(query.where))
        return self._pages(sql.DISPUTES, "oldest", narrowed, _made(DisputeSummary))

    def all_events(self, query: ExportQuery) -> Iterator[list[ExportedEvent]]:
        """The histories, one dispute after the other."""
        return self._pages(sql.EXPORTED_EVENTS, "entered", _since(query), _event)

    def all_messages(self, query: ExportQuery) -> Iterator[list[ExportedMessage]]:
        """What was said, one dispute after the other."""
        return self._pages(sql.EXPORTED_MESSAGES, "entered", _since(query), _made(ExportedMessage))

    def _pages(
        self, listing: Listing, sort: str, narrowed: Narrowed, make: Callable[[Sequence[Any]], T]
    ) -> Iterator[list[T]]:
        statement = listing.sql(narrowed.filters, sort, uses=narrowed.uses)
        cursor = self._connection.execute(statement, {**narrowed.binds, "limit": -1})
        while page := cursor.fetchmany(_A_PAGE):
            yield list(map(make, page))


def _made(record: type[T]) -> Callable[[Sequence[Any]], T]:
    """A row as a record of as many fields. Their `_make` would count them for each of a million rows."""
    make: Any = tuple.__new__
    return partial(make, record)


def _since(query: ExportQuery) -> Narrowed:
    return Narrowed([], {}) if query.since is None else Narrowed(["updated"], {"since": query.since})


def _also(narrowed: Narrowed, uses: Sequence[Use], binds: Mapping[str, Any]) -> Narrowed:
    return Narrowed(narrowed.filters, {**narrowed.binds, **binds}, uses)


def _event(row: Sequence[Any]) -> ExportedEvent:
    marketplace, number, *event = row
    return ExportedEvent(marketplace, number, dispute_rows.event_of(event))
