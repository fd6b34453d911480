"""The agenda: what needs the buyer, read and put in order, with the commands that record it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from dispcli.core.agenda import AgendaQuery, Entry, Item, by_urgency, case_items, order_items
from dispcli.core.deadlines import NOTHING_BOUGHT, PRESS_BUTTON, PROTECTION_ENDS, has_arrived
from dispcli.core.disputes import Case, Dossier
from dispcli.core.orders import OrderStatus
from dispcli.core.reach import reach
from dispcli.core.states import Action
from dispcli.core.summaries import DisputeQuery
from dispcli.ledger.ledger import Ledger
from dispcli.policies import Policies

if TYPE_CHECKING:
    from dispcli.core.filters import Term

_BOUGHT = tuple(status for status in OrderStatus if status not in NOTHING_BOUGHT)


def agenda(
    ledger: Ledger, query: AgendaQuery, policies: Policies, now: datetime, where: "tuple[Term, ...]" = ()
) -> list[Item]:
    """What needs the buyer, the most urgent first. With terms: only the disputes they hold for.

    Raises BadInput for an own policy with mistakes, of a marketplace that something was bought on.
    """
    with ledger.reading():
        orders = ledger.orders_in_dispute()
        wanted = _matching(ledger, where) if where else None
        if wanted is None:
            rules = policies.of(ledger.marketplaces())
            orders |= ledger.orders_to_dispute(_BOUGHT, reach(rules, query.days, now))
        dossiers = ledger.dossiers(sorted(orders)) if orders else []
    items = (item for dossier in dossiers for item in _items(dossier, query, policies, now))
    return by_urgency(item for item in items if wanted is None or item.dispute in wanted)


def entries(items: Iterable[Item]) -> list[Entry]:
    """The items with their commands, for those who look at them."""
    from dispcli.services.steps import command

    return [_entry(item, command) for item in items]


def _matching(ledger: Ledger, where: "tuple[Term, ...]") -> set[str]:
    """The disputes that the terms hold for, among the open ones and those not yet seen on the site."""
    queries = (DisputeQuery(where=where), DisputeQuery(where=where, unseen=True))
    return {dispute.name for query in queries for dispute in ledger.disputes(query)}


def _items(dossier: Dossier, query: AgendaQuery, policies: Policies, now: datetime) -> Iterator[Item]:
    policy = policies.policy_for(dossier.order.marketplace)
    lines = dossier.undisputed
    if lines or not dossier.disputes:
        yield from order_items(dossier.order, lines, policy, query, now)
    for dispute in dossier.disputes.values():
        case = Case(dispute, dossier.order, dossier.histories[dispute.id])
        yield from case_items(case, policy, query, now)


def _entry(item: Item, command: Callable[[Action, str], str]) -> Entry:
    name = item.target
    if item.dispute is None:
        return Entry(item, _opening(item))
    if item.deadline.code == PRESS_BUTTON:
        return Entry(item, f"dispcli dispute done {name}")
    if Action.DECIDE in item.proposals:
        return Entry(item, *(f"dispcli dispute decide {name} {ruling}" for ruling in ("agreed", "rejected")))
    commands = [command(action, name) + _which(item, action) for action in item.proposals]
    return Entry(item, *(commands or [f"dispcli dispute show {name}"])[:2])


def _which(item: Item, action: Action) -> str:
    """What the command has to say besides: what came, where that isn't what is owed."""
    return f" --kind {item.kind}" if item.kind and action is Action.RECEIVE else ""


def _opening(item: Item) -> str:
    """The command that opens a dispute about what has none: of an order in dispute, about the next line."""
    from shlex import quote  # numbers come from files, and what is shown here is copied into a shell

    late = item.order.promised is not None and not has_arrived(item.order)
    never_came = item.deadline.code == PROTECTION_ENDS or late
    which = ""
    if item.part:
        which = f" --line {item.part[0].position}"
    elif len(item.lines) > 1 and never_came:
        which = " --whole-order"
    reason = "not-received" if never_came else "REASON"
    return f"dispcli dispute open {quote(item.target)}{which} --reason {reason}"
