"""Conditions of a kind that several lists narrow by: a stretch of time, a range of amounts, a text."""

from typing import Any

from sqlalchemy import and_, func, literal_column, or_
from sqlmodel import col

from dispcli.ledger.statements.parts import number, text


def is_day(moment: Any) -> Any:
    """Whether a stored moment is a day without a time."""
    return func.length(moment) == literal_column("10")


def within(moment: Any) -> Any:
    """From `since` until just before `until`; rows that only know their day are compared by day.

    `since` is the lower of its day and its instant, `until` the higher one, so that an index serves.
    """
    by_day = and_(is_day(moment), moment >= text("since_day"), moment < text("until_day"))
    by_instant = and_(
        func.length(moment) > literal_column("10"),
        moment >= text("since_instant"),
        moment < text("until_instant"),
    )
    return and_(moment >= text("since"), moment < text("until"), or_(by_day, by_instant))


def amounts(model: Any, minor: Any) -> Any:
    """From `least` to `most` minor units of one currency, by the columns an index has; `minor` is known."""
    return and_(
        col(model.sort_currency) == text("currency"),
        col(model.sort_minor) >= number("least"),
        col(model.sort_minor) <= number("most"),
        col(minor).is_not(None),
    )


def unindexed(operand: Any) -> Any:
    """The text, by no index: where nearly all rows have it, reading in order and stopping early is faster."""
    return col(operand).op("||")(literal_column("''"))
