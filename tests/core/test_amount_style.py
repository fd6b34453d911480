"""Amounts without a sign of their currency, and the decimal mark of a whole file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.amount_style import decide_mark, marks_of, read_amount, read_exact
from dispcli.core.money import Money


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1.234,56"], ","),
        (["1,234.56"], "."),
        (["1,234", "5,00"], ","),
        (["1,234", "-5.00"], "."),
        (["1,234"], None),
        (["1.234", "17"], None),
        (["1.234.567"], ","),
        (["0,123"], ","),
        ([], None),
    ],
)
def test_the_mark_is_decided_by_all_amounts(texts: list[str], mark: str | None) -> None:
    assert decide_mark(texts) == mark


@pytest.mark.parametrize("texts", [["1,00", "1.00"], ["1.234,56", "1,234.56"], ["5.00", "five"]])
def test_amounts_that_no_mark_fits_are_refused(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="is not an amount with"):
        decide_mark(texts)


@pytest.mark.parametrize(
    ("text", "currency", "mark", "amount"),
    [
        ("1.234,56", "EUR", ",", "EUR 1234.56"),
        ("-1,234.56", "USD", ".", "USD -1234.56"),
        ("\u22128,49", "EUR", ",", "EUR -8.49"),
        ("1\u00a0234,56", "EUR", ",", "EUR 1234.56"),
        ("1’234.56", "CHF", ".", "CHF 1234.56"),
        ("1,234", "JPY", ".", "JPY 1234"),
        ("1,234", "JPY", None, "JPY 1234"),
        ("1.234", "JPY", None, "JPY 1234"),
        ("1,234", "KWD", ",", "KWD 1.234"),
        ("1,234", "KWD", ".", "KWD 1234.000"),
        ("10,5", "EUR", ",", "EUR 10.50"),
        ("42", "EUR", None, "EUR 42.00"),
        ("-0,05", "EUR", ",", "EUR -0.05"),
    ],
)
def test_an_amount_is_read_with_its_mark(text: str, currency: str, mark: str | None, amount: str) -> None:
    assert str(read_amount(text, currency, mark)) == amount


@pytest.mark.parametrize(
    ("text", "currency", "mark"),
    [
        ("1,234", "USD", None),
        ("1.234", "KWD", None),
        ("12,34.56", "USD", "."),
        ("1,234.56", "EUR", ","),
        ("1,2345.00", "USD", "."),
        ("1,234 567.00", "USD", "."),
        ("1.234", "USD", "."),
        ("1,23", "JPY", ","),
        ("1e3", "USD", "."),
        ("1_000", "USD", "."),
        ("١٢", "USD", "."),
        ("--1", "USD", "."),
        ("$5", "USD", "."),
        ("", "USD", "."),
        ("5.00", "usd", "."),
        ("9999999999999999", "USD", "."),
    ],
)
def test_what_has_no_one_reading_is_refused(text: str, currency: str, mark: str | None) -> None:
    with pytest.raises(ValueError, match=r"not an amount|two readings|decimals|not a currency code"):
        read_amount(text, currency, mark)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("50.00", "USD", "USD 50.00"),
        ("50", "USD", "USD 50.00"),
        (".5", "USD", "USD 0.50"),
        ("-.5", "USD", "USD -0.50"),
        ("5000", "JPY", "JPY 5000"),
        ("5000.00", "JPY", "JPY 5000"),
        ("5.500", "USD", "USD 5.50"),
        ("1.234", "KWD", "KWD 1.234"),
    ],
)
def test_a_plain_decimal_is_read_exactly(text: str, currency: str, amount: str) -> None:
    assert str(read_exact(text, currency)) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1,234.00", "USD"),
        ("5.", "USD"),
        ("", "USD"),
        ("-", "USD"),
        ("5.001", "USD"),
        ("5.01", "JPY"),
        ("USD5", "EUR"),
        ("1e2", "USD"),
        (" 5", "USD"),
        ("+5", "USD"),
        ("٥", "USD"),
    ],
)
def test_what_is_no_plain_decimal_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"not an amount|two readings|decimals|not a currency code"):
        read_exact(text, currency)


@given(st.integers(-(10**14), 10**14), st.sampled_from([(".", ","), (",", ".")]))
def test_an_amount_comes_back_from_either_style(minor: int, style: tuple[str, str]) -> None:
    mark, group = style
    whole, part = divmod(abs(minor), 100)
    grouped = f"{whole:,}".replace(",", group)
    text = f"{'-' if minor < 0 else ''}{grouped}{mark}{part:02d}"
    assert marks_of(text) == {mark}
    assert read_amount(text, "EUR", mark) == Money(minor, "EUR")
