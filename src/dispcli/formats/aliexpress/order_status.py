"""How far an order is, from the Open Platform's words for its status and its end."""

from collections.abc import Sequence

from dispcli.core.orders import OrderStatus
from dispcli.policies import words_for

WORDS = words_for("aliexpress")

_FLAGS = ("IN_ISSUE", "IN_CANCEL")
"""They stand in place of a status and say nothing about how far the order is."""


def status_of(word: str | None, ends: Sequence[str | None] = ()) -> tuple[OrderStatus, str | None]:
    """The status with the platform's own word; `unknown` without a word where nothing is told.

    `ends` are the reasons for which the order, or each of its lines, ended: an order that is finished
    because all of it was cancelled or never paid is cancelled, not completed.
    """
    if word is None or word.upper() in _FLAGS:
        return OrderStatus.UNKNOWN, None
    status = WORDS.order_status(word)
    ended = [WORDS.order_status(end) for end in ends]
    if status is OrderStatus.COMPLETED and ended and set(ended) == {OrderStatus.CANCELLED}:
        return OrderStatus.CANCELLED, word
    return status, word
