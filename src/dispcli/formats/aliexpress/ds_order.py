"""One order as the Open Platform answers dropshippers.

The order's number is not inside. It is told beside it, or in the name of its file, or the answer is wrapped
together with it: `{"order_id": "8194715118451470", "response": {…}}`.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import PurePath
from typing import Any

from dispcli.core.new_orders import NewOrder
from dispcli.errors import BadInput
from dispcli.formats.aliexpress.amounts import money_of
from dispcli.formats.aliexpress.answers import (
    Row,
    error_in,
    objects,
    placed,
    read_answers,
    response_in,
    result_of,
)
from dispcli.formats.aliexpress.ids import order_number
from dispcli.formats.aliexpress.open_order import open_order, tracking_of
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import digits, optional, web_address

_RESPONSES = ("ds_order_get_response", "ds_trade_order_get_response")
_IN_A_NAME = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])", re.ASCII)
_NEEDED = "--order is needed"
_HOW = 'say it with --order, name the file after it, or wrap each answer: {"order_id": "…", "response": {…}}'


def _recognises(answer: Any) -> bool:
    """Also an error that doesn't say what was asked for: some importer has to name it."""
    inside = _unwrapped(answer)
    return error_in(inside) is not None or response_in(inside, *_RESPONSES) is not None


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return read_answers(_numbered(answers, source), source, _rows, lambda row: (_order(row, source),))


def _numbered(answers: Iterator[Any], source: Source) -> Iterator[Any]:
    """Each answer with the order's number beside it. Raises BadInput where nothing tells the number."""
    first = list(islice(answers, 2))
    beside = _number_beside(source) if len(first) == 1 else None
    for place, answer in placed(chain(first, answers), source.name):
        inside = _unwrapped(answer)
        if error_in(inside) or not isinstance(inside, dict):
            yield inside
            continue
        number = beside if inside is answer else answer.get("order_id")
        if number is None:
            raise BadInput(f"{place}: the order's number is not in the answer: {_NEEDED}", hint=_HOW)
        yield {**inside, "order_id": number}


def _number_beside(source: Source) -> str | None:
    """What the user said of the one answer there is, else the one number in the name of its file."""
    named = _IN_A_NAME.findall(PurePath(source.name).name)
    return source.asked.order or (named[0] if len(named) == 1 else None)


def _unwrapped(answer: Any) -> Any:
    return answer["response"] if isinstance(answer, dict) and "response" in answer else answer


def _rows(answer: Mapping[str, Any]) -> Iterator[Row]:
    key, response = response_in(answer, *_RESPONSES) or (_RESPONSES[0], None)
    result = result_of(response, "result")
    yield f"{key}.result", {**result, "order_id": answer["order_id"]} if isinstance(result, dict) else result


def _order(result: Mapping[str, Any], source: Source) -> NewOrder:
    store = result.get("store_info") or {}
    if not isinstance(store, dict):
        raise ValueError("store_info is not an object")
    order = open_order(result, order_number(result, "order_id"), source.modified_at)
    return order._replace(
        seller_name=optional(store, "store_name"),
        store_id=digits(store, "store_id"),
        store_url=web_address(store, "store_url"),
        tracking=tracking_of(objects(result, "logistics_info_list")),
        total=money_of(result, "user_order_amount") or money_of(result, "order_amount"),
    )


FORMAT = DocumentFormat("aliexpress-ds-order", _recognises, _read)
