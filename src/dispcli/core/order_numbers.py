"""What an order's number can be, whoever tells it: a person, or a file."""

import re

LONGEST = 128
_ALIEXPRESS = "[0-9]{6,32}"
_ID = rf"[^\s\x00-\x1f\x7f]{{1,{LONGEST}}}"


def is_id(text: str) -> bool:
    """Whether it can be a platform's id: in one piece, and no longer than any is."""
    return re.fullmatch(_ID, text) is not None


def require_order_number(number: str, marketplace: str) -> None:
    """Raises ValueError for what numbers no order of the marketplace; AliExpress' are 6 to 32 digits."""
    if marketplace == "aliexpress" and not re.fullmatch(_ALIEXPRESS, number, re.ASCII):
        raise ValueError(f"order number {number[:40]!r} is not a number of 6 to 32 digits")
    if not is_id(number):
        raise ValueError(f"order number {number[:40]!r} has blanks, or more than {LONGEST} characters")
