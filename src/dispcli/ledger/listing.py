"""A compiled list: SQL text put together from closed parts, never from anything a user wrote."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dispcli.namedtuples import NamedTuple


class Use(NamedTuple):
    """One term of a list: any of these filters holds; or, negated, none does, where something is absent too.

    `number` is the term's alone. It ends the names of its binds, so that a filter can serve several terms.
    """

    filters: tuple[str, ...]
    number: int
    negated: bool = False

    def condition(self, known: Mapping[str, str]) -> str:
        """The term as SQL, made of the list's filters by name."""
        texts = [re.sub(r":(\w+)", rf":\1_{self.number:d}", known[name]) for name in self.filters]
        either = " OR ".join(f"({text})" for text in texts)
        return f"NOT coalesce(({either}), 0)" if self.negated else either

    def binds(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What its filters bind, under the term's own names."""
        return {f"{name}_{self.number:d}": value for name, value in values.items()}


class Listing(NamedTuple):
    """A base query, its filters by name, its sort orders by name with what continues after a row."""

    query: str
    filters: Mapping[str, str]
    sorts: Mapping[str, tuple[str, str]]

    def sql(self, filters: Iterable[str], sort: str, *, uses: Iterable[Use] = (), after: bool = False) -> str:
        """The list with these filters and terms, in this order; binds `:limit` (-1: all of it)."""
        order, further = self.sorts[sort]
        conditions = [self.filters[name] for name in filters]
        conditions += [use.condition(self.filters) for use in uses]
        if after:
            conditions.append(further)
        where = f" WHERE {' AND '.join(f'({condition})' for condition in conditions)}" if conditions else ""
        return f"{self.query}{where} ORDER BY {order} LIMIT :limit"


class Narrowed(NamedTuple):
    """What narrows a list: filters by name, the values they bind, and terms with theirs."""

    filters: Sequence[str]
    binds: Mapping[str, Any]
    uses: Sequence[Use] = ()
