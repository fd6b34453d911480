"""A marketplace's words from TOML's values, with every mistake reported at once."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.orders import OrderStatus
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.states import Outcome, State
from dispcli.core.toml_reading import Mistakes, TableReader
from dispcli.core.words import Standing, Words


def parse_words(data: Mapping[str, Any]) -> Words:
    """Words from TOML's values. Raises Mistakes naming every mistake at once.

    `[orders]` and `[claims]` list the platform's words under ours; each table of `[disputes]` is a vocabulary
    that lists, for a word of the platform, our states: `resolved:refunded` has its outcome.
    """
    mistakes: list[str] = []
    root = TableReader(data, "", mistakes)
    words = Words(
        orders=MappingProxyType(
            {word: OrderStatus(status) for word, status in _listed(root, "orders", OrderStatus).items()}
        ),
        disputes=MappingProxyType(root.tables("disputes", _vocabulary)),
        claims=MappingProxyType(_listed(root, "claims", CLAIM_REASONS)),
    )
    root.close()
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return words


def _listed(root: TableReader, key: str, ours: Iterable[str]) -> dict[str, str]:
    """The platform's words, each with the word of ours it is listed under."""
    found: dict[str, str] = {}
    table = TableReader(root.take(key, dict, {}) or {}, f"{key}.", root.mistakes)
    known = tuple(map(str, ours))
    for own in list(table.data):
        spellings = table.texts(own)
        if own not in known:
            table.mistakes.append(f"{key}.{own}: unknown (known: {', '.join(known)})")
        for word in spellings:
            if word.casefold() in found:
                table.mistakes.append(f"{key}.{own}: {word!r} stands twice")
            elif own in known:
                found[word.casefold()] = own
    return found


def _vocabulary(_name: str, table: TableReader) -> Mapping[str, tuple[Standing, ...]]:
    found: dict[str, tuple[Standing, ...]] = {}
    for word in list(table.data):
        if word.casefold() in found:
            table.mistakes.append(f"{table.where}{word}: stands twice")
        standings = [_standing(text, f"{table.where}{word}", table) for text in table.texts(word)]
        found[word.casefold()] = tuple(standing for standing in standings if standing)
        if not standings:
            table.mistakes.append(f"{table.where}{word}: no state")
    return MappingProxyType(found)


def _standing(text: str, where: str, table: TableReader) -> Standing | None:
    state, colon, outcome = text.partition(":")
    if state not in tuple(State) or state == State.CANCEL_REQUESTED:
        table.mistakes.append(f"{where}: no platform shows a state {state!r}")
        return None
    if colon and (state != State.RESOLVED or outcome not in tuple(Outcome)):
        table.mistakes.append(f"{where}: {text!r} has no such outcome (known: {', '.join(Outcome)})")
        return None
    return Standing(State(state), Outcome(outcome) if colon else None)
