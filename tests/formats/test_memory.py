"""Inputs that are meant to fill the memory, or would by being read whole, and how little they do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.batch.measuring import measured
from tests.cli.harness import Cli
from tests.cli.samples import HEADER, csv_of, item, row

MOST = 110
"""MiB, of which the program itself takes about 60."""


def a_line_of_256_mib(file: BinaryIO) -> None:
    file.write(HEADER.encode() + b"\n")
    file.truncate(2**28)


def a_quote_that_is_never_closed(file: BinaryIO) -> None:
    good = csv_of(row())
    file.write(good.encode() + b'"2026-01-01,')
    file.writelines(b"x" * 99 + b"\n" for _ in range(100_000))


def a_text_of_64_mib(file: BinaryIO) -> None:
    file.write(b'[{"orderId": "')
    file.writelines(b"x" * 2**20 for _ in range(64))
    file.write(b'"}]')


def a_list_of_24_mib(file: BinaryIO) -> None:
    """Its first element is wrong, so nothing is kept of the others, but all are read."""
    file.write(b"[" + json.dumps(item(quantity=0)).encode())
    one = json.dumps(item(title="x" * 50_000)).encode()
    file.writelines(b",\n" + one for _ in range(500))
    file.write(b"]")


def deep_lists(file: BinaryIO) -> None:
    file.write(b'[{"a": ' + b"[" * 1_000_000)


INPUTS: dict[str, tuple[Callable[[BinaryIO], None], str]] = {
    "a line of 256 MiB": (a_line_of_256_mib, "bad:2: longer than 1024 KiB"),
    "a quote that is never closed": (a_quote_that_is_never_closed, "bad:3: not well-formed CSV"),
    "a text of 64 MiB": (a_text_of_64_mib, "bad:1:2: one value is longer than 16 MiB"),
    "a list of 24 MiB": (a_list_of_24_mib, "bad: item 1: quantity '0'"),
    "deep lists": (deep_lists, "bad:1:2: not acceptable JSON"),
}


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_takes_little_memory(cli: Cli, kind: str, tmp_path: Path) -> None:
    write, told = INPUTS[kind]
    path = tmp_path / "bad"
    with path.open("wb") as file:
        write(file)
    ran = measured(cli, "import", str(path))
    assert ran.code == 9, ran.stderr[-500:]
    assert told in ran.stderr
    assert len(ran.stderr) < 10_000
    assert ran.mebibytes < MOST
    assert not cli.ledger.exists()
