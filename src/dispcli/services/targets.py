"""What ORDER on the command line means: exactly one dispute or one order, or an error that helps."""

from collections.abc import Callable

from dispcli.core.disputes import Dispute
from dispcli.core.states import FINAL
from dispcli.errors import NotFound, UsageProblem
from dispcli.ledger.reader import Named, Reader
from dispcli.namedtuples import NamedTuple
from dispcli.services.caseload import Caseload
from dispcli.services.names import MANY, dispute_number, only, orders_named


class Target(NamedTuple):
    """An ORDER as typed, with what narrows it.

    `line` is the position in the order, counted from 1; `partial` lets a part of a number count, which
    is only right where a person sees what was found.
    """

    word: str
    line: int | None = None
    whole_order: bool = False
    partial: bool = False


class Targets(NamedTuple):
    """Everything that is meant; `still` looks a filter up again, once nothing can change any more."""

    found: list[Target]
    still: Callable[[Reader], list[str]] | None = None


def still_meant(ledger: Reader, targets: Targets) -> list[Target]:
    """The targets, less those that a filter named and doesn't find any more. Under the lock."""
    if targets.still is None:
        return targets.found
    names = set(targets.still(ledger))
    return [target for target in targets.found if target.word in names]


class Goods(NamedTuple):
    """An order, and the line of it that is meant (None: not said)."""

    order_id: int
    line_id: int | None = None


def find_dispute(caseload: Caseload, target: Target) -> int:
    """The one dispute that is meant. Raises NotFound or Ambiguous; never guesses."""
    if (number := dispute_number(target.word)) is not None:
        if target.line is not None or target.whole_order:
            raise UsageProblem(
                f"{target.word} is one dispute already; --line and --whole-order don't go with it"
            )
        if caseload.dispute(number) is None:
            raise NotFound(f"there is no dispute D{number}", hint="see 'dispcli dispute list --all'")
        return number
    known = caseload.disputes_known_as(target.word)
    if known:
        numbered = orders_named(caseload, target.word)
        meanings = [*((f"D{id}", id) for id in known), *((f"order {named.name}", 0) for named in numbered)]
        meant = only(target.word, meanings, lambda meaning: meaning[0])[1]
        dispute = caseload.dispute(meant)
        if dispute and target.whole_order and dispute.line_id is not None:
            raise UsageProblem(f"{target.word} is about a line; --whole-order doesn't go with it")
        if dispute:
            _require_line(caseload, target, Goods(dispute.order_id, dispute.line_id))
        return meant
    disputes = _narrow(caseload, _find_ordered(caseload, target), target)
    if not disputes:
        raise NotFound(
            f"order {target.word} has no dispute{_about(target)}",
            hint=f"to open one: dispcli dispute open {target.word} --reason REASON",
        )
    live = [dispute for dispute in disputes if dispute.state not in FINAL] or disputes
    return only(target.word, live, lambda dispute: f"{dispute.name} ({dispute.state})").id


def find_goods(caseload: Caseload, target: Target) -> Goods:
    """The order that is meant, and its line where the word or `--line` names one."""
    if (number := dispute_number(target.word)) is not None:
        dispute = caseload.dispute(number)
        if dispute is None:
            raise NotFound(f"there is no dispute D{number}")
        return _require_line(caseload, target, Goods(dispute.order_id, dispute.line_id))
    return _find_ordered(caseload, target)


def _find_ordered(caseload: Caseload, target: Target) -> Goods:
    """The same for a word that is no dispute id."""
    orders = _orders(caseload, target)
    if not orders and (lines := caseload.lines_known_as(target.word)):
        goods = Goods(*only(target.word, lines, lambda found: f"line {found[1]}"))
        return _require_line(caseload, target, goods)
    if not orders:
        raise NotFound(f"no order or dispute is known as {target.word!r}", hint="see 'dispcli orders list'")
    order_id = only(target.word, orders, lambda order: order.name).id
    return Goods(order_id, _line_id(caseload, order_id, target.line) if target.line is not None else None)


def _about(target: Target) -> str:
    if target.line is not None:
        return f" about line {target.line}"
    return " about the whole order" if target.whole_order else ""


def _require_line(caseload: Caseload, target: Target, goods: Goods) -> Goods:
    """What a word names that is more exact than an order. Raises UsageProblem where `line` is another."""
    if target.line is not None and _line_id(caseload, goods.order_id, target.line) != goods.line_id:
        raise UsageProblem(f"{target.word} is not about line {target.line}")
    return goods


def _orders(caseload: Caseload, target: Target) -> list[Named]:
    if found := orders_named(caseload, target.word):
        return found
    if not target.partial or len(target.word) < 4 or caseload.lines_known_as(target.word):
        return []
    return caseload.orders_numbered_like(target.word, MANY)


def _line_id(caseload: Caseload, order_id: int, position: int) -> int:
    order = caseload.order(order_id)
    lines = order.lines if order else ()
    found = next((line.id for line in lines if line.position == position), None)
    if found is None:
        raise NotFound(f"the order has {len(lines)} lines; there is no line {position}")
    return found


def _narrow(caseload: Caseload, goods: Goods, target: Target) -> list[Dispute]:
    if target.whole_order and goods.line_id is not None:
        raise UsageProblem("--line and --whole-order exclude each other")
    disputes = [dispute for dispute in caseload.disputes_of(goods.order_id) if dispute.replaced_by is None]
    if target.whole_order:
        return [dispute for dispute in disputes if dispute.line_id is None]
    if goods.line_id is not None:
        return [dispute for dispute in disputes if dispute.line_id == goods.line_id]
    return disputes
