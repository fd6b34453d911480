"""A template from its text, with every mistake reported at once."""

import re
from collections.abc import Iterable, Iterator

from dispcli.core.templates import Choice, Group, Line, Part, Show, Template, Test, Vocabulary, Words
from dispcli.core.toml_reading import Mistakes
from dispcli.namedtuples import NamedTuple

_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_WORD = "[A-Za-z0-9_-]+"
_USE = rf"(?P<sign>[?*]?)(?P<name>{_NAME})(?:=(?P<word>{_WORD}))?"
_TOKEN = (
    r"\$(?P<literal>[$\[\]|])"
    rf"|\$(?:\{{(?P<braced>[^{{}}\n]*)\}}|(?P<bare>\?{_NAME}(?:={_WORD})?|\*?{_NAME}))"
    r"|(?P<mark>[\[\]|\n])"
    r"|(?P<text>[^$\[\]|\n]+)"
    r"|(?P<lone>\$)"
)
_DEEPEST = 8
"""How many brackets may stand in each other."""

_MOST_MISTAKES = 50


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def parse(text: str, known: Vocabulary) -> Template:
    """The template. Raises Mistakes with everything that is wrong, each as `line:column: what`."""
    reader = _Reader(text, known)
    lines = reader.lines({}, 0)
    if reader.mistakes:
        raise Mistakes(reader.told)
    return Template(about_of(text), lines, tuple(reader.fields), tuple(reader.lists))


def about_of(text: str) -> str | None:
    """What the first remark says the template is for."""
    first = text.partition("\n")[0]
    return first.lstrip("#").strip() or None if first.startswith("#") else None


class _Reader:
    """Reads a template from its tokens and gathers mistakes instead of stopping at the first."""

    def __init__(self, text: str, known: Vocabulary) -> None:
        self._text = text
        self._known = known
        self._tokens = list(_tokens(text))
        self._next = 0
        self.mistakes: list[tuple[int, int, str]] = []
        self.fields: dict[str, None] = {}
        self.lists: dict[str, None] = {}

    @property
    def told(self) -> tuple[str, ...]:
        """The mistakes in the order of the text: that a bracket is never closed is noticed at the end."""
        return tuple(f"{line}:{column}: {what}" for line, column, what in sorted(self.mistakes))

    def lines(self, row: Words, depth: int) -> tuple[Line, ...]:
        """The lines up to the end, or inside of brackets up to what ends a choice.

        `row` are the fields of the lists that the brackets go through.
        """
        lines: list[list[Part]] = [[]]
        while (token := self._peek()) is not None:
            if depth and token.kind in ("]", "|"):
                break
            self._next += 1
            if token.kind == "\n":
                lines.append([])
            elif token.kind == "[":
                lines[-1].append(self._group(token, row, depth + 1))
            elif token.kind == "use":
                lines[-1] += self._use(token, row)
            elif token.kind == "]":
                self._wrong(token, "no bracket is open here; a bracket itself is $]")
            elif token.kind == "lone":
                self._wrong(token, "a $ without a field; the sign itself is $$")
            else:
                lines[-1].append(token.text)
        return tuple(map(tuple, lines))

    def _group(self, opened: _Token, row: Words, depth: int) -> Group:
        if depth > _DEEPEST:
            self._wrong(opened, f"more than {_DEEPEST} brackets in each other")
            raise Mistakes(self.told)
        choices = [self._choice(row, depth)]
        while (token := self._peek()) is not None:
            self._next += 1
            if token.kind == "]":
                return Group(tuple(choices))
            choices.append(self._choice(row, depth))
        self._wrong(opened, "this bracket is never closed; a bracket itself is $[")
        return Group(tuple(choices))

    def _choice(self, row: Words, depth: int) -> Choice:
        token = self._peek()
        each = _use(token.text) if token and token.kind == "use" else None
        if token is None or each is None or each["sign"] != "*":
            return Choice(None, self.lines(row, depth))
        self._next += 1
        rows = self._known.lists.get(each["name"])
        if rows is None:
            self._unknown(token, "list", each["name"], self._known.lists)
            rows = {name: words for fields in self._known.lists.values() for name, words in fields.items()}
        self.lists[each["name"]] = None
        return Choice(each["name"], self.lines({**row, **rows}, depth))

    def _use(self, token: _Token, row: Words) -> list[Part]:
        """The field or the test, unless it is a mistake."""
        use = _use(token.text)
        if use is None:
            self._wrong(token, f"{token.text!r} is no field; the sign itself is $$")
            return []
        sign, name, word = use["sign"], use["name"], use["word"]
        words = row[name] if name in row else self._known.fields.get(name)
        if sign == "*":
            self._wrong(token, f"${token.text} must come first in its brackets: [${token.text} ...]")
        elif words is None and sign == "?" and word is None and name in self._known.lists:
            self.lists[name] = None
            return [Test(name, None)]
        elif words is None:
            self._unknown(token, "field", name, {**self._known.fields, **row})
        elif word is not None and word not in words:
            told = f"one of: {', '.join(words)}" if words else "it can't be compared"
            self._wrong(token, f"{name} is never {word!r} ({told})")
        else:
            if name not in row:
                self.fields[name] = None
            return [Test(name, word) if sign else Show(name)]
        return []

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _unknown(self, token: _Token, kind: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), list(known), 1)
        meant = f"; did you mean {near[0]!r}?" if near else "; see 'dispcli help drafts'"
        self._wrong(token, f"no such {kind}: {name!r}{meant}")

    def _wrong(self, token: _Token, what: str) -> None:
        before = self._text[: token.start]
        column = token.start - (before.rfind("\n") + 1) + 1
        self.mistakes.append((before.count("\n") + 1, column, what))
        if len(self.mistakes) == _MOST_MISTAKES:
            raise Mistakes((*self.told, "and perhaps more"))


def _tokens(text: str) -> Iterator[_Token]:
    """The template piece by piece. A blank or a line end right after a test is left out."""
    place = _after_remarks(text)
    token = re.compile(_TOKEN, re.ASCII)
    while (match := token.match(text, place)) is not None:
        kind, piece = match.lastgroup or "", match[match.lastgroup or 0]
        place = match.end()
        if kind in ("braced", "bare"):
            yield _Token("use", piece, match.start())
            if piece[:1] in ("?", "*"):
                place += text.startswith((" ", "\n"), place)
        elif kind == "mark":
            yield _Token(piece, piece, match.start())
        else:
            yield _Token("lone" if kind == "lone" else "text", piece, match.start())


def _use(text: str) -> re.Match[str] | None:
    """Sign, name and word of what stands after a dollar sign, without its braces."""
    match = re.fullmatch(_USE, text, re.ASCII)
    return None if match is None or (match["word"] and match["sign"] != "?") else match


def _after_remarks(text: str) -> int:
    place = 0
    while text.startswith("#", place):
        end = text.find("\n", place)
        place = len(text) if end < 0 else end + 1
    return place
