"""The samples PayPal's reference gives, compared record by record with what stands in them."""

from pathlib import Path

import pytest

from dispcli.core.facts import Claim, Message
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from tests.formats.paypal.reading import told

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "paypal"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are no part of the project")


def test_the_list() -> None:
    assert told((SAMPLES / "dispute_list.json").read_bytes()) == [
        NewOrder(
            marketplace="paypal",
            number="PP-000-003-648-191",
            placed="2017-01-24T10:41:35Z",
            placed_exact=False,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2017-01-24T11:40:32Z",
        ),
        ToldDispute(
            marketplace="paypal",
            order="PP-000-003-648-191",
            platform_id="PP-000-003-648-191",
            claim=Claim("not-received", "refund", Money(5000, "USD"), "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"),
            opened="2017-01-24T10:41:35Z",
            sight=Sight("WAITING_FOR_SELLER_RESPONSE", (Standing(State.OPENED),)),
            seen_at="2017-01-24T11:40:32Z",
        ),
        NewOrder(
            marketplace="paypal",
            number="PP-000-003-648-175",
            placed="2017-01-24T10:37:23Z",
            placed_exact=False,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2017-01-24T11:32:32Z",
        ),
        ToldDispute(
            marketplace="paypal",
            order="PP-000-003-648-175",
            platform_id="PP-000-003-648-175",
            claim=Claim("other", "refund", Money(2000, "USD"), "UNAUTHORISED"),
            opened="2017-01-24T10:37:23Z",
            sight=Sight("UNDER_REVIEW", (Standing(State.ESCALATED),)),
            seen_at="2017-01-24T11:32:32Z",
        ),
    ]


def test_the_detail() -> None:
    order, dispute = told((SAMPLES / "dispute_detail.json").read_bytes())
    assert order == NewOrder(
        marketplace="paypal",
        number="3BC38643YC807283D",
        placed="2019-04-11T04:16:58Z",
        placed_exact=True,
        status=OrderStatus.PAID,
        status_raw="REVERSED",
        seen_at="2019-04-21T04:19:08Z",
        seller_name="Lesley Paul",
        store_id="5U29WL78XSAEL",
        total=Money(19200, "USD"),
    )
    assert dispute == ToldDispute(
        marketplace="paypal",
        order="3BC38643YC807283D",
        platform_id="PP-D-4012",
        claim=Claim(
            "not-as-described", "refund", Money(9600, "USD"), "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED"
        ),
        opened="2019-04-11T04:18:00Z",
        sight=Sight("RESOLVED_BUYER_FAVOUR", (Standing(State.RESOLVED, Outcome.REFUNDED),)),
        seen_at="2019-04-21T04:19:08Z",
        history=(
            Intent(
                Action.NOTE,
                Party.BUYER,
                fact=Message(Party.BUYER, "SNAD case created through automation"),
                happened_at="2019-04-11T04:18:04Z",
            ),
        ),
    )
