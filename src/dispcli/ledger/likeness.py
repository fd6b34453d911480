"""Whether an order stands in the ledger just as a file tells it, told from the rows themselves.

Most of what is imported again is known already. Making values of it first would take longer than to compare.
"""

from collections.abc import Sequence

from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.ledger.rows import Row


def is_known_so(row: Row, lines: Sequence[Row], told: NewOrder) -> bool:
    """Whether a row of ORDERS_WHOLE and its lines of LINES_OF_ORDERS say what is told, whatever their age.

    A file doesn't tell what an order is linked to.
    """
    total = told.total
    placed, status, raw, currency, minor, shipped, delivered, protection_ends = row[3:11]
    return (
        len(lines) == len(told.lines)
        and all(map(_is_known_line, lines, told.lines))
        and (placed, status, raw) == (told.placed, told.status, told.status_raw)
        and (currency, minor) == ((total.currency, total.minor) if total else (None, None))
        and (shipped, delivered, protection_ends) == (told.shipped, told.delivered, told.protection_ends)
        and row[12] == told.placed_exact
        and tuple(row[16:19]) == (told.seller_name, told.store_id, told.store_url)
    )


def _is_known_line(row: Row, told: NewLine) -> bool:
    price = told.unit_price
    return (
        (row[2], row[3]) == (told.title, told.quantity)
        and (row[4], row[5]) == ((price.minor, price.currency) if price else (None, None))
        and tuple(row[6:]) == told[3:]
    )
