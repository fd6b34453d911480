import pytest

from dispcli.core.facts import Settlement
from dispcli.core.money import Money
from dispcli.core.owed import kind_of_remedy, missing_amounts


@pytest.mark.parametrize(
    ("noted", "missing"),
    [
        ("", ""),
        ("promised 1000", "1000 USD"),
        ("promised 1000, promised 800", "800 USD"),
        ("promised 1000, issued 1000", "1000 USD"),
        ("promised 1000, issued 400", "1000 USD"),
        ("promised 1000, issued 700, issued 700", "1400 USD"),
        ("issued 400, issued 600", "1000 USD"),
        ("promised 1000, issued 1000, received 400", "600 USD"),
        ("promised 1000, received 400, received 600", ""),
        ("promised 1000, received 1200", ""),
        ("received 1200", ""),
        ("promised -", ""),
        ("promised 1000, received -", "1000 USD"),
        ("promised 1000 USD, issued 900 EUR", "900 EUR, 1000 USD"),
        ("promised 1000 USD, promised 900 EUR, received 900 EUR", "1000 USD"),
        ("promised 1000 USD, received 1000 EUR", "1000 USD"),
    ],
)
def test_what_is_missing_is_promised_or_issued_less_received_per_currency(noted, missing):
    def settlement(words):
        stage, minor, *currency = words.split()
        return Settlement(
            "refund", stage, None if minor == "-" else Money(int(minor), *(currency or ["USD"]))
        )

    told = missing_amounts([settlement(words) for words in noted.split(", ") if words])
    assert ", ".join(f"{money.minor} {money.currency}" for money in told) == missing


@pytest.mark.parametrize(
    ("remedy", "kind"),
    [("refund", "refund"), ("return_and_refund", "refund"), ("replacement", "replacement")],
)
def test_what_a_remedy_brings(remedy, kind):
    assert kind_of_remedy(remedy) == kind
