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
    placed, status, raw, currency, minor, *rest = row[3:14]
    protection = [told.protection_ends, told.protection_basis]
    return (
        len(lines) == len(told.lines)
        and all(map(_is_known_line, lines, told.lines))
        and (placed, status, raw) == (told.placed, told.status, told.status_raw)
        and (currency, minor) == ((total.currency, total.minor) if total else (None, None))
        and rest == [told.shipped, told.promised, told.delivered, *protection, told.tracking]
        and row[15] == told.placed_exact
        and tuple(row[19:22]) == (told.seller_name, told.store_id, told.store_url)
    )


def _is_known_line(row: Row, told: NewLine) -> bool:
    price = told.unit_price
    return (
        (row[2], row[3]) == (told.title, told.quantity)
        and (row[4], row[5]) == ((price.minor, price.currency) if price else (None, None))
        and tuple(row[6:]) == told[3:]
    )
