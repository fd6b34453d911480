"""What tables are made of: columns of TEXT and INTEGER, and the checks they share."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, Computed, Text
from sqlmodel import Field


def text(**options: Any) -> Any:
    """A TEXT column."""
    return Field(sa_type=Text, **options)


def optional() -> Any:
    """A TEXT column that may be empty."""
    return Field(default=None, sa_type=Text)


def one_of(column: str, words: Iterable[str], *, optional: bool = False) -> CheckConstraint:
    """Only these words. Not as `IN`: SQLite would build a table of the words anew for every row it checks."""
    listed = " OR ".join(f"{column} = '{word}'" for word in words)
    absent = f"{column} IS NULL OR " if optional else ""
    return CheckConstraint(f"{absent}{listed}", name=f"{column}_known")


def money(minor: str, currency: str = "currency") -> CheckConstraint:
    """An amount and its currency come together."""
    rule = f"({minor} IS NULL) = ({currency} IS NULL) AND ({currency} IS NULL OR length({currency}) = 3)"
    return CheckConstraint(rule, name=f"{minor}_has_currency")


def sorted_as(sa_type: Any, expression: str) -> Any:
    """A computed column that a list sorts by, never NULL: a page could not go on after one."""
    return Field(sa_type=sa_type, sa_column_args=(Computed(expression, persisted=True),))


def counted_from_one(column: str = "id") -> CheckConstraint:
    """Ids are counted from 1."""
    return CheckConstraint(f"{column} > 0", name=f"{column}_positive")


STRICT: dict[str, Any] = {"sqlite_strict": True}
COUNTED = {**STRICT, "sqlite_autoincrement": True}
