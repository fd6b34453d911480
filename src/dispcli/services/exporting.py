"""What can be exported, read in one transaction and page by page."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.exports import ExportQuery
from dispcli.ledger.exports import Exports

_PAGES: Mapping[str, Callable[[Exports, ExportQuery], Iterator[list[Any]]]] = MappingProxyType(
    {
        "orders": Exports.all_lines,
        "disputes": Exports.all_disputes,
        "history": Exports.all_events,
        "messages": Exports.all_messages,
    }
)


def exported(ledger: Exports, what: str, query: ExportQuery) -> Iterator[list[Any]]:
    """The pages of `orders` (their lines), `disputes`, `history` (the events) or `messages`.

    The ledger is read for as long as pages are taken, and nobody can write to it meanwhile: so nobody's
    reading of the output may hold them up. Raises LedgerTrouble.
    """
    with ledger.reading():
        yield from _PAGES[what](ledger, query)
