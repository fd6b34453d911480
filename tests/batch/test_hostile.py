"""Wrong input of every kind: told with its line, nothing written, never a traceback, in bounded memory."""

import codecs
import json
from itertools import repeat

import pytest

from tests.batch.batches import BAD, items, message, ndjson, statuses, texts, told
from tests.batch.measuring import measured
from tests.cli.harness import Cli, Result
from tests.cli.samples import LAMP, answered

MOST_MEBIBYTES = 120
LONG = 1024 * 1024


def line(**fields: object) -> bytes:
    """A message with these fields instead of its own."""
    return json.dumps({**message("bad"), **fields}).encode()


def text(raw: bytes) -> bytes:
    """A message with this, byte for byte, as the value of its text."""
    return b'{"op":"message","order":"D1","text":' + raw + b"}"


def operation(op: str, **fields: object) -> bytes:
    return json.dumps({"op": op, "order": "D1", **fields}).encode()


# What stands in the line, and a word that its message must have.
WRONG: dict[str, tuple[bytes, str]] = {
    "truncated": (text(b'"bad"')[:-1], "not JSON"),
    "a trailing comma": (text(b'"bad",'), "not JSON"),
    "two objects": (text(b'"bad"') * 2, "not JSON"),
    "single quotes": (b"{'op':'keep','order':'D1'}", "not JSON"),
    "a comment": (text(b'"bad"') + b" // done", "not JSON"),
    "a key twice": (b'{"op":"message","op":"cancel","order":"D1","text":"bad"}', "'op' stands twice"),
    "a key twice, once escaped": (
        b'{"op":"message","\\u006fp":"cancel","order":"D1","text":"bad"}',
        "'op' stands twice",
    ),
    "a key twice with the same value": (b'{"op":"keep","order":"D1","order":"D1"}', "'order' stands twice"),
    "a key twice, once null": (b'{"op":"keep","order":"D1","note":null,"note":"x"}', "'note' stands twice"),
    "a key twice further in": (line(accept_risks=0).replace(b": 0", b':[{"a":1,"a":2}]'), "'a' stands twice"),
    "a key twice in an object": (text(b'{"a":"b","a":"c"}'), "'a' stands twice"),
    "NaN": (text(b"NaN"), "not JSON"),
    "-Infinity": (text(b"-Infinity"), "not JSON"),
    "a huge number": (text(b"9" * 5000), ""),
    "a huge exponent": (line(line=0).replace(b": 0", b":1e999999999"), ""),
    "a number past 64 bits": (line(line=2**70), "line: not a whole number"),
    "a lone surrogate": (text(b'"\\ud800"'), "not JSON"),
    "a lone surrogate in UTF-8": (text(b'"\xed\xa0\x80"'), "not JSON"),
    "a NUL, escaped": (text(b'"a\\u0000b"'), "text: not clean text"),
    "a NUL, bare": (text(b'"a\x00b"'), "not JSON"),
    "a control character": (text(b'"a\x1bb"'), "not JSON"),
    "invalid UTF-8": (text(b'"\xff"'), "UTF-8"),
    "UTF-8 cut short": (text(b'"\xe2\x82"'), "UTF-8"),
    "Latin-1": (text('"über"'.encode("latin-1")), "UTF-8"),
    "nested without end": (b"[" * 200_000, "not JSON"),
    "nested in an object": (b'{"op":' * 100_000, "not JSON"),
    "nested and closed": (text(b"[" * 990 + b"]" * 990), ""),
    "nested more and closed": (text(b'{"a":' * 5000 + b"1" + b"}" * 5000), ""),
    "binary": (bytes(byte for byte in range(256) if byte != 10), "not JSON"),
    "only a NUL": (b"\x00", "not JSON"),
    "an array": (b'[{"op":"keep","order":"D1"}]', "not a JSON object"),
    "a string": (b'"keep D1"', "not a JSON object"),
    "null": (b"null", "not a JSON object"),
    "no JSON at all": (b"keep D1", "not JSON"),
    "an empty object": (b"{}", "op: missing"),
    "no op": (b'{"order":"D1","text":"bad"}', "op: missing"),
    "an op of null": (line(op=None), "op: missing"),
    "an op that is a list": (line(op=["message"]), "no such operation"),
    "an op that is no word of ours": (line(op="forget"), "no such operation: 'forget'"),
    "an op in capitals": (line(op="Message"), "no such operation"),
    "an op of the history": (line(op="confirm_cancel"), "no such operation"),
    "no order": (b'{"op":"message","text":"bad"}', "order: missing"),
    "no text": (b'{"op":"message","order":"D1"}', "text: missing"),
    "everything missing": (b'{"op":"message"}', "order: missing; text: missing"),
    "an unknown field": (line(colour="red"), "colour: message has no such field"),
    "a field of another operation": (line(reason="late"), "reason: message has no such field"),
    "a field in capitals": (line(Note="x"), "Note: message has no such field"),
    "an order that is a number": (line(order=int(LAMP)), "order: not text"),
    "an order that is a list": (line(order=[LAMP]), "order: not text"),
    "an empty order": (line(order=" "), "order: the text is empty"),
    "an empty text": (line(text=""), "text: the text is empty"),
    "a text that is a number": (line(text=7), "text: not text"),
    "a text too long": (line(text="x" * (64 * 1024 + 1)), "text: longer than 64 KiB"),
    "a line too long": (line(text="x" * LONG), "longer than 1024 KiB"),
    "an amount as a number": (operation("answer", offer=10), "offer: not text"),
    "an amount as a float": (operation("answer", offer=10.5), "offer: not text"),
    "an amount in Arabic digits": (operation("answer", offer="١٢"), "offer: not an amount"),
    "an amount with an underscore": (operation("answer", offer="1_000"), "offer: not an amount"),
    "an amount with an exponent": (operation("answer", offer="1e9999999"), "offer: not an amount"),
    "an amount with a comma": (operation("answer", offer="1,50"), "offer: not an amount"),
    "a negative amount": (operation("answer", offer="-5"), "offer: not an amount"),
    "an amount too large": (operation("answer", offer="9" * 15), "out of range"),
    "an amount of nothing": (operation("answer", offer="0.00"), "the amount has to be more than zero"),
    "an amount with too many decimals": (operation("answer", offer="1.234"), "USD has 2 decimals"),
    "an amount in another currency": (operation("answer", offer="EUR 5"), "the order is in USD"),
    "a date out of range": (operation("concede", at="10000-01-01"), "at: not a date"),
    "the year 0": (operation("concede", at="0000-01-01"), "at: no such date"),
    "the first day there is": (operation("concede", at="0001-01-01"), "at: no such date"),
    "the last day there is": (operation("concede", due="9999-12-31"), "due: no such date"),
    "a day that is none": (operation("concede", at="2026-02-30"), "at: no such date"),
    "a month for a day": (operation("concede", at="2026-10"), "at: not one day"),
    "a day to come": (operation("concede", at="2026-12-24"), "has not happened yet"),
    "a stretch out of range": (operation("concede", due="+9999y"), "due: out of range"),
    "a zone out of range": (operation("concede", at="0001-01-01T00:00+14:00"), "at: no such date"),
    "a date in Arabic digits": (operation("concede", at="٢٠٢٦-١١-٠١"), "at: not a date"),
    "a date as a number": (operation("concede", at=20261101), "at: not text"),
    "a reason that is nearly one": (operation("cancel", reason="agreemnt"), "Did you mean 'agreement'"),
    "another reason without a text": (operation("cancel", reason="other"), "needs a text"),
    "risks that are no list": (
        operation("cancel", reason="agreement", accept_risks={"a": 1}),
        "accept_risks: not a list",
    ),
    "risks that are lists": (
        operation("cancel", reason="agreement", accept_risks=[["x"]]),
        "accept_risks: no such code",
    ),
    "a line that is 0": (line(line=0), "line: counted from 1"),
    "a line that is true": (line(line=True), "line: not a whole number"),
    "a line that is half": (line(line=1.5), "line: not a whole number"),
    "a line in Arabic digits": (line(line="١"), "line: not a whole number"),
    "a line of a dispute": (line(line=1), "D1 is one dispute already"),
    "a line and the whole order": (line(order=LAMP, line=1, whole_order=True), "excludes whole_order"),
    "a flag that is 1": (line(whole_order=1), "whole_order: neither true nor false"),
    "a flag that is yes": (operation("answer", refuse="yes"), "refuse: neither true nor false"),
    "an answer that says nothing": (operation("answer"), "say what the seller did"),
    "an answer that says both": (operation("answer", refuse=True, offer="5"), "say what the seller did"),
    "nothing to revise": (operation("revise"), "nothing to change"),
    "nothing to open": (operation("open"), "reason: missing"),
    "a dispute's id that is none": (operation("open", reason="late", replaces="12"), "not a dispute id"),
    "a dispute's id without end": (
        operation("open", reason="late", replaces="D" + "9" * 5000),
        "not a dispute id",
    ),
}


def fed(cli: Cli, content: bytes, *more: str) -> Result:
    result = cli.run("batch", *more, stdin=content)
    assert "Traceback" not in result.stderr
    assert "unexpected failure" not in result.stderr
    return result


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_line_stops_all_of_them(cli: Cli, case: str) -> None:
    wrong, word = WRONG[case]
    answered(cli)
    before = cli.kept()
    result = fed(cli, ndjson(message("a")).encode() + wrong + b"\n" + ndjson(message("b")).encode())
    assert result.code == 9
    assert told(result, "line", "status") == [(1, "not_applied"), (2, "invalid"), (3, "not_applied")]
    assert word in told(result, "message")[1]
    assert "standard input:2: " in result.stderr
    assert cli.kept() == before


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_line_is_left_out_and_the_good_ones_are_done(cli: Cli, case: str) -> None:
    wrong, word = WRONG[case]
    answered(cli)
    content = ndjson(message("a")).encode() + wrong + b"\r\n" + ndjson(message("b")).encode()
    result = fed(cli, content, "--keep-going")
    assert result.code == 7
    assert told(result, "line", "status") == [(1, "changed"), (2, "invalid"), (3, "changed")]
    assert word in told(result, "message")[1]
    assert "standard input:2: " in result.stderr
    assert texts(cli) == ["a", "b"]


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_line_at_the_very_beginning_is_told_too(cli: Cli, case: str) -> None:
    """The first line says what kind of input it is, and it is the one most likely to be broken."""
    wrong, _ = WRONG[case]
    answered(cli)
    before = cli.kept()
    result = fed(cli, wrong + b"\n" + ndjson(message("a")).encode())
    assert result.code == 9
    assert result.stderr.count("error: ") == 1
    assert cli.kept() == before


# Whole inputs that can't be a batch, whatever their other lines are; and where it is wrong.
HOPELESS: dict[str, tuple[bytes, str]] = {
    "an array of objects": (json.dumps([message("a"), message("b")]).encode(), ":1"),
    "an array of objects over lines": (json.dumps([message("a")], indent=1).encode(), ":1"),
    "JSON from its middle on": (b'"order":"D1","text":"x"}\n' + ndjson(message("a")).encode(), ":1"),
    "words": (b"cancel D1\ncancel D2\n", ":1"),
    "ids": (b"D1\nD2\n", ":1"),
    "binary": (bytes(range(256)) * 20, ":1"),
    "NULs": (b"\x00" * 5000, ":1"),
    "a gzip": (b"\x1f\x8b\x08\x00" + bytes(range(128, 256)), ":1"),
    "UTF-32": (ndjson(message("a")).encode("utf-32"), ":1"),
    "a table without op": (b"order,text\nD1,a\n", ":1"),
    "a table without a header": (b"message,D1,a\n", ":1"),
    "a header with a column twice": (b"op,order,text,text\nmessage,D1,a,b\n", "'text' stands twice"),
    "a header with the same column in spaces": (b"op,order, order\nkeep,D1,D1\n", "'order' stands twice"),
    "a header with an unknown column": (b"op,order,text,colour\nmessage,D1,a,red\n", "'colour'"),
    "a header with an empty column": (b"op,order,text,\nmessage,D1,a,\n", ":1"),
    "a header that is not text": (b"op,order,\xff\nmessage,D1,a\n", ":1"),
    "a header with an open quote": (b'op,order,"text\nmessage,D1,a\n', ":1"),
}


@pytest.mark.parametrize("mode", [(), ("--keep-going",)], ids=["atomic", "keep-going"])
@pytest.mark.parametrize("case", HOPELESS)
def test_what_can_not_be_a_batch_is_refused_as_a_whole(cli: Cli, case: str, mode: tuple[str, ...]) -> None:
    content, _ = HOPELESS[case]
    answered(cli)
    before = cli.kept()
    result = fed(cli, content, *mode)
    assert (result.code, result.stdout) == (9, "")
    assert result.stderr.startswith("error: ")
    assert len(result.stderr.splitlines()) < 25
    assert cli.kept() == before


@pytest.mark.parametrize("case", HOPELESS)
def test_what_can_not_be_a_batch_is_told_with_its_line(cli: Cli, case: str) -> None:
    content, word = HOPELESS[case]
    assert word in fed(answered(cli), content).stderr


def test_utf_16_without_a_mark_is_bad_to_its_last_line(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    content = ndjson(message("a"), message("b")).encode("utf-16-le")
    assert fed(cli, content).code == 9
    going = fed(cli, content, "--keep-going")
    assert going.code == 7
    assert set(statuses(going)) == {"invalid"}
    assert cli.kept() == before


HEADER = b"op,order,text,line\n"
ROWS: dict[str, tuple[bytes, str]] = {
    "a short row": (b"message,D1\n", "2 cells, but the header has 4"),
    "a long row": (b"message,D1,a,,\n", "5 cells, but the header has 4"),
    "text behind a quote": (b'message,D1,"a"b,\n', "not well-formed CSV"),
    "a bare carriage return": (b"message,D1,a\rb,\n", "not well-formed CSV"),
    "invalid UTF-8": (b"message,D1,\xff,\n", "not well-formed CSV"),
    "a NUL": (b"message,D1,a\x00b,\n", "NUL"),
    "a cell too long": (b"message,D1," + b"x" * 70_000 + b",\n", "longer than 64 KiB"),
    "a cell far too long": (b"message,D1," + b"x" * 200_000 + b",\n", ""),
    "a row too long": (b"message,D1," + b"x" * LONG + b",\n", "longer than 1024 KiB"),
    "no op": (b",D1,a,\n", "op: missing"),
    "no text": (b"message,D1,,\n", "text: missing"),
    "a line in words": (b"message,D1,a,one\n", "line: not a whole number"),
    "an object": (b'{"op":"message"}\n', "1 cells, but the header has 4"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_wrong_row_is_told_with_its_line(cli: Cli, case: str) -> None:
    wrong, word = ROWS[case]
    answered(cli)
    before = cli.kept()
    content = HEADER + b"message,D1,a,\n" + wrong + b"message,D1,b,\n"
    whole = fed(cli, content)
    assert whole.code == 9
    assert told(whole, "line", "status") == [(2, "not_applied"), (3, "invalid"), (4, "not_applied")]
    assert word in told(whole, "message")[1]
    assert "standard input:3: " in whole.stderr
    assert cli.kept() == before
    going = fed(cli, content, "--keep-going")
    assert going.code == 7
    assert told(going, "line", "status") == [(2, "changed"), (3, "invalid"), (4, "changed")]
    assert texts(cli) == ["a", "b"]


def test_a_quote_that_is_never_closed_is_told_where_it_was_opened(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    content = HEADER + b'message,D1,a,\nmessage,D1,"b,\nmessage,D1,c,\n'
    whole = fed(cli, content)
    assert whole.code == 9
    assert told(whole, "line", "status") == [(2, "not_applied"), (3, "invalid")]
    assert "a quote is never closed" in told(whole, "message")[1]
    assert cli.kept() == before
    assert fed(cli, content, "--keep-going").code == 7
    assert texts(cli) == ["a"]


def test_a_quote_that_is_never_closed_does_not_swallow_the_whole_input(cli: Cli) -> None:
    answered(cli)
    filler = b"message,D1," + b"y" * 50_000 + b",\n"
    content = HEADER + b'message,D1,"b,\n' + filler * 25 + b"message,D1,last,\n"
    result = fed(cli, content, "--keep-going")
    assert result.code == 7
    assert statuses(result)[0] == "invalid"
    assert texts(cli)[-1] == "last"


@pytest.mark.parametrize("mode", [(), ("--keep-going",)], ids=["atomic", "keep-going"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("tail", [b"{", b"\x00", b"\xd8", b"{\x00\xd8"], ids=repr)
def test_utf_16_that_ends_in_half_a_character_is_bad_input(
    cli: Cli, encoding: str, tail: bytes, mode: tuple[str, ...]
) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    content = mark + ndjson(message("a")).encode(encoding) + tail
    result = fed(answered(cli), content, *mode)
    assert result.code == (7 if mode else 9)
    assert told(result, "line", "status")[-1] == (2, "invalid")
    assert texts(cli) == (["a"] if mode else [])


def test_utf_16_with_a_lone_surrogate_is_a_bad_line(cli: Cli) -> None:
    broken = ndjson(message("X")).replace("X", "\ud83d").encode("utf-16-le", "surrogatepass")
    content = codecs.BOM_UTF16_LE + ndjson(message("a")).encode("utf-16-le") + broken
    result = fed(answered(cli), content, "--keep-going")
    assert statuses(result) == ["changed", "invalid"]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\xff", b"\xef", b"\xef\xbb"])
@pytest.mark.parametrize("mode", [(), ("--keep-going",)], ids=["atomic", "keep-going"])
def test_a_mark_and_nothing_else_ends_well_or_as_bad_input(
    cli: Cli, mark: bytes, mode: tuple[str, ...]
) -> None:
    whole = mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE)
    assert fed(answered(cli), mark, *mode).code == (0 if whole else 9)


def test_wide_characters_of_both_encodings_arrive_whole(cli: Cli) -> None:
    wide = "😀 über – 漢字 \u2028 end"
    answered(cli)
    for count, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16")):
        assert fed(cli, ndjson(message(f"{wide}{count}")).encode(encoding)).code == 0
    assert texts(cli) == [f"{wide}{count}" for count in range(3)]


@pytest.mark.parametrize("length", [63, 64 * 1024 - 1, 64 * 1024])
def test_a_text_up_to_the_limit_is_kept_whole(cli: Cli, length: int) -> None:
    answered(cli)
    assert fed(cli, ndjson(message("ü" * length)).encode()).code == 0
    assert texts(cli) == ["ü" * length]


def test_a_message_about_a_huge_word_stays_small(cli: Cli) -> None:
    """What was wrong is quoted, but not a megabyte of it."""
    huge = "x" * 500_000
    lines = [
        {"op": huge, "order": "D1"},
        {"op": "keep", "order": huge[:60_000]},
        {"op": "keep", "order": "D1", huge: "x"},
        {"op": "keep", "order": "D1", "at": huge[:60_000]},
        {"op": "open", "order": "D1", "reason": huge},
        {"op": "cancel", "order": "D1", "reason": "agreement", "accept_risks": [huge]},
    ]
    result = fed(answered(cli), ndjson(*lines).encode(), "--keep-going")
    assert result.code == 7
    assert [status in ("invalid", "error") for status in statuses(result)] == [True] * 6
    assert max(len(item["message"]) for item in items(result)) < 2000
    assert len(result.stderr) < 10_000


def test_control_characters_in_a_name_reach_no_terminal(cli: Cli) -> None:
    evil = "\x1b]0;owned\x07\x1b[31m\u202e"
    lines = ndjson({"op": evil, "order": "D1"}, {"op": "keep", "order": evil}, {evil: 1, "op": "keep"})
    name = answered(cli).file("evil.ndjson", lines)
    result = cli.run("batch", "--keep-going", name, tty=True, env={"NO_COLOR": "1"})
    assert result.code == 7
    for stream in (result.stdout, result.stderr):
        assert not {"\x1b", "\x07", "\u202e"} & set(stream)


def test_a_line_of_fifty_megabytes_is_read_past_in_little_memory(cli: Cli) -> None:
    answered(cli)
    pieces = [
        ndjson(message("a")).encode(),
        b'{"op":"message","order":"D1","text":"',
        *repeat(b"x" * 1_000_000, 50),
        b'"}\n',
        ndjson(message("b")).encode(),
    ]
    result = measured(cli, "batch", "--keep-going", stdin=pieces)
    assert result.code == 7, result.stderr
    assert [json.loads(row)["status"] for row in result.stdout.splitlines()] == [
        "changed",
        "invalid",
        "changed",
    ]
    assert result.mebibytes < MOST_MEBIBYTES


def test_a_first_line_of_fifty_megabytes_is_read_past_in_little_memory(cli: Cli) -> None:
    answered(cli)
    result = measured(cli, "batch", stdin=repeat(b"x" * 1_000_000, 50))
    assert result.code == 9
    assert result.mebibytes < MOST_MEBIBYTES


@pytest.mark.endurance
def test_a_quote_open_for_fifty_megabytes_is_read_past_in_little_memory(cli: Cli) -> None:
    answered(cli)
    rows = (b"message,D1," + b"y" * 500 + b",\n") * 100
    pieces = [HEADER, b'message,D1,"b,\n', *repeat(rows.replace(b"message", b"forget"), 1000)]
    result = measured(cli, "batch", "--keep-going", "--fields", "status", stdin=pieces)
    assert result.code == 7
    assert result.mebibytes < MOST_MEBIBYTES


MANY = 100_000
STREAMS: dict[str, tuple[tuple[str, ...], bytes, int]] = {
    "invalid": (("--keep-going",), f"{BAD}\n".encode(), 7),
    "refused": (("--keep-going",), ndjson({"op": "keep", "order": "D1"}).encode(), 7),
    "repeated": (("--keep-going",), ndjson(message("the same")).encode(), 0),
    "of no such order": (("--keep-going",), ndjson(message("a", "D9")).encode(), 7),
    "wrong beside their order": (
        ("--keep-going",),
        ndjson({"op": "answer", "order": "D1", "offer": "EUR 5"}).encode(),
        7,
    ),
    "blank": (("--keep-going",), b"\n", 0),
}


@pytest.mark.endurance
@pytest.mark.parametrize("stream", STREAMS)
def test_a_hundred_thousand_lines_take_little_memory(cli: Cli, stream: str) -> None:
    more, one, code = STREAMS[stream]
    answered(cli)
    result = measured(cli, "batch", *more, "--fields", "line", stdin=repeat(one * 1000, MANY // 1000))
    assert result.code == code, result.stderr
    assert result.stdout.count(b"\n") == (0 if stream == "blank" else MANY)
    assert result.mebibytes < MOST_MEBIBYTES
