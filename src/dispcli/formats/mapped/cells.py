"""Single cells of any table, as text: what no text, id or number can be is refused with a sentence."""

import re
from decimal import Decimal
from typing import Any

from dispcli.core.order_numbers import LONGEST, is_id, require_order_number
from dispcli.formats.tables import Unreadable
from dispcli.formats.values import optional

_ROUNDED = re.compile(
    r"-?[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2}|-?[0-9][.,][0-9]+[eE][0-9]{2}|[0-9]{6,}\.0+", re.ASCII
)
_DIGITS_OF_A_FLOAT = 15


def text_of(values: dict[str, Any], column: str) -> str | None:
    """The cell as text without blanks around it; None for an empty one. Raises ValueError."""
    value = values.get(column)
    if value is None or type(value) is str:
        return optional(values, column) if value else None
    if type(value) is int:
        return str(value)
    if type(value) is float:
        value = _fraction(column, value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Unreadable):
        raise ValueError(f"{column}: {value.why}")
    raise ValueError(f"{column} is not text")


def _fraction(column: str, value: float) -> Decimal:
    """A fraction of JSON as it was written; the parser has it as a float, which is true to 15 digits."""
    shown = repr(value)
    if "e" in shown or sum(map(str.isdigit, shown)) > _DIGITS_OF_A_FLOAT:
        raise ValueError(f"{column}: the number {shown} may be rounded; write it as text")
    return Decimal(shown.removesuffix(".0"))


def id_of(values: dict[str, Any], column: str) -> str | None:
    """An id. Raises ValueError for one that a spreadsheet has rounded (`8.2E+15`), or with blanks."""
    text = text_of(values, column)
    if text is None or (text.isdecimal() and text.isascii() and len(text) <= LONGEST):
        return text
    require_unrounded(text, column)
    if not is_id(text):
        raise ValueError(
            f"{column} {text[:40]!r} is not an id: it has blanks, or more than {LONGEST} characters"
        )
    return text


def require_unrounded(text: str, column: str) -> None:
    """Raises ValueError for a number that has lost digits in a spreadsheet."""
    if _ROUNDED.fullmatch(text):
        raise ValueError(
            f"{column} {text!r} was rounded by a spreadsheet; export the file again with ids as text"
        )


def order_number(text: str | None, column: str, marketplace: str) -> str:
    """An order's number. Raises ValueError."""
    if text is None:
        raise ValueError(f"{column} is missing")
    require_order_number(text, marketplace)
    return text
