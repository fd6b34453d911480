"""Bad input ends with exit code 9 and a place, and nothing is written."""

import json
import re
import resource
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.harness import Cli, command
from tests.cli.samples import HEADER, SHOPPER, csv_of, item, json_of, row

GOOD = csv_of(row())
ONE = json_of(item())


def one_line(**told: object) -> str:
    return json.dumps([item(**told)])


def with_number(text: str) -> str:
    """The JSON with this as the quantity, character for character."""
    return one_line(quantity=77777).replace("77777", text)


TITLE = "Desk lamp, brass"
BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "the input is empty"),
    "blank": (" \n\n ", "the input is empty"),
    "binary": (bytes(range(256)) * 4, ":"),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\x00" * 60, "not text"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 60, ":"),
    "some other CSV": ("a,b,c\n1,2,3\n", "not a format dispcli knows"),
    "some other JSON": ('{"orders": []}', "not a format dispcli knows"),
    "an HTML page": ("<!DOCTYPE html><html></html>", "not a format dispcli knows"),
    "invalid UTF-8": (GOOD.encode().replace(b"brass", b"br\xffss"), "bad:2: not well-formed CSV: not UTF-8"),
    "Latin-1": (
        csv_of(row(title="Lampe für Tisch")).encode("latin-1"),
        "bad:2: not well-formed CSV: not UTF-8",
    ),
    "half a UTF-16 character": (GOOD.encode("utf-16")[:-1], "bad:2: not well-formed CSV: not UTF-8"),
    "NUL": (GOOD.replace("brass", "br\x00ss"), "bad:2: not well-formed CSV: a NUL"),
    "a field of 300 KB": (csv_of(row(title="x" * 300_000)), "bad:2:"),
    "a field of 300 KB in JSON": (one_line(title="x" * 300_000), "longer than 256 KiB"),
    "unclosed quote": (GOOD + '"2026-01-01,81', "not well-formed CSV"),
    "text after a quote": (GOOD.replace(f'"{TITLE}"', f'"{TITLE}"x'), "bad:2: not well-formed CSV"),
    "short row": (f"{HEADER}\n2026-10-02,8190000000000001,Lamp\n", "bad:2: 3 cells, but the header has 16"),
    "long row": (GOOD.rstrip("\n") + ",one more\n", "bad:2: 17 cells"),
    "duplicate header": (GOOD.replace("Tags", "Title"), "bad:1: the column 'Title' stands twice"),
    "header only, no such column": (HEADER.replace("Currency", "Money") + "\n", ":"),
    "short number": (csv_of(row("123")), "bad:2: order number '123'"),
    "number in a spreadsheet's hand": (csv_of({**row(), "Order ID": "8.19E+15"}), "8.19E+15"),
    "Arabic digits in a number": (csv_of({**row(), "Order ID": "٨١٩٠٠٠٠٠٠٠"}), "bad:2:"),
    "Arabic digits in a quantity": (csv_of(row(Qty="١")), "bad:2: quantity"),
    "underscore": (csv_of(row(Qty="1_0")), "bad:2: quantity"),
    "no quantity": (csv_of(row(Qty="0")), "bad:2: quantity"),
    "negative quantity": (csv_of(row(Qty="-1")), "bad:2: quantity"),
    "huge quantity": (csv_of(row(Qty="9" * 400)), "bad:2: quantity"),
    "huge price": (csv_of(row(Price="US $" + "9" * 400)), "bad:2:"),
    "exponent in a price": (csv_of(row(Price="US $1e9999999")), "bad:2:"),
    "no price": (csv_of(row(Price="free")), "bad:2: not one amount"),
    "no currency": (csv_of(row(Currency="")), "bad:2: Currency is missing"),
    "strange currency": (csv_of(row(Currency="dollars")), "bad:2:"),
    "no title": (csv_of(row(title="")), "bad:2: Title is missing"),
    "no such day": (csv_of(row(**{"Order Date": "2026-02-30"})), "bad:2:"),
    "a day of another kind": (csv_of(row(**{"Order Date": "02/10/2026"})), "bad:2: not a day"),
    "a day out of range": (csv_of(row(**{"Order Date": "99999-01-01"})), "bad:2:"),
    "Arabic digits in a day": (csv_of(row(**{"Order Date": "٢٠٢٦-١٠-٠٢"})), "bad:2:"),
    "two currencies in one order": (csv_of(row(), row(title="b", Currency="EUR", Price="1.00")), "several"),
    "truncated JSON": (ONE[:-20], "bad:"),
    "JSON with a comma too many": (ONE.rstrip("]") + ",]", "not well-formed JSON"),
    "deep JSON": (one_line(tags=[]).replace("[]", "[" * 100_000 + "]" * 100_000), "not acceptable JSON"),
    "duplicate keys": (
        one_line().replace('"title"', '"orderId": "8190000000000009", "title"'),
        "twice: 'orderId'",
    ),
    "NaN": (with_number("NaN"), "NaN"),
    "Infinity": (with_number("-Infinity"), "Infinity"),
    "fraction": (with_number("1.5"), "quantity"),
    "exponent": (with_number("1e9999999"), "1e9999999"),
    "huge integer": (with_number("9" * 5000), "too large"),
    "lone surrogate": (one_line(title="half \ud800"), "item 1: title has half a character"),
    "lone surrogate in a key": (one_line(**{"half \ud800": "x", "title": ""}), "item 1: title is missing"),
    "number as text": (one_line(title=["a"]), "item 1: title is not text"),
    "true as quantity": (one_line(quantity=True), "item 1: quantity is not text"),
    "an object as title": (one_line(title={"a": 1}), "item 1:"),
    "null as title": (one_line(title=None), "item 1: title is missing"),
    "not all objects": ("[" + json.dumps(item()) + ", 7]", "item 2: not an object"),
    "no such day in JSON": (one_line(orderDate="Feb 30, 2026"), "item 1:"),
    "no day in JSON": (one_line(orderDate=None, orderDateIso=None), "item 1: orderDate is missing"),
    "a time far off": (one_line(timestamp=10**18), "item 1: timestamp"),
    "Arabic digits in a time": (one_line(timestamp="١٧٧٢"), "item 1: timestamp"),
    "NUL in JSON": (one_line(title="a\x00b"), "item 1: title has a NUL"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_with_its_place(cli: Cli, kind: str) -> None:
    content, told = BAD[kind]
    name = cli.file("bad", content)
    result = cli.run("import", name)
    assert result.code == 9, result.stderr[:500]
    assert result.stdout == ""
    assert told in result.stderr
    assert re.search(r"bad(:\d+)*:", result.stderr), "the file is named"
    assert "Traceback" not in result.stderr
    assert len(result.stderr) < 1000, "what is wrong is not printed whole"
    assert not cli.ledger.exists()


@pytest.mark.parametrize("kind", ["no quantity", "duplicate keys", "binary", "deep JSON", "unclosed quote"])
def test_bad_input_leaves_a_ledger_as_it_was(cli: Cli, kind: str) -> None:
    cli.ok("import", cli.file("good.csv", SHOPPER))
    before = cli.kept()
    assert cli.run("import", cli.file("bad", BAD[kind][0])).code == 9
    assert cli.kept() == before


def test_one_bad_file_stops_the_good_ones_with_it(cli: Cli) -> None:
    good, bad = cli.file("good.csv", GOOD), cli.file("bad.csv", csv_of(row(Qty="0")))
    assert cli.run("import", good, bad).code == 9
    assert not cli.ledger.exists()


def test_one_bad_row_stops_the_good_ones_with_it(cli: Cli) -> None:
    text = csv_of(row(), row("8190000000000002", Qty="0"), row("8190000000000003"))
    result = cli.run("import", cli.file("mixed.csv", text))
    assert result.code == 9
    assert "mixed.csv:3: " in result.stderr
    assert not cli.ledger.exists()


def test_every_mistake_is_told_up_to_a_limit(cli: Cli) -> None:
    result = cli.run("import", cli.file("bad.csv", csv_of(*[row(Qty="0")] * 30)))
    assert "30 mistakes" in result.stderr
    assert result.stderr.count("bad.csv:") == 20
    assert "and 10 more" in result.stderr


def test_a_mistake_after_a_title_of_two_lines_has_the_right_line(cli: Cli) -> None:
    text = csv_of(row(title="two\nlines"), row(Qty="0"))
    assert "bad.csv:4: quantity" in cli.run("import", cli.file("bad.csv", text)).stderr


def test_mistakes_on_standard_input_say_so(cli: Cli) -> None:
    result = cli.run("import", "-", stdin=csv_of(row(Qty="0")))
    assert result.code == 9
    assert "standard input:2: quantity" in result.stderr


def test_a_folder_is_no_file(cli: Cli) -> None:
    assert cli.run("import", str(cli.home)).code == 9


def test_a_file_of_70_mb_is_refused_in_bounded_memory(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(HEADER.encode() + b"\n")
        file.truncate(70 * 2**20)

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (600 * 2**20, 600 * 2**20))

    done = subprocess.run(
        command("import", str(path)),
        check=False,
        capture_output=True,
        text=True,
        env=cli.env,
        preexec_fn=bounded,
        timeout=30,
    )
    assert done.returncode == 9, done.stderr
    assert "huge.csv:2: longer than 1024 KiB" in done.stderr


def test_a_pipe_without_end_is_refused(cli: Cli) -> None:
    with subprocess.Popen(["yes", HEADER], stdout=subprocess.PIPE) as endless:
        done = subprocess.run(
            command("import", "-"),
            check=False,
            stdin=endless.stdout,
            capture_output=True,
            env=cli.env,
            timeout=60,
        )
        endless.kill()
    assert done.returncode == 9
    assert b"more than 1 GiB" in done.stderr


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with bytes changed, put in, left out, cut off."""
    place = st.integers(0, len(content) - 1)
    byte = st.integers(0, 255).map(lambda number: bytes([number])) | st.sampled_from(
        [b'"', b",", b"\n", b"{", b"[", b"\\u", b"\x00", b"\xff", b"e", b"-", b"9" * 50, b"\xef\xbb\xbf"]
    )
    change = st.tuples(st.sampled_from(["set", "add", "cut", "end"]), place, byte)

    def apply(changes: list[tuple[str, int, bytes]]) -> bytes:
        text = content
        for kind, at, new in changes:
            rest = {"set": text[at + 1 :], "add": text[at:], "cut": text[at + 5 :], "end": b""}[kind]
            text = text[:at] + (new if kind in ("set", "add") else b"") + rest
        return text

    return st.lists(change, min_size=1, max_size=4).map(apply)


@pytest.mark.parametrize("content", [GOOD, ONE], ids=["csv", "json"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_is_ever_a_bug(cli: Cli, content: str, data: st.DataObject) -> None:
    bad = data.draw(damaged(content.encode()))
    result = cli.run("import", cli.file("damaged", bad), "--dry-run")
    assert result.code in (0, 9), result.stderr
    assert "Traceback" not in result.stderr


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.dictionaries(
        st.sampled_from(sorted(item())),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=2),
        ),
        max_size=4,
    )
)
def test_no_value_in_json_is_ever_a_bug(cli: Cli, told: dict[str, object]) -> None:
    result = cli.run("import", cli.file("odd.json", one_line(**told)), "--dry-run")
    assert result.code in (0, 9), result.stderr


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.dictionaries(
        st.sampled_from(HEADER.split(",")),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
        max_size=4,
    )
)
def test_no_value_in_csv_is_ever_a_bug(cli: Cli, told: dict[str, str]) -> None:
    result = cli.run("import", cli.file("odd.csv", csv_of({**row(), **told})), "--dry-run")
    assert result.code in (0, 9), result.stderr
