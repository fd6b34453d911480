"""The status that a row of a mapped table tells, by the mapping's words and by the platform's."""

import re
from collections.abc import Callable
from fnmatch import translate
from functools import lru_cache
from typing import Any

from dispcli.core.orders import OrderStatus
from dispcli.core.words import Words
from dispcli.formats.mapped.cells import text_of
from dispcli.formats.mapped.mapping import Override, TableMapping
from dispcli.namedtuples import NamedTuple
from dispcli.policies import words_for


class Statuses:
    """Reads statuses as one mapping has them."""

    def __init__(self, mapping: TableMapping) -> None:
        self._words = mapping.words
        self._overrides = tuple(map(_override, mapping.overrides))
        self._words_of: dict[str, Words] = {}

    def read(
        self, values: dict[str, Any], marketplace: str, word: str | None, raw: str | None
    ) -> tuple[OrderStatus, str | None]:
        """Our status and the platform's own word for it, which is `raw`, in a column of its own or not.

        Another column may overrule the status' own word. Raises ValueError.
        """
        for column, status_of in self._overrides:
            cell = text_of(values, column)
            if cell and (overruling := status_of(cell)):
                return overruling, raw
        if word is None:
            return OrderStatus.UNKNOWN, raw
        status = self._words.get(word.casefold()) or self._of(marketplace).order_status(word)
        if status is OrderStatus.UNKNOWN and word != OrderStatus.UNKNOWN:
            raw = raw or word
        return status, raw

    def _of(self, marketplace: str) -> Words:
        if marketplace not in self._words_of:
            self._words_of[marketplace] = words_for(marketplace)
        return self._words_of[marketplace]


class _Overruling(NamedTuple):
    column: str
    status_of: Callable[[str], OrderStatus | None]


def _override(told: Override) -> _Overruling:
    patterns = [(re.compile(translate(word)), status) for word, status in told.words.items()]

    @lru_cache(1024)
    def status_of(word: str) -> OrderStatus | None:
        folded = word.casefold()
        return next((status for pattern, status in patterns if pattern.fullmatch(folded)), None)

    return _Overruling(told.column, status_of)
