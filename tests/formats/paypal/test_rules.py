"""PayPal's rules, as the policy tells them."""

from dispcli.core.orders import Order, OrderStatus
from dispcli.policies import SHIPPED, words_for
from dispcli.services.pages import order_page


def test_a_dispute_can_be_opened_for_180_days_and_never_again() -> None:
    policy = SHIPPED.policy_for("paypal")
    assert "paypal" in SHIPPED.known()
    assert (policy.windows["open"].days, policy.windows["open"].business_days) == (180, False)
    assert policy.reopening is False


def test_no_window_is_guessed() -> None:
    """Only what its pages tell."""
    assert set(SHIPPED.policy_for("paypal").windows) == {"open", "escalate", "answer_offer"}


def test_a_payment_has_its_page_and_a_dispute_as_an_order_has_none() -> None:
    payment = Order(1, "paypal", "3BC38643YC807283D", "2019-04-11", OrderStatus.PAID)
    policy = SHIPPED.policy_for("paypal")
    assert order_page(payment, policy) == "https://www.paypal.com/activity/payment/3BC38643YC807283D"
    assert order_page(payment._replace(number="PP-D-4012"), policy) is None


def test_a_payment_given_back_has_been_paid() -> None:
    words = words_for("paypal")
    assert words.order_status("REFUNDED") is OrderStatus.PAID
    assert words.order_status("DENIED") is OrderStatus.CANCELLED
    assert words.order_status("BRAND_NEW") is OrderStatus.UNKNOWN
