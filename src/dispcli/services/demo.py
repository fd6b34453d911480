"""Demo data: a few orders and disputes, told as of now, so that every check has something to find."""

from datetime import datetime, timedelta

from dispcli.core.facts import Message, Settlement
from dispcli.core.machine import Intent
from dispcli.core.moments import instant
from dispcli.core.money import Money
from dispcli.core.moving import decide_moves
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.orders import GIVEN, OrderStatus, Rating
from dispcli.core.recording import Stamp
from dispcli.core.states import Action, Party
from dispcli.ledger.ledger import Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.policies import SHIPPED
from dispcli.services.changes import Job
from dispcli.services.moves import Said, answer_job
from dispcli.services.opening import NewClaim, Opening
from dispcli.services.operations import Operation, apply
from dispcli.services.sellers import rate_seller
from dispcli.services.targets import Target


class Bought(NamedTuple):
    """An order of the demo: how many days ago, from which shop, what for how much.

    Protection ends in so many days; it was to arrive `promised_ago`, also in days.
    """

    number: str
    days_ago: int
    shop: str
    store_id: str
    title: str
    price: Money
    status: OrderStatus
    quantity: int = 1
    protection_days: int | None = None
    promised_ago: int | None = None
    tracking: str | None = None


ORDERS = (
    Bought("8190000000000101", 64, "Bright Lamp Store", "1101", "LED desk lamp, dimmable, USB-C",
           Money(2399, "USD"), OrderStatus.DELIVERED, 1, 26, 50),
    Bought("8190000000000102", 41, "Bright Lamp Store", "1101", "Replacement bulbs E14, pack of 6",
           Money(899, "USD"), OrderStatus.SHIPPED, 2, 49),
    Bought("8190000000000103", 33, "Tool Harbour", "1102", "Ultrasonic cleaner 2 l",
           Money(4550, "EUR"), OrderStatus.DELIVERED, 1, 57, 20),
    Bought("8190000000000104", 29, "Cable House", "1103", "HDMI 2.1 cable 3 m",
           Money(1240, "USD"), OrderStatus.SHIPPED, 1, 2, 5, "LP00104104104CN"),
    Bought("8190000000000105", 21, "Tool Harbour", "1102", "Precision screwdriver set, 60 pieces",
           Money(1890, "EUR"), OrderStatus.DELIVERED, 1, 69),
    Bought("8190000000000106", 6, "Cable House", "1103", "USB-C hub 7 in 1",
           Money(3150, "USD"), OrderStatus.PAID),
)  # fmt: skip

LAMP, CLEANER, CABLE = (ORDERS[place].number for place in (0, 2, 3))


def fill(ledger: Ledger, now: datetime) -> None:
    """Put the demo's orders and disputes into an empty ledger."""
    with ledger.writing():
        for bought in ORDERS:
            ledger.add_order(_order(bought, now), _ago(now, bought.days_ago))
    _do(ledger, now, LAMP, 12, NewClaim("not-as-described", "partial_refund", "10.00"))
    _do(ledger, now, LAMP, 9, answer_job("partial_refund", "6.00", Said()))
    _do(ledger, now, LAMP, 4, _said("As agreed, we have refunded 6.00. Please look at your account."))
    _do(ledger, now, LAMP, 1, _note(Settlement("refund", "received", Money(600, "USD")), Party.BUYER))
    _do(ledger, now, CLEANER, 20, NewClaim("defective", "refund", "45.50"))
    _do(ledger, now, CLEANER, 17, _said("Please cancel the dispute, I will refund by PayPal."))
    _do(ledger, now, CLEANER, 16, _note(Settlement("refund", "promised", Money(4550, "EUR"))))
    _do(ledger, now, CABLE, 4, NewClaim("not-received", "refund", "12.40"))
    _rate(ledger, now, "1102", 15, 2, "wants disputes cancelled before anything is paid")
    _rate(ledger, now, "1101", 1, 4, "answers soon, and pays")


def _order(bought: Bought, now: datetime) -> NewOrder:
    lines = (NewLine(bought.title, bought.quantity, bought.price),)
    days = bought.protection_days
    delivered = bought.status is OrderStatus.DELIVERED
    return NewOrder(
        marketplace="aliexpress",
        number=bought.number,
        placed=_ago(now, bought.days_ago)[:10],
        placed_exact=True,
        status=bought.status,
        status_raw=None,
        seen_at=_ago(now, bought.days_ago),
        seller_name=bought.shop,
        store_id=bought.store_id,
        total=lines_total(lines),
        lines=lines,
        delivered=_ago(now, bought.days_ago - 20)[:10] if delivered else None,
        protection_ends=_ago(now, -days)[:10] if days else None,
        protection_basis=GIVEN if days else None,
        promised=_ago(now, bought.promised_ago)[:10] if bought.promised_ago else None,
        tracking=bought.tracking,
    )


def _ago(now: datetime, days: int) -> str:
    return instant(now - timedelta(days=days))


def _do(ledger: Ledger, now: datetime, number: str, days: int, ask: Job | NewClaim) -> None:
    stamp = Stamp(_ago(now, days), "demo", "demo")
    done = Opening(ask, SHIPPED, now - timedelta(days=days)) if isinstance(ask, NewClaim) else ask
    apply(ledger, [Operation(Target(number), done)], stamp, final=False)


def _rate(ledger: Ledger, now: datetime, store: str, days: int, rating: int, note: str) -> None:
    rate_seller(ledger, store, Rating(_ago(now, days), "demo", rating, note), partial=False, dry_run=False)


def _said(text: str) -> Job:
    return _note(Message(Party.SELLER, text))


def _note(fact: Message | Settlement, party: Party = Party.SELLER) -> Job:
    intent = Intent(Action.NOTE, party, fact=fact)
    return Job("note", (), lambda case: decide_moves(case, (intent,)))
