"""How it went with sellers, for any number of them at once: a statement for each kind of fact."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dispcli.core.sellers import SellerRecord, Turn, answer_days
from dispcli.ledger import compiled as sql

Read = Callable[..., list[Any]]
"""Runs a statement with its binds."""


def read_records(
    read: Read, sellers: Collection[int], endings: Mapping[int, Mapping[str, int]]
) -> dict[int, SellerRecord]:
    """The record of each of these sellers; how disputes with them ended is known already."""
    ids = str(list(sellers))
    counted = {seller: counts for seller, *counts in read(sql.ORDERS_OF_SELLERS, sellers=ids)}
    turns = read(sql.TURNS_OF_SELLERS, sellers=ids)
    answers = answer_days(Turn(seller, dispute, at, bool(claim)) for seller, dispute, at, claim in turns)
    ratings = dict(read(sql.RATINGS_OF_SELLERS, sellers=ids))  # the oldest come first, so the newest stays
    found = {}
    for seller in sellers:
        orders, kept, late = counted.get(seller, (0, 0, 0))
        said = answers.get(seller, ())
        found[seller] = SellerRecord(orders, kept, late, endings[seller], said, ratings.get(seller))
    return found
