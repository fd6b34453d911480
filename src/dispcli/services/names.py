"""Orders by name: a number, or MARKET:NUMBER where two marketplaces share one."""

from collections.abc import Sequence
from typing import TypeVar

from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.reader import Named, Reader

MANY = 10
"""How many candidates an error lists."""

T = TypeVar("T")


def orders_named(ledger: Reader, word: str) -> list[Named]:
    """The orders with exactly this name."""
    marketplace, colon, number = word.partition(":")
    named = ledger.orders_numbered(number) if colon else []
    found = [order for order in named if order.marketplace == marketplace.lower()]
    return found or ledger.orders_numbered(word)


def only_order(ledger: Reader, word: str) -> Named:
    """The one order with exactly this name. Raises NotFound or Ambiguous."""
    found = orders_named(ledger, word)
    if not found:
        raise NotFound(f"no order is known as {word!r}", hint="see 'dispcli orders list'")
    return only(word, [f"{order.marketplace}:{order.number}" for order in found], found)


def only(word: str, names: Sequence[str], found: Sequence[T]) -> T:
    """The one thing that was found. Raises Ambiguous with the candidates; never guesses."""
    if len(found) == 1:
        return found[0]
    raise Ambiguous(
        f"{word} could be {len(found)} things: {', '.join(names[:MANY])}",
        hint="name one of them exactly (MARKET:NUMBER, D12, --line N, --whole-order)",
    )
