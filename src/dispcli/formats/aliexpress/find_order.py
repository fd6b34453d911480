"""One order as the Open Platform's findorderbyid answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import GIVEN
from dispcli.core.zones import CHINA, moment_in
from dispcli.formats.aliexpress.amounts import money_of
from dispcli.formats.aliexpress.answers import (
    Row,
    at,
    objects,
    read_answers,
    response_in,
    result_of,
)
from dispcli.formats.aliexpress.ids import order_number
from dispcli.formats.aliexpress.open_order import open_order, tracking_of
from dispcli.formats.aliexpress.times import pacific
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import optional

_RESPONSE = "findorderbyid_response"


def _recognises(answer: Any) -> bool:
    return response_in(answer, _RESPONSE) is not None


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return read_answers(answers, source, _rows, lambda row: (_order(row, source),))


def _rows(answer: Mapping[str, Any]) -> Iterator[Row]:
    """The order, with the time stamp of its envelope."""
    key, response = response_in(answer, _RESPONSE) or (_RESPONSE, None)
    target = result_of(response, "target")
    stamp = at(response, "time_stamp") or answer.get("time_stamp")
    yield f"{key}.target", {**target, "time_stamp": stamp} if isinstance(target, dict) else target


def _order(target: Mapping[str, Any], source: Source) -> NewOrder:
    order = open_order(target, order_number(target, "id"), _stamp(target) or source.modified_at)
    parcels = objects(target, "logistic_info_list")
    sent = [time for parcel in parcels if (time := pacific(parcel, "gmt_send"))]
    arrived = [time for parcel in parcels if (time := pacific(parcel, "gmt_received"))]
    ends = pacific(target, "over_time_left")
    return order._replace(
        seller_name=optional(target, "seller_signer_fullname"),
        total=money_of(target, "order_amount"),
        tracking=tracking_of(parcels),
        shipped=max(sent, default=None),
        delivered=max(arrived, default=None) if len(arrived) == len(parcels) else None,
        protection_ends=ends,
        protection_basis=GIVEN if ends else None,
    )


def _stamp(target: Mapping[str, Any]) -> str | None:
    """When the server answered: of all its times this one alone is China's."""
    text = optional(target, "time_stamp")
    return moment_in(text, CHINA) if text else None


FORMAT = DocumentFormat("aliexpress-find-order", _recognises, _read)
