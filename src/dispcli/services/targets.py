"""What ORDER on the command line means: exactly one dispute or one order, or an error that helps."""

from collections.abc import Sequence
from typing import NamedTuple

from dispcli.core.disputes import Dispute
from dispcli.core.states import FINAL
from dispcli.errors import NotFound, UsageProblem
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.reader import Named
from dispcli.services.names import MANY, only, orders_named


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


def dispute_number(word: str) -> int | None:
    """12 for `D12`; None for a word that is no dispute id."""
    digits = word[1:]
    known = word[:1] in "Dd" and digits.isascii() and digits.isdigit() and len(digits) <= 15
    return int(digits) if known else None


def find_dispute(ledger: Ledger, target: Target) -> int:
    """The one dispute that is meant. Raises NotFound or Ambiguous; never guesses."""
    if (number := dispute_number(target.word)) is not None:
        if target.line is not None or target.whole_order:
            raise UsageProblem(
                f"{target.word} is one dispute already; --line and --whole-order don't go with it"
            )
        if ledger.dispute(number) is None:
            raise NotFound(f"there is no dispute D{number}", hint="see 'dispcli dispute list --all'")
        return number
    known = ledger.disputes_known_as(target.word)
    if known:
        numbered = [
            f"order {order.marketplace}:{order.number}" for order in orders_named(ledger, target.word)
        ]
        return only(target.word, [*(f"D{id}" for id in known), *numbered], [*known, *(0 for _ in numbered)])
    place = find_place(ledger, target)
    disputes = _narrow(ledger, place, target)
    if not disputes:
        raise NotFound(
            f"order {target.word} has no such dispute",
            hint=f"to open one: dispcli dispute open {target.word} --reason REASON",
        )
    live = [dispute for dispute in disputes if dispute.state not in FINAL] or disputes
    return only(target.word, [f"{d.name} ({d.state})" for d in live], [d.id for d in live])


def find_disputes(ledger: Ledger, targets: Sequence[Target]) -> list[int]:
    """The disputes that are meant, each once. Raises NotFound or Ambiguous."""
    with ledger.reading():
        found = [find_dispute(ledger, target) for target in targets]
    return list(dict.fromkeys(found))


def find_order(ledger: Ledger, target: Target) -> int:
    """The one order that is meant. Raises NotFound or Ambiguous."""
    return find_place(ledger, target).order_id


def find_place(ledger: Ledger, target: Target) -> Place:
    """The order that is meant, and its line where the word or `--line` names one."""
    if (number := dispute_number(target.word)) is not None:
        dispute = ledger.dispute(number)
        if dispute is None:
            raise NotFound(f"there is no dispute D{number}")
        return Place(dispute.order_id, dispute.line_id)
    orders = _orders(ledger, target)
    if not orders and (lines := ledger.lines_known_as(target.word)):
        return Place(*only(target.word, [f"line {line}" for _, line in lines], lines))
    if not orders:
        raise NotFound(f"no order or dispute is known as {target.word!r}", hint="see 'dispcli orders list'")
    order_id = only(target.word, [f"{o.marketplace}:{o.number}" for o in orders], [o.id for o in orders])
    return Place(order_id, _line_id(ledger, order_id, target.line) if target.line is not None else None)


def _orders(ledger: Ledger, target: Target) -> list[Named]:
    if found := orders_named(ledger, target.word):
        return found
    if not target.partial or len(target.word) < 4 or ledger.lines_known_as(target.word):
        return []
    return ledger.orders_numbered_like(target.word, MANY)


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
