"""How a PayPal activity report writes days and amounts: it hangs on the account and is told nowhere."""

from collections.abc import Iterable

from dispcli.core.amount_style import decide_mark, marks_of
from dispcli.core.day_order import decide_order, orders_of
from dispcli.errors import BadInput
from dispcli.formats.source import Source
from dispcli.formats.tables import Row
from dispcli.namedtuples import NamedTuple

# What an amount tells hangs on its form, not on its digits; there are few forms in however many rows.
_ONES = str.maketrans("023456789", "111111111")


class Style(NamedTuple):
    """The order of day, month and year, and the decimal mark; None where nothing in the report tells it."""

    order: str | None
    mark: str | None


def decide_style(rows: Iterable[Row], day: str, gross: str, source: Source) -> Style:
    """The style of a report, told from all its rows, else from what the user said.

    `day` and `gross` are the columns' names. A cell that is no day or no amount at all tells nothing: it is a
    mistake of its row. Raises BadInput where the rows contradict each other or leave two readings of a day.
    """
    days: set[str] = set()
    forms: dict[str, str] = {}
    for row in rows:
        if (written := _text(row.values.get(day))) not in days and orders_of(written):
            days.add(written)
        amount = _text(row.values.get(gross))
        if (form := amount.translate(_ONES)) not in forms and marks_of(form):
            forms[form] = amount
    try:
        order = decide_order(sorted(days)) or source.asked.date_order
        mark = decide_mark(forms.values())
    except ValueError as problem:
        raise BadInput(f"{source.name}: {problem}; rows of several reports?") from None
    if order is None and days:
        raise BadInput(
            f"{source.name}: all its days can be read as day/month and as month/day; "
            "say which with --date-order dmy or --date-order mdy"
        )
    return Style(order, mark)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
