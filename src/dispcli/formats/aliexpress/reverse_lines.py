"""What the buyer's refund list and the seller centre's dispute list have in common: one row a dispute."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dispcli.core.facts import Claim
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.told import Sight, Told, ToldDispute
from dispcli.formats.aliexpress.ids import aliases, also_known_as, order_number
from dispcli.formats.aliexpress.order_status import WORDS
from dispcli.formats.aliexpress.times import newest
from dispcli.formats.source import Entry, Mistake
from dispcli.formats.values import digits, optional, quantity, required, web_address
from dispcli.namedtuples import NamedTuple

MARKETPLACE = "aliexpress"


class Times(NamedTuple):
    """When the dispute was opened and last changed, and its order placed; None where it isn't told.

    `estimated`: the change may have been an hour earlier.
    """

    opened: str | None
    changed: str | None
    placed: str | None
    estimated: bool = False


class Seller(NamedTuple):
    """The shop, as far as it is told."""

    name: str | None
    store_id: str | None
    url: str | None


UNTOLD = Seller(None, None, None)
"""A list that a seller sees doesn't say whose it is."""


def told_of(
    row: Mapping[str, Any],
    vocabulary: str,
    times: Times,
    seller: Seller = UNTOLD,
    unit_price: Money | None = None,
) -> tuple[Told, ...]:
    """The order, as far as the row tells it, and its dispute. Raises ValueError with a sentence.

    The dispute's id is that of the reverse line: one reverse order can hold several disputes. The day
    of the order is assumed to be the dispute's own where no other is told. A list says neither the reason
    nor the amount that is claimed.
    """
    if times.opened is None:
        raise ValueError("gmtCreate is missing")
    number = order_number(row, "tradeOrderId")
    reverse_order = digits(row, "reverseOrderId")
    platform_id = digits(row, "reverseOrderLineId") or reverse_order
    if platform_id is None:
        raise ValueError("reverseOrderLineId is missing")
    others = aliases(platform_id, (reverse_order,))
    line = _line(row, unit_price)
    seen_at = newest(times.opened, times.changed)
    word = required(row, "reverseStatus")
    order = NewOrder(
        marketplace=MARKETPLACE,
        number=number,
        placed=times.placed or times.opened[:10],
        placed_exact=times.placed is not None,
        status=OrderStatus.UNKNOWN,
        status_raw=None,
        seen_at=seen_at,
        seller_name=seller.name,
        store_id=seller.store_id,
        store_url=seller.url,
        lines=(line,) if line else (),
    )
    dispute = ToldDispute(
        marketplace=MARKETPLACE,
        order=number,
        platform_id=platform_id,
        claim=Claim("other", "refund", reason_raw=optional(row, "reverseType")),
        opened=times.opened,
        sight=Sight(word, WORDS.standings(vocabulary, word)),
        seen_at=seen_at,
        line=line,
        note=also_known_as(others),
        aliases=others,
        estimated=times.estimated and seen_at == times.changed,
    )
    return (order, dispute)


def oldest_first(entries: Iterable[Entry | Mistake]) -> Iterator[Entry | Mistake]:
    """The same in the order of opening: of a line's disputes only the last one can still be open."""
    found = list(entries)
    opened = {
        one.item: one.told.opened
        for one in found
        if isinstance(one, Entry) and isinstance(one.told, ToldDispute)
    }
    return iter(sorted(found, key=lambda one: opened.get(one.item, "")))


def item_of(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The goods: the seller's list has them twice, the buyer's under another name."""
    found = row.get("item") or row.get("aeItemDTO") or {}
    if not isinstance(found, dict):
        raise ValueError("item is not an object")
    return found


def _line(row: Mapping[str, Any], unit_price: Money | None) -> NewLine | None:
    """The line the dispute is about; None, the whole order, where no line is named."""
    line_id = digits(row, "tradeOrderLineId")
    if line_id is None:
        return None
    item = item_of(row)
    return NewLine(
        title=optional(item, "itemTitle") or f"line {line_id}",
        quantity=quantity(optional(item, "itemCount") or "1"),
        unit_price=unit_price,
        platform_id=line_id,
        product_id=digits(item, "itemId"),
        url=web_address(item, "itemDetailUrl"),
    )
