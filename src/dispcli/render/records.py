"""A seller's record, and how the money stands, in a few words for a person."""

from collections.abc import Callable, Sequence

from dispcli.core.money import Money
from dispcli.core.sellers import SellerRecord
from dispcli.core.stakes import Balance
from dispcli.core.states import FINAL, State


def record_rows(record: SellerRecord) -> list[tuple[str, str]]:
    """What is known, as (name, words); what is not known is left out."""
    rows = [("disputes", f"{record.disputes}: {told_endings(record)}" if record.disputes else "none")]
    if record.refund_share is not None:
        rows.append(("refunds", f"{record.refund_share} % of those that were fought to a known end"))
    if record.answer_days is not None:
        within = f"within {_counted(record.answer_days, 'day')}" if record.answer_days else "on the same day"
        rows.append(("answers", f"half of them {within}"))
    if record.promised:
        rows.append(("late", f"{record.late} of {_counted(record.promised, 'order')} due"))
    if record.rating is not None:
        rows.append(("rated", f"{record.rating} of 5"))
    return rows


def told_endings(record: SellerRecord) -> str:
    """`2 open, 1 cancelled, 1 partly refunded`: the open ones first, the others as they are most often."""
    live = [state for state in State if state not in FINAL]
    ended = sorted(
        ((-count, ending) for ending, count in record.endings.items() if ending not in live and count)
    )
    told = [f"{record.open} open"] if record.open else []
    told += [f"{-count} {'ended unknown' if e == 'unknown' else e.replace('_', ' ')}" for count, e in ended]
    return ", ".join(told)


def _counted(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else f'{one}s'}"


_NET = "so far"
_BALANCES: tuple[tuple[str, Callable[[Balance], int]], ...] = (
    ("paid for the goods", lambda balance: -balance.paid),
    ("received back", lambda balance: balance.received),
    ("given to your customer", lambda balance: -balance.given),
    (_NET, lambda balance: balance.net),
    ("still open", lambda balance: balance.owed),
)


def balance_rows(balances: Sequence[Balance]) -> list[tuple[str, str]]:
    """How the money stands, as (name, amounts): below zero what went out, currencies side by side."""
    moved = any(balance.received or balance.given for balance in balances)
    rows = []
    for name, get in _BALANCES:
        if name == _NET and not moved:
            continue
        amounts = [Money(get(balance), balance.currency) for balance in balances if get(balance)]
        if amounts:
            rows.append((name, " · ".join(map(str, amounts))))
    return rows
