"""One issue (a dispute) as the Open Platform answers sellers: claim, history, what each side proposes."""

from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.facts import Claim
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Outcome, State
from dispcli.core.told import Sight, Told, ToldDispute
from dispcli.core.words import Standing
from dispcli.formats.aliexpress.amounts import decimal_money
from dispcli.formats.aliexpress.answers import Row, read_answers, response_in, result_of
from dispcli.formats.aliexpress.ids import aliases, also_known_as, order_number
from dispcli.formats.aliexpress.issue_history import Proposals, Step, history_of, steps_of
from dispcli.formats.aliexpress.issue_solutions import Solution, solutions
from dispcli.formats.aliexpress.order_status import WORDS
from dispcli.formats.aliexpress.times import newest, pacific
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import digits, optional, required

_RESPONSE = "issue_detail_get_response"
_REJECTED = (Standing(State.RESOLVED, Outcome.REJECTED),)


def _recognises(answer: Any) -> bool:
    return response_in(answer, _RESPONSE) is not None


def _read(answers: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    return read_answers(answers, source, _rows, _tell)


def _rows(answer: Mapping[str, Any]) -> Iterator[Row]:
    key, response = response_in(answer, _RESPONSE) or (_RESPONSE, None)
    yield f"{key}.result_object", result_of(response, "result_object", "result")


def _tell(issue: Mapping[str, Any]) -> tuple[Told, ...]:
    """The order, as far as the issue tells it, and the dispute. Raises ValueError with a sentence."""
    buyer, seller, platform = (solutions(issue, whose) for whose in ("buyer", "seller", "platform"))
    steps = steps_of(issue)
    opened = pacific(issue, "gmt_create") or next((step.at for step in steps), None)
    if opened is None:
        raise ValueError("gmt_create is missing")
    number, line = _place(issue, buyer)
    platform_id, others = _ids(issue, (*buyer, *seller, *platform))
    sight = _sight(issue, steps, (*buyer, *seller, *platform))
    claim = _claim(issue, buyer)
    seen_at = newest(opened, pacific(issue, "gmt_modified"), *(step.at for step in steps))
    proposals = Proposals(claim, buyer, seller, platform, rejected=sight.standings == _REJECTED)
    return (
        _order(number, line, opened, seen_at),
        ToldDispute(
            marketplace="aliexpress",
            order=number,
            platform_id=platform_id,
            claim=claim,
            opened=opened,
            sight=sight,
            seen_at=seen_at,
            line=line,
            history=history_of(steps, proposals),
            note=also_known_as(others),
            aliases=others,
        ),
    )


def _order(number: str, line: NewLine | None, opened: str, seen_at: str) -> NewOrder:
    """An issue knows no more of its order; its day is assumed to be the dispute's own."""
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=opened[:10],
        placed_exact=False,
        status=OrderStatus.UNKNOWN,
        status_raw=None,
        seen_at=seen_at,
        lines=(line,) if line else (),
    )


def _place(issue: Mapping[str, Any], buyer: tuple[Solution, ...]) -> tuple[str, NewLine | None]:
    """The order's number, and the line: `order_id` is a line's where `parent_order_id` tells the order's."""
    parent = digits(issue, "parent_order_id")
    if parent is None:
        return order_number(issue, "order_id"), None
    line_id = digits(issue, "order_id")
    if line_id is None:
        return order_number(issue, "parent_order_id"), None
    line = NewLine(
        title=optional(issue, "product_name") or f"line {line_id}",
        unit_price=_price(issue, buyer),
        platform_id=line_id,
        product_id=digits(issue, "product_id"),
    )
    return order_number(issue, "parent_order_id"), line


def _price(issue: Mapping[str, Any], buyer: tuple[Solution, ...]) -> Money | None:
    """The price where it is in the currency the buyer pays in, as far as that is told."""
    price = decimal_money(issue, "product_price", optional(issue, "product_price_currency"))
    asked = next((one.amount.currency for one in reversed(buyer) if one.amount), None)
    local = optional(issue, "refund_money_max_local_currency") or asked
    return price if price and local in (None, price.currency) else None


def _ids(issue: Mapping[str, Any], found: tuple[Solution, ...]) -> tuple[str, tuple[str, ...]]:
    """The dispute's id is the one the solutions name, as the lists do; the issue's own may be another."""
    own = digits(issue, "id")
    named = next((one.issue_id for one in found if one.issue_id), None)
    platform_id = named or own
    if platform_id is None:
        raise ValueError("id is missing")
    return platform_id, aliases(platform_id, (own,))


def _sight(issue: Mapping[str, Any], steps: tuple[Step, ...], found: tuple[Solution, ...]) -> Sight:
    """Open or closed is said by `issue_status`; what is more exact narrows that, and never contradicts it.

    `reverse_detail_status` is more exact. The status of the newest solution is so only where there is no
    history: it stays as it was when the marketplace steps in.
    """
    word = required(issue, "issue_status")
    standings = WORDS.standings("issue_status", word)
    if detail := optional(issue, "reverse_detail_status"):
        word = f"{word}/{detail}"
        standings = _narrowed(standings, WORDS.standings("reverse_detail_status", detail))
    last = max(found, key=lambda one: one.latest, default=None)
    if last and last.status and not steps:
        standings = _narrowed(standings, WORDS.standings("solution_status", last.status))
    return Sight(word, standings)


def _narrowed(standings: tuple[Standing, ...], closer: tuple[Standing, ...]) -> tuple[Standing, ...]:
    states = {standing.state for standing in standings}
    common = tuple(one for one in closer if not states or one.state in states)
    return common or standings


def _claim(issue: Mapping[str, Any], buyer: tuple[Solution, ...]) -> Claim:
    """What the buyer asks for now: the newest of the buyer's solutions."""
    reason_id, text = optional(issue, "issue_reason_id"), optional(issue, "issue_reason")
    words = [word for word in (reason_id, text) if word]
    known = [slug for word in words if (slug := WORDS.claim_reason(word)) != "other"]
    wanted = buyer[-1] if buyer else None
    return Claim(
        reason=known[0] if known else "other",
        remedy=wanted.remedy if wanted else "refund",
        amount=wanted.amount if wanted else None,
        reason_raw=" ".join(words) or None,
    )


FORMAT = DocumentFormat("aliexpress-issue", _recognises, _read)
