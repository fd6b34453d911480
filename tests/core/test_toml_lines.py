"""Where the keys of a TOML text stand."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import dispcli
from dispcli.core.toml_lines import key_lines, line_of

FILES = sorted(Path(dispcli.__file__).parent.glob("**/*.toml"))

HARD = '''# a comment with [brackets] and "quotes
top = "a # no comment"  # [nor a table]

list = [
    "one = two",  # [three]
    [4, 5],
]
text = """
[not.a.table]
key = "no key"
"""
raw = \'\'\'
other = 1\'\'\'
after.dotted = true
"quoted.key" = 1
'single' = {inner = {deep = 1}, "x" = [2]}
[windows.open]   # comment
days = 15
  note = "]"
[ spaced . "out \\" there" ]
value = 'it''s'

[[many]]
name = 1
[[many]]
name = 2
'''.replace("'it''s'", '"it\'s"')


def test_keys_are_found_whatever_stands_around_them() -> None:
    tomllib.loads(HARD)
    assert key_lines(HARD) == {
        "top": 2,
        "list": 4,
        "text": 8,
        "raw": 12,
        "after.dotted": 14,
        "quoted.key": 15,
        "single": 16,
        "windows.open": 17,
        "windows.open.days": 18,
        "windows.open.note": 19,
        'spaced.out \\" there': 20,
        'spaced.out \\" there.value': 21,
        "many": 23,
        "many.name": 24,
    }


def test_lines_end_as_they_do_on_windows() -> None:
    assert key_lines('a = 1\r\nb = """\r\n"""\r\nc = 2\r\n') == {"a": 1, "b": 2, "c": 4}


def test_an_empty_text_has_no_keys() -> None:
    assert key_lines("") == key_lines("# only this") == {}


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("windows.open.days", 2),
        ("windows.open.by", 1),
        ("windows.open", 1),
        ("windows.nosuch.days", 1),
        ("zone", 1),
        ("", 1),
    ],
)
def test_what_is_missing_is_looked_for_where_it_would_stand(key: str, line: int) -> None:
    assert line_of({"windows.open": 1, "windows.open.days": 2, "last": 9}, key) == line


def paths(data: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for key, value in data.items():
        yield f"{before}{key}"
        if isinstance(value, dict):
            yield from paths(value, f"{before}{key}.")


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.parts[-2:]))
def test_every_key_of_our_own_files_stands_on_its_line(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines, found = text.splitlines(), key_lines(text)
    for path in paths(tomllib.loads(text)):
        if path in found:
            assert path.rpartition(".")[2].strip('"') in lines[found[path] - 1]
        else:  # a table that is only named by those within it
            assert any(key.startswith(f"{path}.") for key in found) or "{" in lines[line_of(found, path) - 1]
