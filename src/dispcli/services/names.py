"""Orders by name: a number, or MARKET:NUMBER where two marketplaces share one."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from dispcli.errors import Ambiguous, NotFound
from dispcli.ledger.reader import Named

MANY = 10
"""How many candidates an error lists."""

T = TypeVar("T")


class Numbers(Protocol):
    """Whatever finds orders by their number."""

    def orders_numbered(self, number: str, /) -> list[Named]:
        """The orders with exactly this number, on any marketplace."""


def dispute_number(word: str) -> int | None:
    """12 for `D12`; None for a word that is no dispute id."""
    return _number("D", word)


def seller_number(word: str) -> int | None:
    """3 for `S3`; None for a word that is no seller's id."""
    return _number("S", word)


def _number(letter: str, word: str) -> int | None:
    digits = word[1:]
    known = word[:1] in (letter, letter.lower()) and digits.isascii() and digits.isdigit()
    return int(digits) if known and len(digits) <= 15 else None


def orders_named(numbers: Numbers, word: str) -> list[Named]:
    """The orders with exactly this name."""
    marketplace, colon, number = word.partition(":")
    named = numbers.orders_numbered(number) if colon else []
    found = [order for order in named if order.marketplace == marketplace.lower()]
    return found or numbers.orders_numbered(word)


def only_order(numbers: Numbers, word: str) -> Named:
    """The one order with exactly this name. Raises NotFound or Ambiguous."""
    found = orders_named(numbers, word)
    if not found:
        raise NotFound(f"no order is known as {word!r}", hint="see 'dispcli orders list'")
    return only(word, found, lambda order: order.name)


def only(word: str, found: Sequence[T], told: Callable[[T], str]) -> T:
    """The one thing that was found. Raises Ambiguous with the candidates; never guesses."""
    if len(found) == 1:
        return found[0]
    raise Ambiguous(
        f"{word} could be {len(found)} things: {', '.join(map(told, found[:MANY]))}",
        hint="name one of them exactly (MARKET:NUMBER, D12, --line N, --whole-order)",
    )
