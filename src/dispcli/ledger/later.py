"""Lines of orders that few decisions look at: fetched once one does, for all orders loaded together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from dispcli.core.orders import Line


class Later(Sequence[Line]):
    """The lines of one order, fetched at the first look; equal to what they turn out to be."""

    __slots__ = ("_fetch", "_order_id")

    def __init__(self, fetch: Callable[[], Mapping[int, tuple[Line, ...]]], order_id: int) -> None:
        self._fetch = fetch
        self._order_id = order_id

    def _lines(self) -> tuple[Line, ...]:
        return self._fetch().get(self._order_id, ())

    def __len__(self) -> int:
        return len(self._lines())

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...

    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        return self._lines()[index]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines())

    def __eq__(self, other: object) -> bool:
        return self._lines() == (other._lines() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._lines())
