"""A compiled list: SQL text put together from closed parts, never from anything a user wrote."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Listing(NamedTuple):
    """A base query, its filters by name, its sort orders by name with what continues after a row."""

    query: str
    filters: Mapping[str, str]
    sorts: Mapping[str, tuple[str, str]]

    def sql(self, filters: Iterable[str], sort: str, *, after: bool = False) -> str:
        """The list with these filters and this order; binds `:limit` (-1: all of it)."""
        order, further = self.sorts[sort]
        conditions = [self.filters[name] for name in filters]
        if after:
            conditions.append(further)
        where = f" WHERE {' AND '.join(f'({condition})' for condition in conditions)}" if conditions else ""
        return f"{self.query}{where} ORDER BY {order} LIMIT :limit"
