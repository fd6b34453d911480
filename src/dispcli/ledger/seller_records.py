"""How it went with sellers, for any number of them at once: a statement for each kind of fact."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from dispcli.core.lateness import ClockOf, kept_promise
from dispcli.core.sellers import SellerRecord, Turn, answer_days
from dispcli.ledger import compiled as sql

Read = Callable[..., list[Any]]
"""Runs a statement with its binds."""


def read_records(
    read: Read,
    sellers: Collection[int],
    endings: Mapping[int, Mapping[str, int]],
    clock_of: ClockOf,
    now: datetime,
) -> dict[int, SellerRecord]:
    """The record of each of these sellers; how disputes with them ended is known already."""
    ids = str(list(sellers))
    orders = dict(read(sql.ORDERS_OF_SELLERS, sellers=ids))
    promises = Counter(
        (seller, kept_promise(promised, delivered, clock_of(marketplace), now))
        for seller, marketplace, promised, delivered in read(sql.PROMISES_OF_SELLERS, sellers=ids)
    )
    turns = (Turn(*row) for row in read(sql.TURNS_OF_SELLERS, sellers=ids))
    answers = answer_days(turns, clock_of)
    ratings = dict(read(sql.RATINGS_OF_SELLERS, sellers=ids))  # the oldest come first, so the newest stays
    return {
        seller: SellerRecord(
            orders=orders.get(seller, 0),
            kept=promises[seller, True],
            late=promises[seller, False],
            endings=endings[seller],
            answers=answers.get(seller, ()),
            rating=ratings.get(seller),
        )
        for seller in sellers
    }
