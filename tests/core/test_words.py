import pytest

from dispcli.core.orders import OrderStatus
from dispcli.core.states import Outcome, State
from dispcli.core.toml_reading import Mistakes
from dispcli.core.words import Standing
from dispcli.core.words_reading import parse_words

TOLD = {
    "orders": {"paid": ["To Ship", "PAID"], "closed": ["Closed"]},
    "disputes": {"status": {"Running": ["opened", "answered"], "Over": ["resolved:refunded", "cancelled"]}},
    "claims": {"not-received": ["NOT_HERE"]},
}


def test_words_are_read_whatever_their_case():
    words = parse_words(TOLD)
    assert words.order_status("to ship ") is OrderStatus.PAID
    assert words.order_status("CLOSED") is OrderStatus.CLOSED
    assert words.claim_reason("not_here") == "not-received"
    assert words.standings("status", "RUNNING") == (Standing(State.OPENED), Standing(State.ANSWERED))
    over = (Standing(State.RESOLVED, Outcome.REFUNDED), Standing(State.CANCELLED))
    assert words.standings("status", "over") == over


def test_a_word_nobody_knows_says_nothing():
    words = parse_words(TOLD)
    assert words.order_status("flying to Mars") is OrderStatus.UNKNOWN
    assert words.order_status(None) is OrderStatus.UNKNOWN
    assert words.claim_reason("broken heart") == "other"
    assert words.standings("status", "sleeping") == ()


def test_words_cannot_be_changed_once_read():
    words = parse_words(TOLD)
    for table in (words.orders, words.disputes, words.disputes["status"], words.claims):
        with pytest.raises(TypeError):
            table["x"] = "y"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"orders": {"lost": ["Gone"]}}, "orders.lost: unknown"),
        ({"orders": {"paid": ["Paid"], "closed": ["PAID"]}}, "orders.closed: 'PAID' stands twice"),
        ({"orders": {"paid": "Paid"}}, "orders.paid: not a list"),
        ({"claims": {"sad": ["Sad"]}}, "claims.sad: unknown"),
        ({"disputes": {"status": ["Over"]}}, "disputes.status: not a table"),
        ({"disputes": {"status": {"Over": []}}}, "disputes.status.Over: no state"),
        ({"disputes": {"status": {"Over": ["ended"]}}}, "disputes.status.Over: no platform shows"),
        ({"disputes": {"status": {"Odd": ["cancel_requested"]}}}, "disputes.status.Odd: no platform shows"),
        ({"disputes": {"status": {"Over": ["resolved:lost"]}}}, "disputes.status.Over: 'resolved:lost'"),
        ({"disputes": {"status": {"Over": ["agreed:refunded"]}}}, "disputes.status.Over: 'agreed:refunded'"),
        ({"disputes": {"s": {"Over": ["agreed"], "OVER": ["opened"]}}}, "disputes.s.OVER: stands twice"),
        ({"color": "red"}, "color: unknown key"),
    ],
)
def test_a_mistake_is_named_with_its_key(data, expected):
    with pytest.raises(Mistakes) as problem:
        parse_words(data)
    assert [told for told in problem.value.mistakes if told.startswith(expected)]
