"""What `dispcli export orders` writes, `dispcli import` reads back as it was, in every format."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.orders import PROTECTION_BASES, OrderStatus
from tests.cli.harness import Cli
from tests.cli.samples import imported
from tests.export.ledgers import LAMP, filled
from tests.ledger.builders import writing

FORMATS = ("csv", "tsv", "json", "ndjson", "xlsx")
NAMES = {"json": "dispcli-json"}
AT = "2026-11-20T08:00:00Z"

_letters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"), exclude_characters="\ufeff"
)
_text = st.text(st.one_of(st.sampled_from("'=+-@_x00A;,\t\"\\ \n"), _letters), min_size=1, max_size=12)
texts = _text.map(str.strip).filter(bool)
ids = st.from_regex(r"[A-Za-z0-9=+@'-][A-Za-z0-9_-]{0,20}", fullmatch=True)
moments = st.sampled_from(
    ["2026-10-31", "2026-10-31T00:00:00Z", "2026-10-31T23:59:59Z", "1899-01-01", "2024-02-29T12:00:01Z"]
)
currencies = st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF"])
minors = st.integers(0, 10**12) | st.integers(0, 10**17 - 1)
addresses = st.none() | st.just("https://www.aliexpress.com/item/1005.html?a=1&b=%20")


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def lines(draw: st.DrawFn, currency: str) -> NewLine:
    price = draw(maybe(minors))
    return NewLine(
        title=draw(texts),
        quantity=draw(st.integers(1, 99)),
        unit_price=None if price is None else Money(price // 10**4, currency),
        platform_id=draw(maybe(ids)),
        product_id=draw(maybe(ids)),
        sku_id=draw(maybe(ids)),
        attributes=draw(maybe(texts)),
        url=draw(addresses),
    )


@st.composite
def orders(draw: st.DrawFn, number: int) -> NewOrder:
    """An order as imports and `orders add` leave it: a total wherever all prices are known."""
    line_currency, currency = draw(currencies), draw(currencies)
    apart = st.lists(lines(line_currency), max_size=3, unique_by=lambda line: line.platform_id or id(line))
    bought = tuple(draw(apart))  # a platform's id names one line
    total = draw(maybe(st.builds(Money, minors, st.just(currency))))
    status = draw(st.sampled_from([one for one in OrderStatus if one is not OrderStatus.UNKNOWN]))
    ends = draw(maybe(moments))
    return NewOrder(
        marketplace=draw(st.sampled_from(["ebay", "amazon", "paypal"])),
        number=f"{draw(ids)}{number}",
        placed=draw(moments),
        placed_exact=draw(st.booleans()),
        status=status,
        status_raw=draw(maybe(texts)),
        seen_at=AT,
        seller_name=draw(maybe(st.sampled_from(["Lamp Shop", "=Shop", "'=Shop", "'t Winkeltje", 'Ω, "x"']))),
        store_id=draw(maybe(st.sampled_from(["1", "'-2"]))),
        store_url=None,
        total=total or lines_total(bought),
        lines=bought,
        shipped=draw(maybe(moments)),
        delivered=draw(maybe(moments)),
        protection_ends=ends,
        protection_basis=draw(maybe(st.sampled_from(PROTECTION_BASES))) if ends else None,
        promised=draw(maybe(moments)),
        tracking=draw(maybe(texts)),
    )


def content(cli: Cli, ledger: Path) -> list[dict[str, str]]:
    """Every order with every line, without their place in the list."""
    rows = cli.ok("export", "orders", "--ledger", str(ledger)).rows()
    return sorted(rows, key=lambda row: (row["marketplace"], row["order"], row["line"]))


def there_and_back(cli: Cli, ledger: Path, format: str) -> tuple[list[dict[str, str]], Mapping[str, str]]:
    """The content of a new ledger that was made from an export, and the summary of that import."""
    with tempfile.TemporaryDirectory() as folder:
        file, new = str(Path(folder) / "orders"), str(Path(folder) / "new.db")
        cli.ok("export", "orders", "--format", format, "-o", file, "--ledger", str(ledger))
        cli.ok("ledger", "init", "--ledger", new)
        summary = cli.ok("import", file, "--ledger", new).row()
        return content(cli, Path(new)), summary


@pytest.mark.parametrize("format", FORMATS)
def test_orders_come_back_as_they_were(cli: Cli, format: str) -> None:
    filled(cli.ledger)
    found, summary = there_and_back(cli, cli.ledger, format)
    assert found == content(cli, cli.ledger)
    assert (summary["format"], summary["orders_new"]) == (NAMES.get(format, "dispcli"), "3")


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_exported_changes_nothing_where_it_came_from(cli: Cli, format: str) -> None:
    imported(cli)
    file = str(cli.home.parent / "out")
    cli.ok("export", "orders", "--format", format, "-o", file)
    summary = cli.ok("import", file).row()
    assert (summary["orders_same"], summary["orders_changed"], summary["orders_new"]) == ("5", "0", "0")


@pytest.mark.parametrize("format", FORMATS)
def test_prices_in_another_currency_than_the_total_come_back(cli: Cli, format: str) -> None:
    with writing(cli.ledger) as ledger:
        paid = filled_order(total=Money(1000, "EUR"), unit=Money(1150, "USD"))
        ledger.add_order(paid, AT)
        ledger.add_order(filled_order("2", total=None, unit=None), AT)
        ledger.add_order(filled_order("3", total=Money(5, "KWD"), unit=None), AT)
    found, _ = there_and_back(cli, cli.ledger, format)
    assert found == content(cli, cli.ledger)
    told = [(row["total"], row["currency"], row["unit_price"], row["unit_currency"]) for row in found]
    assert told == [("10.00", "EUR", "11.50", "USD"), ("", "", "", ""), ("0.005", "KWD", "", "")]


def filled_order(number: str = "1", *, total: Money | None, unit: Money | None) -> NewOrder:
    return NewOrder(
        marketplace="ebay",
        number=number,
        placed="2026-10-01",
        placed_exact=True,
        status=OrderStatus.PAID,
        status_raw=None,
        seen_at=AT,
        total=total,
        lines=(NewLine("Lamp", 1, unit),),
    )


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_orders_there_are_come_back(cli: Cli, format: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with writing(path) as ledger:
            for number in range(data.draw(st.integers(1, 3))):
                ledger.add_order(data.draw(orders(number)), AT)
        found, _ = there_and_back(cli, path, format)
        assert found == content(cli, path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"total": {"amount": "12.50", "minor": 1251, "currency": "USD"}}, "contradicts itself"),
        ({"total": {"amount": "12.50", "minor": "1250", "currency": "USD"}}, "not an object of amount"),
        ({"total": {"amount": "12.50", "minor": 1250}}, "not an object of amount"),
        ({"total": {"amount": "-1.00", "minor": -100, "currency": "USD"}}, "below zero"),
        ({"total": {"amount": "1", "minor": 10**19, "currency": "USD"}}, "out of range"),
        ({"title": None}, "title is missing"),
    ],
)
@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_what_was_changed_by_hand_is_read_strictly(
    cli: Cli, format: str, change: dict[str, Any], told: str
) -> None:
    filled(cli.ledger)
    text = cli.ok("export", "orders", "--format", format).stdout
    rows = json.loads(text)["order_lines"] if format == "json" else list(map(json.loads, text.splitlines()))
    rows[0].update(change)
    changed = json.dumps({**json.loads(text), "order_lines": rows}) if format == "json" else ""
    file = cli.file("changed", changed or "\n".join(map(json.dumps, rows)))
    result = cli.run("import", file)
    assert result.code == 9
    assert told in result.stderr
    assert ("item 1" if format == "json" else "changed:1") in result.stderr


def test_an_empty_document_is_no_mistake(cli: Cli) -> None:
    file = cli.file("none.json", '{"schema_version": 1, "order_lines": [], "more": false}')
    assert cli.ok("import", file).row()["rows"] == "0"


def test_a_raw_cell_keeps_what_it_begins_with(cli: Cli) -> None:
    """In TSV nothing was defused, so an apostrophe there is the shop's own."""
    filled(cli.ledger)
    text = cli.ok("export", "orders").stdout.replace("Desk lamp, brass", "'=x")
    new = str(cli.home.parent / "new.db")
    cli.ok("ledger", "init", "--ledger", new)
    cli.ok("import", cli.file("orders.tsv", text), "--ledger", new)
    assert {"'=x", "=HYPERLINK(1)"} <= {row["title"] for row in content(cli, Path(new))}
    assert LAMP in text
