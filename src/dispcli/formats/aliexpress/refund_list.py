"""The buyer's list of refunds and disputes, as the web page's server answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.told import Told
from dispcli.formats.aliexpress.amounts import money_of
from dispcli.formats.aliexpress.answers import Row, at, elements, read_answers
from dispcli.formats.aliexpress.reverse_lines import Seller, Times, item_of, oldest_first, told_of
from dispcli.formats.aliexpress.times import moment
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import digits, optional, web_address

_API = "mtop.aliexpress.buyer.reverse."
_PATH = "data.module.items"


def _recognises(answer: Any) -> bool:
    called = at(answer, "api")
    return at(answer, "data", "module", "items") is not None or (
        isinstance(called, str) and called.startswith(_API)
    )


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return oldest_first(read_answers(answers, source, _rows, _tell))


def _rows(answer: Mapping[str, Any]) -> Iterator[Row]:
    """Each reverse line, with the name of the shop, which stands one level higher."""
    items = at(answer, "data", "module", "items")
    if items is None:
        raise ValueError(f"{_PATH} is missing")
    for number, group in enumerate(elements(items)):
        for place, row in enumerate(elements(at(group, "reverseOrderLines"))):
            path = f"{_PATH}[{number}].reverseOrderLines[{place}]"
            yield path, {**row, "shopName": group.get("shopName")} if isinstance(row, dict) else row


def _tell(row: Mapping[str, Any]) -> tuple[Told, ...]:
    times = Times(
        opened=moment(row, "gmtCreateFormat", "gmtCreate"),
        changed=moment(row, "gmtModifiedFormat", "gmtModified"),
        placed=moment(row, "tradeOrderGmtCreate", "tradeOrderGmtCreateTimestamp"),
    )
    return told_of(row, "buyer_web", times, _seller(row), money_of(item_of(row), "itemUnitPrice"))


def _seller(row: Mapping[str, Any]) -> Seller:
    told = row.get("seller") or {}
    if not isinstance(told, dict):
        raise ValueError("seller is not an object")
    return Seller(optional(row, "shopName"), digits(told, "storeId"), web_address(told, "storeUrl"))


FORMAT = DocumentFormat("aliexpress-refund-list", _recognises, _read)
