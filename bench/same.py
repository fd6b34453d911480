"""Looks before anything is timed whether the programs show the same, so that like is compared with like."""

import re

from bench import data
from bench.contest import SHOWN, Row
from bench.programs import Contender

_NUMBER = re.compile(rf"\b{str(data.FIRST_NUMBER)[:6]}[0-9]{{10}}\b")


def require_same_orders(row: Row) -> None:
    """The list's programs show the same orders in the same order. Raises RuntimeError."""
    shown = {who.name: _NUMBER.findall(who.run(row.way, 1).output) for who in _showing(row)}
    expected = shown[row.dispcli.name]
    if len(expected) != SHOWN or any(numbers != expected for numbers in shown.values()):
        told = ", ".join(f"{name}: {len(numbers)} from {numbers[:1]}" for name, numbers in shown.items())
        raise RuntimeError(f"{row.title}: not the same orders ({told})")


def require_same_dispute(row: Row) -> None:
    """All show the first dispute's state and amount, and who shows its order the right one.

    Raises RuntimeError.
    """
    amount = data.claimed(1)
    told = re.compile(rf"{amount.minor}|{amount.minor / 100:.2f}")
    for who in _showing(row):
        output = who.run(row.way, 1).output
        if "answered" not in output or not told.search(output):
            raise RuntimeError(f"{row.title}: {who.name} shows another dispute:\n{output}")
        if who.name != "sqlite-utils" and data.number(data.ORDERS_A_DISPUTE) not in output:
            raise RuntimeError(f"{row.title}: {who.name} shows another order:\n{output}")


def _showing(row: Row) -> list[Contender]:
    return [row.dispcli, row.others["b"], row.others["c"]]
