"""A ledger with something of everything that is exported."""

from pathlib import Path

from dispcli.core.facts import Message
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Party
from tests.ledger.builders import AT, CONFIRM, REFUND, REQUEST, note, open_dispute, order, writing

LAMP = "3069099405659913"
SHOES = "8190000000000004"
PAYMENT = "PP-1"
RISKY = "=HYPERLINK(1)"


def filled(path: Path) -> Path:
    """An order of two lines and a dispute that was talked about; one in yen, cancelled; one without lines."""
    with writing(path) as ledger:
        lamp = ledger.add_order(
            order(
                LAMP,
                seller_name="Lamp Shop",
                store_id="1100000001",
                store_url="https://www.aliexpress.com/store/1100000001",
                status_raw="Awaiting delivery",
                total=Money(12_50, "USD"),
                shipped="2026-10-02T08:00:00Z",
                protection_ends="2026-12-30",
                protection_basis="entered",
                promised="2026-10-31",
                tracking="LP00123456789, =RB2",
                lines=(
                    NewLine("Desk lamp, brass", 2, Money(5_00, "USD"), "L1", "1005", "12000", "Color: Brass"),
                    NewLine(RISKY, 1, Money(2_50, "USD")),
                ),
            ),
            AT,
        )
        shoes = ledger.add_order(
            order(
                SHOES,
                placed="2026-11-10",
                status=OrderStatus.PAID,
                total=Money(4200, "JPY"),
                lines=(NewLine("Running shoes 42", 1, Money(4200, "JPY")),),
            ),
            "2026-11-21T09:00:00Z",
        )
        ledger.add_order(order(PAYMENT, marketplace="paypal", seller_name=None, lines=()), AT)
        said = note(Message(Party.SELLER, "-5% if you cancel"), happened_at="2026-11-18T07:30:00Z")
        open_dispute(ledger, lamp, 1, said, note(REFUND), platform_id="P1")
        open_dispute(ledger, shoes, None, REQUEST, CONFIRM)
    return path
