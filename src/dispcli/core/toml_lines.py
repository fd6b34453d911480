"""On which line of a TOML text each key stands: what its parser doesn't tell."""

import re
from collections.abc import Iterator, Mapping

_KEY = re.compile(r'[ \t]*(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([A-Za-z0-9_-]+))[ \t]*')
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|\#[^\n]*|[\[\]{}\n]|[^"\'\#\[\]{}\n]+',
    re.DOTALL,
)


def key_lines(text: str) -> Mapping[str, int]:
    """The line of each table and key by its dotted path, as in `windows.open.days`; the first one counts.

    The text is sound TOML, as `tomllib` takes it. Keys of an inline table are not told apart from it.
    """
    lines: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for line, statement in _statements(text):
        header = statement.startswith("[")
        path = _path(statement.lstrip("["))
        if header:
            table = path
        lines.setdefault(".".join(path if header else (*table, *path)), line)
    return lines


def line_of(lines: Mapping[str, int], key: str) -> int:
    """The line of a key; of the table it would stand in where it is missing; else the first."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and each key with its value, with the line it begins on: a value may go over several."""
    line, begun, statement, depth = 1, 1, "", 0
    for piece in _TOKEN.findall(text.replace("\r\n", "\n") + "\n"):
        if piece == "\n" and depth == 0:
            if statement.strip():
                yield begun, statement.strip()
            statement = ""
        elif not piece.startswith("#"):
            if not statement.strip():
                begun = line
            statement += piece
            depth += (piece in "[{") - (piece in "]}")
        line += piece.count("\n")


def _path(statement: str) -> tuple[str, ...]:
    """The dotted key a statement begins with."""
    parts: list[str] = []
    at = 0
    while match := _KEY.match(statement, at):
        parts.append(next(part for part in match.groups() if part is not None))
        at = match.end()
        if statement[at : at + 1] != ".":
            break
        at += 1
    return tuple(parts)
