import re

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from, text

from dispcli.core.money import MAX_MINOR, Money, exponent, parse_amount, parse_printed, totals

EXPONENTS = {"JPY": 0, "USD": 2, "EUR": 2, "KWD": 3, "CLF": 4}
CURRENCIES = sampled_from(sorted(EXPONENTS))
TYPED = integers(0, 10**15 - 1)
"""What a person may type in any currency: at most fifteen digits before the decimal mark."""


def grouped(whole, mark):
    return f"{whole:,}".replace(",", mark)


@pytest.mark.parametrize(("currency", "digits"), EXPONENTS.items())
def test_the_minor_unit_is_that_of_iso_4217(currency, digits):
    assert exponent(currency) == digits


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1234, "USD", "12.34"),
        (-5, "USD", "-0.05"),
        (0, "USD", "0.00"),
        (1200, "JPY", "1200"),
        (-1200, "JPY", "-1200"),
        (1, "KWD", "0.001"),
        (-12345, "CLF", "-1.2345"),
    ],
)
def test_an_amount_is_told_exactly(minor, currency, text):
    assert Money(minor, currency).amount == text
    assert str(Money(minor, currency)) == f"{currency} {text}"


@given(TYPED, CURRENCIES)
def test_what_is_told_can_be_typed_back(minor, currency):
    money = Money(minor, currency)
    amount = money.amount
    for typed in (str(money), f"{amount} {currency}", f"{amount}{currency.lower()}", f" {currency}{amount} "):
        assert parse_amount(typed, None) == money
    assert parse_amount(amount, currency) == money


@given(
    integers(-(10**15) + 1, 10**15 - 1),
    sampled_from(["JPY", "USD", "CLF"]),
    sampled_from([",", "'", "\u202f"]),
)
def test_what_is_printed_in_groups_can_be_read_back(minor, currency, mark):
    sign, (whole, point, part) = "-" if minor < 0 else "", Money(abs(minor), currency).amount.partition(".")
    assert parse_printed(f"{sign}{grouped(int(whole), mark)}{point}{part}", currency) == Money(
        minor, currency
    )


@given(text("0123456789., -", max_size=14), CURRENCIES)
def test_what_is_printed_is_read_as_its_own_digits_or_refused(printed, currency):
    try:
        money = parse_printed(printed, currency)
    except ValueError:
        return
    digits = "".join(char for char in printed if char.isdigit())
    told = str(abs(money.minor))
    zeros = "0" * exponent(currency)
    assert told.lstrip("0") in (digits.lstrip("0"), (digits + zeros).lstrip("0"))


@pytest.mark.parametrize(
    ("typed", "default", "minor", "currency"),
    [
        ("12.34", "USD", 1234, "USD"),
        ("12.3", "USD", 1230, "USD"),
        ("12", "USD", 1200, "USD"),
        ("USD12.34", "EUR", 1234, "USD"),
        ("12.34 usd", "EUR", 1234, "USD"),
        ("1200", "JPY", 1200, "JPY"),
        ("0.001", "KWD", 1, "KWD"),
        (" 7 ", "USD", 700, "USD"),
        ("999999999999999", "USD", 99999999999999900, "USD"),
    ],
)
def test_an_amount_as_a_person_types_it(typed, default, minor, currency):
    assert parse_amount(typed, default) == Money(minor, currency)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "-1",
        "+1",
        "1e5",
        "1_000",
        "1,000",
        "1,5",
        ".5",
        "5.",
        "12.345",
        "١٢",
        "１２",
        "0x10",
        "nan",
        "US 5",
    ],
)
def test_what_is_not_plainly_an_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"not an amount|has 2 decimals"):
        parse_amount(typed, "USD")


@pytest.mark.parametrize("default", [None, "USD", "EUR", "JPY", "KWD"])
@pytest.mark.parametrize("typed", ["USD 15,90", "15,90", "$15.90", "1,590.00 JPY", "much", "15.999", "15"])
def test_what_a_refusal_advises_is_taken(typed, default):
    try:
        parse_amount(typed, default)
    except ValueError as refusal:
        advice = re.search(r"write it as (?:in )?(.*?)\)?$", str(refusal))
        for advised in advice[1].split(" or ") if advice else ():
            assert parse_amount(advised.strip("'"), default).minor == 1234


@pytest.mark.parametrize(("typed", "told"), [("1.5 JPY", "JPY has 0 decimals"), ("12.34", "which currency")])
def test_a_refusal_says_what_is_wrong(typed, told):
    with pytest.raises(ValueError, match=told):
        parse_amount(typed, None)


@pytest.mark.parametrize(
    ("printed", "currency", "minor"),
    [
        ("US $1,234.56", "USD", 123456),
        ("129,46zł", "PLN", 12946),
        ("R$132,74", "BRL", 13274),
        ("1\u00a0234,56 €", "EUR", 123456),
        ("1\u202f234,56 €", "EUR", 123456),
        ("1.234,56 €", "EUR", 123456),
        ("CHF 1'234.56", "CHF", 123456),
        ("1’234’567.89", "CHF", 123456789),
        ("$1,234", "USD", 123400),
        ("1.234 €", "EUR", 123400),
        ("1 234 567", "EUR", 123456700),
        ("￥1,234", "JPY", 1234),
        ("12", "USD", 1200),
        ("0.05", "USD", 5),
        ("-5.00", "USD", -500),
        ("- $", "USD", None),
        ("KD 1,234.567", "KWD", 1234567),
        ("7 KWD", "KWD", 7000),
        ("UF 1.234,5678", "CLF", 12345678),
        ("UF 1.234", "CLF", 12340000),
        ("1.234", "KWD", None),
        ("1,234,567", "KWD", None),
        ("12.3", "USD", None),
        ("12.345", "JPY", 12345),
        ("12.34", "JPY", None),
        ("1,23,456.00", "USD", None),
        ("12,34.56", "USD", None),
        ("1,234,56", "USD", None),
        ("0,123", "USD", None),
        ("1,234.567,89", "USD", None),
        ("1,234.567", "USD", None),
        ("5 - 7", "USD", None),
        ("2 x $5.00", "USD", None),
        ("١٢٣٫٤٥", "USD", None),
        ("1_000", "USD", None),
        ("1e5", "USD", None),
        ("", "USD", None),
        ("free", "USD", None),
    ],
)
def test_an_amount_as_a_shop_prints_it_is_read_or_refused_when_not_sure(printed, currency, minor):
    if minor is None:
        with pytest.raises(ValueError, match=r"amount|readings"):
            parse_printed(printed, currency)
    else:
        assert parse_printed(printed, currency) == Money(minor, currency)


@pytest.mark.parametrize("code", ["usd", "US", "USDT", "", "U$D", "ÄBC", "USD\n"])
def test_a_currency_is_three_capital_letters(code):
    with pytest.raises(ValueError, match="currency code"):
        Money(1, code)


@pytest.mark.parametrize("minor", [MAX_MINOR, -MAX_MINOR])
def test_an_amount_beyond_all_measure_is_refused(minor):
    with pytest.raises(ValueError, match="out of range"):
        Money(minor, "USD")
    inside = minor - 1 if minor > 0 else minor + 1
    assert Money(inside, "USD").minor == inside


@pytest.mark.parametrize("printed", ["9" * 16, "1" + ",000" * 6])
def test_more_digits_than_money_has_are_refused(printed):
    with pytest.raises(ValueError, match="out of range"):
        parse_printed(printed, "JPY")


def test_totals_are_per_currency():
    amounts = [Money(500, "USD"), Money(300, "EUR"), Money(-200, "USD"), Money(1, "JPY")]
    assert totals(amounts) == (Money(300, "EUR"), Money(1, "JPY"), Money(300, "USD"))
    assert totals([]) == ()
