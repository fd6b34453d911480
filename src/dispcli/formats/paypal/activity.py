"""PayPal activity: one row a transaction. Payments become orders, refunds money that came back."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from dispcli.core.amount_style import read_amount
from dispcli.core.day_order import read_day
from dispcli.core.money import Money
from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.told import ToldRefund
from dispcli.errors import BadInput
from dispcli.formats.paypal.activity_style import Style, decide_style
from dispcli.formats.paypal.activity_times import moment_of
from dispcli.formats.paypal.activity_words import COLUMNS, COMPLETED, NEEDED, PAID, PAYMENTS, REFUNDS
from dispcli.formats.paypal.disputes import MARKETPLACE
from dispcli.formats.paypal.identifiers import read_identifier
from dispcli.formats.paypal.misread import Misread, read_at, required_at, text_at
from dispcli.formats.source import Aside, Entry, Mistake, Piece, Source, TableFormat
from dispcli.formats.tables import Row, Table
from dispcli.namedtuples import NamedTuple

_TELLING = (*NEEDED, "time", "zone")
_MOST_KINDS = 5
_LONGEST_KIND = 60
_AGREEMENT = re.compile(r"[A-Za-z]-.*")
"""`B-…` is a billing agreement; recurring profiles and orders have a letter of their own."""


class _Columns(NamedTuple):
    """The names a report has for its columns; those it may be without are None."""

    day: str
    kind: str
    currency: str
    gross: str
    number: str
    time: str | None = None
    zone: str | None = None
    name: str | None = None
    status: str | None = None
    reference: str | None = None


class _Report(NamedTuple):
    columns: _Columns
    style: Style
    source: Source


def _recognises(names: frozenset[str]) -> bool:
    found = _found(tuple(names))
    return all(key in found for key in _TELLING)


def _found(names: tuple[str, ...]) -> dict[str, str]:
    """The report's name for each column it has."""
    folded = {name.casefold(): name for name in names}
    spelt = {key: next((word for word in words if word in folded), None) for key, words in COLUMNS.items()}
    return {key: folded[word] for key, word in spelt.items() if word is not None}


def _read(table: Table, source: Source) -> Iterator[Piece]:
    found = _found(table.names)
    if missing := [COLUMNS[key][0] for key in NEEDED if key not in found]:
        raise BadInput(f"{source.name}: a column is missing: {', '.join(missing)}")
    columns = _Columns(**found)
    style = decide_style(chain.from_iterable(table.rows()), columns.day, columns.gross, source)
    report = _Report(columns, style, source)
    skipped: Counter[str] = Counter()
    for rows in table.rows():
        yield [entry for row in rows for entry in _entries(row, report, skipped)]
    if skipped:
        yield [_left_out(skipped)]


def _left_out(skipped: Counter[str]) -> Aside:
    kinds = [f"{kind} ({count})" if count > 1 else kind for kind, count in skipped.most_common(_MOST_KINDS)]
    rest = len(skipped) - len(kinds)
    told = ", ".join([*kinds, *([f"{rest} other kinds"] if rest else [])])
    return Aside(f"left out, being no payment that was made and no refund that arrived: {told}")


def _entries(row: Row, report: _Report, skipped: Counter[str]) -> list[Entry | Mistake]:
    if row.problem is not None:
        return [Mistake(row.problem, row.line)]
    try:
        told = _told(row.values, report)
    except Misread as problem:
        return [Mistake(problem.message, row.line, key=problem.key)]
    if told is None:
        skipped[_kind(row.values, report.columns)] += 1
        return []
    return [Entry(told, row.line)]


def _kind(values: Mapping[str, Any], columns: _Columns) -> str:
    """What a row is, for people: its type, with the status of what isn't completed."""
    kind = text_at(values, columns.kind) or "no type"
    status = (text_at(values, columns.status) if columns.status else None) or ""
    told = kind if status.casefold() in (*COMPLETED, "") else f"{kind}, {status}"
    return told[:_LONGEST_KIND]


def _told(values: Mapping[str, Any], report: _Report) -> NewOrder | ToldRefund | None:
    """A payment of the buyer or a refund to the buyer; nothing for all else. Raises Misread."""
    columns = report.columns
    kind = (text_at(values, columns.kind) or "").casefold()
    status = text_at(values, columns.status) if columns.status else None
    # A statement has no status: it lists what was completed.
    done = "completed" if columns.status is None else (status or "").casefold()
    if kind in PAYMENTS and done in PAID:
        gross = _gross(values, report)
        return _payment(values, report, gross, status) if gross.minor < 0 else None
    if kind in REFUNDS and done in COMPLETED:
        payment = text_at(values, columns.reference) if columns.reference else None
        if payment is None or _AGREEMENT.fullmatch(payment):
            return None
        gross = _gross(values, report)
        return _refund(values, report, gross, payment) if gross.minor > 0 else None
    return None


def _payment(values: Mapping[str, Any], report: _Report, gross: Money, status: str | None) -> NewOrder:
    name = report.columns.name
    return NewOrder(
        marketplace=MARKETPLACE,
        number=_number(values, report),
        placed=_moment(values, report),
        placed_exact=True,
        status=OrderStatus.PAID,
        status_raw=status,
        seen_at=report.source.modified_at,
        seller_name=text_at(values, name) if name else None,
        total=Money(-gross.minor, gross.currency),
    )


def _refund(values: Mapping[str, Any], report: _Report, gross: Money, payment: str) -> ToldRefund:
    reference = report.columns.reference or ""
    return ToldRefund(
        marketplace=MARKETPLACE,
        payment=read_at(reference, lambda: read_identifier(payment)),
        amount=gross,
        reference=_number(values, report),
        at=_moment(values, report),
        seen_at=report.source.modified_at,
    )


def _gross(values: Mapping[str, Any], report: _Report) -> Money:
    columns = report.columns
    currency = required_at(values, columns.currency)
    text = required_at(values, columns.gross)
    read_at(columns.currency, lambda: Money(0, currency))
    return read_at(columns.gross, lambda: read_amount(text, currency, report.style.mark))


def _number(values: Mapping[str, Any], report: _Report) -> str:
    column = report.columns.number
    text = required_at(values, column)
    return read_at(column, lambda: read_identifier(text))


def _moment(values: Mapping[str, Any], report: _Report) -> str:
    columns = report.columns
    written = required_at(values, columns.day)
    day = read_at(columns.day, lambda: _day(written, report.style))
    time = text_at(values, columns.time) if columns.time else None
    zone = text_at(values, columns.zone) if columns.zone else None
    return read_at(columns.time, lambda: moment_of(day, time, zone)) if columns.time else day


def _day(written: str, style: Style) -> str:
    if style.order is None:
        raise ValueError(f"not a day: {written[:40]!r} (its year needs four digits)")
    return read_day(written, style.order)


FORMAT = TableFormat("paypal-activity", _recognises, _read)
