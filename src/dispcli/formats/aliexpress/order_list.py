"""The buyer's list of orders, as the web page's server answers: days and prices as they are printed there."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.formats.aliexpress.answers import Row, at, objects, read_answers
from dispcli.formats.aliexpress.ids import order_number
from dispcli.formats.aliexpress.order_status import WORDS
from dispcli.formats.aliexpress.printed import printed_price, required_day, store_id
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import digits, optional, quantity, required, web_address

_API = "mtop.aliexpress.trade.buyer.order.list"
_ORDER = "pc_om_list_order_"


def _recognises(answer: Any) -> bool:
    blocks = at(answer, "data", "data")
    return at(answer, "api") == _API or (
        isinstance(blocks, dict) and any(key.startswith(_ORDER) for key in blocks)
    )


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return read_answers(answers, source, _rows, lambda fields: (_order(fields, source),))


def _rows(answer: Mapping[str, Any]) -> Iterator[Row]:
    blocks = at(answer, "data", "data")
    if not isinstance(blocks, dict):
        raise ValueError("data.data is missing")
    for key, block in blocks.items():
        if key.startswith(_ORDER):
            yield f"data.data.{key}.fields", _numbered(at(block, "fields"), key.removeprefix(_ORDER))


def _numbered(fields: Any, number: str) -> Any:
    """The fields with the order's number, which can be hidden in them and always stands in their key."""
    hidden = isinstance(fields, dict) and fields.get("orderId") is None
    return {**fields, "orderId": number} if hidden else fields


def _order(fields: Mapping[str, Any], source: Source) -> NewOrder:
    status = optional(fields, "statusText")
    page = web_address(fields, "storePageUrl")
    currency = required(fields, "currencyCode")
    return NewOrder(
        marketplace="aliexpress",
        number=order_number(fields, "orderId"),
        placed=required_day(required(fields, "orderDateText")),
        placed_exact=True,
        status=WORDS.order_status(status),
        status_raw=status,
        seen_at=source.modified_at,
        seller_name=optional(fields, "storeName"),
        store_id=store_id(page),
        store_url=page,
        total=_price(fields, "totalPriceText", currency),
        lines=tuple(_line(line, currency) for line in objects(fields, "orderLines")),
    )


def _line(line: Mapping[str, Any], currency: str) -> NewLine:
    return NewLine(
        title=required(line, "itemTitle"),
        quantity=quantity(optional(line, "quantity") or "1"),
        unit_price=_price(line, "itemPriceText", optional(line, "currencyCode") or currency),
        platform_id=digits(line, "orderLineId"),
        product_id=digits(line, "productId"),
        sku_id=digits(line, "skuId"),
        attributes=_attributes(line),
        url=web_address(line, "itemDetailUrl"),
    )


def _price(values: Mapping[str, Any], name: str, currency: str) -> Money | None:
    return printed_price(optional(values, name), optional(values, "formatPriceInfo"), currency)


def _attributes(line: Mapping[str, Any]) -> str | None:
    """`Color: black, Length: 2m`, as the shopper extension writes them."""
    pairs = [(optional(one, "name"), optional(one, "text")) for one in objects(line, "skuAttrs")]
    return ", ".join(f"{name}: {text}" if name else text for name, text in pairs if text) or None


FORMAT = DocumentFormat("aliexpress-order-list", _recognises, _read)
