"""What statements are made of: binds, lists, the one construct for lists of values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Table, Text, func, insert, literal_column, or_
from sqlalchemy import bindparam as _bindparam
from sqlalchemy.ext.compiler import compiles
from sqlmodel import col
from sqlmodel import select as _typed_select

from dispcli.ledger.models import Sellers
from dispcli.namedtuples import NamedTuple

select: Callable[..., Any] = _typed_select
"""SQLModel types select() for up to four columns only; what comes out is compiled, never run."""


class among(ColumnElement[bool]):  # noqa: N801  (reads as SQL where it is used)
    """`column IN (each value of a JSON array bound to one parameter)`."""

    inherit_cache = True

    def __init__(self, operand: Any, parameter: str) -> None:
        self.operand = operand
        self.parameter = text(parameter)


@compiles(among, "sqlite")
def _among_on_sqlite(element: among, compiler: Any, **kw: Any) -> str:
    operand = compiler.process(element.operand, **kw)
    values = compiler.process(element.parameter, **kw)
    return f"{operand} IN (SELECT value FROM json_each({values}))"  # noqa: S608  (compiled, not user text)


class value_for(ColumnElement[str]):  # noqa: N801  (reads as SQL where it is used)
    """The value that a JSON object bound to one parameter has for a key; NULL where it has none."""

    inherit_cache = True

    def __init__(self, key: Any, parameter: str) -> None:
        self.key = key
        self.parameter = text(parameter)


@compiles(value_for, "sqlite")
def _value_for_on_sqlite(element: value_for, compiler: Any, **kw: Any) -> str:
    key = compiler.process(element.key, **kw)
    values = compiler.process(element.parameter, **kw)
    return f"(SELECT value FROM json_each({values}) WHERE key = {key})"  # noqa: S608  (compiled, not user text)


class Listing(NamedTuple):
    """A list: its base query, its filters, and its sort orders with the condition for the next page."""

    query: Any
    filters: Mapping[str, Any]
    sorts: Mapping[str, tuple[tuple[Any, ...], Any]]


class Positional(NamedTuple):
    """A statement for very many rows: its binds go by place, which the driver finds faster than names."""

    statement: Any


def text(name: str) -> Any:
    """A named bind for a text."""
    return _bindparam(name, type_=Text)


def number(name: str) -> Any:
    """A named bind for a whole number."""
    return _bindparam(name, type_=Integer)


def binds(model: Any, names: Sequence[str]) -> dict[str, Any]:
    """A bind for each of these columns, of its type."""
    columns = model.__table__.columns
    return {name: _bindparam(name, type_=columns[name].type) for name in names}


def add(model: Any, *names: str) -> Any:
    """An INSERT of these columns."""
    return insert(model).values(binds(model, names))


def add_to(table: Table, *names: str) -> Any:
    """The same for a table that has no model."""
    return insert(table).values({name: _bindparam(name, type_=table.c[name].type) for name in names})


def like(operand: Any, bind: str, *, folds: bool = False) -> Any:
    """Like the pattern, whose wildcards are escaped where they mean themselves.

    Capitals of ASCII don't matter; where it `folds`, those of no alphabet do, if the pattern is folded too.
    """
    return (func.folded(col(operand), type_=Text) if folds else col(operand)).like(text(bind), escape="\\")


def one_of(operand: Any, words: Iterable[str]) -> Any:
    """It is one of these words of our own."""
    listed = ", ".join(f"'{word}'" for word in words)
    return col(operand).op("IN")(literal_column(f"({listed})"))


ONE: Any = literal_column("1")
OPEN = ONE


def seller_named(*, folds: bool = False) -> Any:
    """The seller by name or store id."""
    return or_(like(Sellers.name, "seller", folds=folds), Sellers.store_id == text("store"))


def sellers_named(*, folds: bool = False) -> Any:
    """The ids of the sellers by name or store id."""
    return select(Sellers.id).where(seller_named(folds=folds))
