"""Disputes to write about: one with every fact there can be, one with next to none, and those between."""

from collections.abc import Mapping
from typing import Any

from dispcli.core.disputes import Case, Channel
from dispcli.core.events import Recorded
from dispcli.core.facts import (
    REMEDIES,
    Claim,
    Due,
    DueRemoved,
    Evidence,
    Message,
    Offer,
    Payout,
    Settlement,
    Upheld,
)
from dispcli.core.machine import Change, Intent
from dispcli.core.orders import Line, OrderStatus, Seller
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import case, move, note, order, recorded, request, settled, usd

LAMP = Line(
    1, 1, "Desk lamp, brass", quantity=2, unit_price=usd(25_00), platform_id="8001", attributes="Color: Brass"
)
WHOLE_ORDER = order(
    number="8190000000000101",
    status=OrderStatus.DELIVERED,
    seller=Seller(1, "aliexpress", "Bright Lamp Store", "1101"),
    total=usd(62_00),
    shipped="2026-10-03",
    promised="2026-10-20",
    delivered="2026-10-23T18:30:00Z",
    protection_ends="2026-12-18",
    tracking="LP00123456789",
    lines=(LAMP, Line(2, 2, "Bulb E14", unit_price=usd(12_00))),
)
NOTHING = order(
    marketplace="elsewhere",
    number="12-3",
    status=OrderStatus.UNKNOWN,
    seller=None,
    protection_ends=None,
    lines=(),
)
CLAIM = Claim("defective", "return_and_refund", usd(50_00), "Item not working")
PHOTO = Evidence("5f" * 32, "arm.jpg", "image/jpeg", 183_204)
SAID = "We are sorry.\n\nPlease cancel the dispute, we refund by PayPal."


def offers(remedy: str | None, minor: int | None = None, **said: Any) -> Intent:
    return move(Action.ANSWER, fact=Offer(remedy, usd(minor) if minor else None), **said)


def wrote(speaker: Party, text: str) -> Intent:
    return note(Message(speaker, text), speaker)


FULL = case(
    wrote(Party.BUYER, "The arm is broken, see the photo."),
    note(PHOTO, note="taken on arrival"),
    wrote(Party.SELLER, SAID),
    offers("partial_refund", 10_00, note="keep it, please"),
    wrote(Party.PLATFORM, "Please answer within 3 days."),
    move(Action.ESCALATE),
    move(Action.DECIDE, to=State.AGREED),
    move(Action.SHIP_RETURN, note="parcel LP999"),
    note(Settlement("refund", "promised", usd(50_00)), Party.SELLER),
    move(Action.ISSUE, fact=Settlement("refund", "issued", usd(50_00), "R-77")),
    note(Settlement("refund", "received", usd(20_00), "R-78")),
    note(Upheld()),
    note(Due(Party.SELLER, "2026-11-24")),
    note(DueRemoved(Party.SELLER)),
    note(Due(Party.SELLER, "2026-11-25")),
    claim=CLAIM,
    order=WHOLE_ORDER,
    channels=(Channel(7, "paypal", "PP-1"),),
)
REQUESTED = case(note(Payout("refund", usd(5_00), "R-9")), request("other"))
AT_A_RISK = recorded(
    REQUESTED,
    Change(move(Action.CONFIRM_CANCEL), State.CANCEL_REQUESTED, State.CANCELLED),
    (Recorded("goods-not-received", "block", "", accepted=True), Recorded("no-reopen", "info", "")),
)
BARE = case(claim=Claim("other", "refund"), order=NOTHING)
_ANSWERED = offers("partial_refund", 4_00)
_AGREED = (_ANSWERED, move(Action.ACCEPT))

CASES: Mapping[str, Case] = {
    "full": FULL._replace(dispute=FULL.dispute._replace(line_id=1)),
    "bare": BARE._replace(dispute=BARE.dispute._replace(platform_id=None)),
    "silent": case(order=order(protection_ends="2026-11-01")),
    "answered": case(_ANSWERED),
    "refused": case(offers(None, note="the lamp\nwas fine")),
    "agreed": case(*_AGREED, note(Due(Party.SELLER, "2026-11-30"))),
    "agreed, overdue": case(*_AGREED, note(Due(Party.SELLER, "2026-11-10"))),
    "opened, due": case(note(Due(Party.SELLER, "2026-11-30"))),
    "opened, overdue": case(note(Due(Party.SELLER, "2026-11-10"))),
    "another claim": case(claim=Claim("other", "refund", usd(10_00), "Smells of fish")),
    "a claim in code": case(claim=Claim("other", "refund", usd(10_00), "PPD_77")),
    "never came": case(claim=Claim("not-received", "refund"), order=order(promised="2026-10-20")),
    "return agreed": case(
        offers("return_and_refund", 10_00), move(Action.ACCEPT), note(Due(Party.BUYER, "2026-11-30"))
    ),
    "promised without an amount": case(settled("promised")),
    "issued": case(
        *_AGREED, settled("promised", 4_00), move(Action.ISSUE, fact=Settlement("refund", "issued"))
    ),
    "settled, not closed": case(_ANSWERED, settled("received", 10_00)),
    "refunded": case(
        *_AGREED,
        move(
            Action.RECEIVE, fact=Settlement("refund", "received", usd(4_00)), outcome=Outcome.PARTLY_REFUNDED
        ),
    ),
    "replacement promised": case(
        settled("promised", kind="replacement"), claim=Claim("damaged", "replacement")
    ),
    "replacement agreed": case(
        offers("replacement"), move(Action.ACCEPT), claim=Claim("damaged", "replacement")
    ),
    "refunded in full": case(
        move(Action.CONCEDE),
        move(Action.RECEIVE, fact=Settlement("refund", "received", usd(10_00)), outcome=Outcome.REFUNDED),
    ),
    "returned and refunded": case(
        move(Action.CONCEDE),
        move(Action.SHIP_RETURN),
        move(Action.RECEIVE, fact=Settlement("refund", "received"), outcome=Outcome.RETURNED_AND_REFUNDED),
    ),
    "replaced in the end": case(
        move(Action.CONCEDE),
        move(Action.RECEIVE, fact=Settlement("replacement", "received"), outcome=Outcome.REPLACED),
        claim=Claim("damaged", "replacement"),
    ),
    "closed somehow": case(move(Action.OBSERVE, to=State.RESOLVED, outcome=Outcome.UNKNOWN)),
    "replaced": case(settled("received", kind="replacement"), claim=Claim("damaged", "replacement")),
    "cancel asked for": case(request("agreement")),
    "cancelled": case(request("refund-received"), move(Action.CONFIRM_CANCEL)),
    "cancelled at a risk": AT_A_RISK,
    "expired": case(move(Action.LAPSE, outcome=Outcome.EXPIRED)),
    "rejected": case(move(Action.ESCALATE), move(Action.DECIDE, to=State.RESOLVED, outcome=Outcome.REJECTED)),
    "answered at once, a day late": case(
        offers(None, happened_at="2026-11-01"),
        order=order(promised="2026-10-20", delivered="2026-10-21", lines=(LAMP,)),
    ),
    **{remedy: case(claim=Claim("late", remedy)) for remedy in REMEDIES},
}
"""What drafts are tried on, by name."""
