"""One order as the Open Platform answers dropshippers.

The order's number is not inside. It is told beside it, or the answer is wrapped together with it:
`{"order_id": "8194715118451470", "response": {…}}`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.new_orders import NewOrder
from dispcli.errors import BadInput
from dispcli.formats.aliexpress.amounts import money_of
from dispcli.formats.aliexpress.answers import (
    Row,
    error_in,
    first_of,
    objects,
    read_answers,
    response_in,
    result_of,
)
from dispcli.formats.aliexpress.ids import order_number
from dispcli.formats.aliexpress.open_order import open_order, tracking_of
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import digits, optional, web_address

_RESPONSES = ("ds_order_get_response", "ds_trade_order_get_response")


def _recognises(data: Any) -> bool:
    """Also an error that doesn't say what was asked for: some importer has to name it."""
    answer = _unwrapped(first_of(data))
    return error_in(answer) is not None or response_in(answer, *_RESPONSES) is not None


def _read(data: Any, source: Source) -> Iterator[Entry | Mistake]:
    answers = data if isinstance(data, list) else [data]
    asked = source.asked.order if len(answers) == 1 else None
    numbered = [_numbered(answer, asked, source.name) for answer in answers]
    return read_answers(numbered, source, _rows, lambda row: (_order(row, source),))


def _numbered(answer: Any, asked: str | None, name: str) -> Any:
    """The answer with the order's number beside it. Raises BadInput where nothing tells the number."""
    inside = _unwrapped(answer)
    if error_in(inside) or not isinstance(inside, dict):
        return inside
    number = asked if inside is answer else answer.get("order_id")
    if number is None:
        hint = 'say it with --order, or wrap each answer: {"order_id": "…", "response": {…}}'
        raise BadInput(f"{name}: the order's number is not in the answer: --order is needed", hint=hint)
    return {**inside, "order_id": number}


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
