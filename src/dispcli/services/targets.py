"""What ORDER on the command line means: exactly one dispute or one order, or an error that helps."""

import re
from typing import NamedTuple, TypeVar

from dispcli.core.disputes import Dispute
from dispcli.core.states import FINAL
from dispcli.errors import Ambiguous, NotFound, UsageProblem
from dispcli.ledger.ledger import Ledger, Named

_DISPUTE = re.compile(r"[Dd]([0-9]{1,15})", re.ASCII)
_MANY = 10
T = TypeVar("T")


class Target(NamedTuple):
    """An ORDER as typed, with what narrows it.

    `line` is the position in the order, counted from 1; `partial` lets a part of a number count, which
    is only right where a person sees what was found.
    """

    word: str
    line: int | None = None
    whole_order: bool = False
    partial: bool = False


class Place(NamedTuple):
    """An order, and the line of it that is meant (None: not said)."""

    order_id: int
    line_id: int | None = None


def find_dispute(ledger: Ledger, target: Target) -> int:
    """The one dispute that is meant. Raises NotFound or Ambiguous; never guesses."""
    if match := _DISPUTE.fullmatch(target.word):
        if ledger.dispute(int(match[1])) is None:
            raise NotFound(f"there is no dispute D{int(match[1])}", hint="see 'dispcli dispute list --all'")
        return int(match[1])
    known = ledger.disputes_known_as(target.word)
    if known:
        return _only(target, [f"D{id}" for id in known], known)
    place = find_place(ledger, target)
    disputes = _narrow(ledger, place, target)
    if not disputes:
        raise NotFound(
            f"order {target.word} has no such dispute",
            hint=f"to open one: dispcli dispute open {target.word} --reason REASON",
        )
    live = [dispute for dispute in disputes if dispute.state not in FINAL] or disputes
    return _only(target, [f"{d.name} ({d.state})" for d in live], [d.id for d in live])


def find_order(ledger: Ledger, target: Target) -> int:
    """The one order that is meant. Raises NotFound or Ambiguous."""
    return find_place(ledger, target).order_id


def find_place(ledger: Ledger, target: Target) -> Place:
    """The order that is meant, and its line where the word or `--line` names one."""
    if match := _DISPUTE.fullmatch(target.word):
        dispute = ledger.dispute(int(match[1]))
        if dispute is None:
            raise NotFound(f"there is no dispute D{int(match[1])}")
        return Place(dispute.order_id, dispute.line_id)
    orders = _orders(ledger, target)
    if not orders and (lines := ledger.lines_known_as(target.word)):
        return Place(*_only(target, [f"line {line}" for _, line in lines], lines))
    if not orders:
        raise NotFound(f"no order or dispute is known as {target.word!r}", hint="see 'dispcli orders list'")
    order_id = _only(target, [f"{o.marketplace}:{o.number}" for o in orders], [o.id for o in orders])
    return Place(order_id, _line_id(ledger, order_id, target.line) if target.line is not None else None)


def _orders(ledger: Ledger, target: Target) -> list[Named]:
    marketplace, colon, number = target.word.partition(":")
    if colon and (
        found := [o for o in ledger.orders_numbered(number) if o.marketplace == marketplace.lower()]
    ):
        return found
    if found := ledger.orders_numbered(target.word):
        return found
    if not target.partial or len(target.word) < 4 or ledger.lines_known_as(target.word):
        return []
    return ledger.orders_numbered_like(target.word, _MANY)


def _line_id(ledger: Ledger, order_id: int, position: int) -> int:
    order = ledger.order(order_id)
    lines = order.lines if order else ()
    found = next((line.id for line in lines if line.position == position), None)
    if found is None:
        raise NotFound(f"the order has {len(lines)} lines; there is no line {position}")
    return found


def _narrow(ledger: Ledger, place: Place, target: Target) -> list[Dispute]:
    if target.whole_order and place.line_id is not None:
        raise UsageProblem("--line and --whole-order exclude each other")
    disputes = [dispute for dispute in ledger.disputes_of(place.order_id) if dispute.replaced_by is None]
    if target.whole_order:
        return [dispute for dispute in disputes if dispute.line_id is None]
    if place.line_id is not None:
        return [dispute for dispute in disputes if dispute.line_id == place.line_id]
    return disputes


def _only(target: Target, names: list[str], found: list[T]) -> T:
    if len(found) == 1:
        return found[0]
    raise Ambiguous(
        f"{target.word} could be {len(found)} things: {', '.join(names[:_MANY])}",
        hint="name one of them exactly (MARKET:NUMBER, D12, --line N, --whole-order)",
    )
