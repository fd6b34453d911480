"""What people are told of mappings is what a mapping may say."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from dispcli.formats.mapped.manual import BESIDES
from dispcli.formats.mapped.mapping import Amounts, Dates, TableMapping
from dispcli.formats.mapped.reading import parse_mapping

COLUMNS = {"number": "Number", "date": "Day", "title": "Item", "status": "State", "total": "Total"}
KEY = re.compile(r"([a-zA-Z_]+) = (\[?\S.*?)(?:  .*)?")


def said() -> Iterator[tuple[str, str, str]]:
    """Every section (empty at the top), key and value that the manual shows."""
    section = ""
    for line in BESIDES.splitlines():
        if head := re.match(r"\[([a-z_.]+)\]", line):
            section = head[1]
        elif found := KEY.fullmatch(line):
            values = re.findall(r'\["[^"]*"\]|"[^"]*"|true|false', found[2])
            yield from ((section, found[1], value) for value in values)


SAID = list(said())


@pytest.mark.parametrize(("section", "key", "value"), SAID)
def test_every_value_that_is_shown_is_accepted(section: str, key: str, value: str) -> None:
    text = f"[{section}]\n{key} = {value}" if section else f"{key} = {value}"
    parse_mapping("mine", {"marketplace": "ebay", "columns": COLUMNS, **tomllib.loads(text)})


def test_everything_that_may_be_said_is_shown() -> None:
    shown = {(section, key) for section, key, _ in SAID}
    assert {key for section, key in shown if section == "dates"} == set(Dates._fields)
    apart = {"signs"}  # a table of its own
    assert {key for section, key in shown if section == "amounts"} == set(Amounts._fields) - apart
    top = {key for section, key in shown if not section}
    assert top == set(TableMapping._fields) - {
        *("name", "marketplace", "columns", "dates", "amounts", "words", "overrides")
    }
