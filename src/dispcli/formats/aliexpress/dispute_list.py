"""The seller centre's list of disputes, as its server answers: prices are the seller's, so none is taken."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.told import Told
from dispcli.formats.aliexpress.answers import Row, at, elements, read_answers
from dispcli.formats.aliexpress.reverse_lines import Times, oldest_first, told_of
from dispcli.formats.aliexpress.times import comes_twice, moment, pacific
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source

_LINES = "sellerReverseOrderLines"


def _recognises(answer: Any) -> bool:
    return at(answer, _LINES) is not None


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return oldest_first(read_answers(answers, source, _rows, _tell))


def _rows(group: Mapping[str, Any]) -> Iterator[Row]:
    if group.get(_LINES) is None:
        raise ValueError(f"{_LINES} is missing")
    for number, row in enumerate(elements(group[_LINES])):
        yield f"{_LINES}[{number}]", row


def _tell(row: Mapping[str, Any]) -> tuple[Told, ...]:
    times = Times(
        opened=moment(row, "gmtCreate", "gmtCreateTimestamp"),
        changed=pacific(row, "gmtModified"),
        placed=moment(row, "tradeOrderGmtCreate", "tradeOrderGmtCreateTimestamp"),
        estimated=comes_twice(row, "gmtModified"),
    )
    return told_of(row, "seller_centre", times)


FORMAT = DocumentFormat("aliexpress-dispute-list", _recognises, _read)
