"""The language of templates: fields, parts that may be left out, rows of a list. Nothing else can be asked.

A template is parsed once, and its fields are filled in once: what is filled in is never looked at again, so
a text from outside can't bring fields of its own.

    $title ${title}         the field; a line in which one has no value is left out
    [... | ...]             the first part in which every field has a value; nothing where none has
    $?title                 holds where the field or the list has something; shows nothing
    $?state=opened          holds where the field is this word; shows nothing
    [$*messages ... | ...]  once for each row of the list, whose fields can be used in it
    $$ $[ $] $|             the character itself

Lines before the text that begin with `#` are remarks; the first says what the template is for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from dispcli.namedtuples import NamedTuple

Words = Mapping[str, tuple[str, ...]]
"""Fields by name, with the words each can be compared with."""


class Vocabulary(NamedTuple):
    """What a template may name: fields, and lists with the fields of their rows."""

    fields: Words
    lists: Mapping[str, Words]


class Value(NamedTuple):
    """A field's value: as it is shown, and as it is compared."""

    text: str
    word: str


class Facts(Protocol):
    """Whatever knows the values of fields; None for what is not known."""

    def value(self, name: str) -> Value | None:
        """The field's value."""

    def rows(self, name: str) -> "Sequence[Facts]":
        """The rows of a list; each knows what the whole knows too."""


class Show(NamedTuple):
    """A field that is shown."""

    name: str


class Test(NamedTuple):
    """A field or a list that must have something, or be this word; shows nothing."""

    name: str
    word: str | None


class Choice(NamedTuple):
    """One part of a pair of brackets; `each` names the list it is repeated for."""

    each: str | None
    lines: "tuple[Line, ...]"


class Group(NamedTuple):
    """A pair of brackets: the first choice that holds is taken."""

    choices: tuple[Choice, ...]


Part = str | Show | Test | Group
Line = tuple[Part, ...]


class Template(NamedTuple):
    """A template: what it is for, its lines, and the fields and lists that it names."""

    about: str | None
    lines: tuple[Line, ...]
    fields: tuple[str, ...]
    lists: tuple[str, ...]


def fill(template: Template, facts: Facts) -> str:
    """The text: no blank at the end of a line, no blank lines around it or next to each other.

    What is filled in is kept as it is; its further lines are indented, so that none can pass for a line of
    the template.
    """
    text = _stacked(_line(line, facts, "") for line in template.lines if _holds(line, facts))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _stacked(lines: Iterable[str | None]) -> str:
    """The lines below each other, without blank ones that would stand at an end or next to each other."""
    kept: list[str] = []
    for line in lines:
        if line is not None and (line.strip() or (kept and kept[-1].strip())):
            kept.append(line)
    if kept and not kept[-1].strip():
        kept.pop()
    return "\n".join(kept)


def _line(line: Line, facts: Facts, before: str) -> str | None:
    """A line that holds; None where what could be left out was all there is.

    `before` is how far the line is indented by the one it stands in.
    """
    first = line[0] if line and isinstance(line[0], str) else ""
    indent = before + first[: len(first) - len(first.lstrip())]
    text = "".join(_told(part, facts, indent) for part in line)
    optional = any(isinstance(part, Test | Group) for part in line)
    return None if optional and not text.strip() else text


def _holds(line: Line, facts: Facts) -> bool:
    """Whether every field of the line has a value, apart from those in brackets."""
    return all(_is_met(part, facts) for part in line if not isinstance(part, str | Group))


def _is_met(part: Show | Test, facts: Facts) -> bool:
    value = facts.value(part.name)
    if isinstance(part, Show):
        return value is not None
    if part.word is None:
        return value is not None or bool(facts.rows(part.name))
    return value is not None and value.word == part.word


def _told(part: Part, facts: Facts, indent: str) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Show):
        value = facts.value(part.name)
        return value.text.replace("\n", f"\n{indent}    ") if value else ""
    if isinstance(part, Test):
        return ""
    texts = (_choice(choice, facts, indent) for choice in part.choices)
    return next((text for text in texts if text is not None), "")


def _choice(choice: Choice, facts: Facts, indent: str) -> str | None:
    """The choice's text; None where it doesn't hold, or for a list where no row does."""
    if choice.each is None:
        return _whole(choice.lines, facts, indent)
    rows = [_whole(choice.lines, row, indent) for row in facts.rows(choice.each)]
    told = [row for row in rows if row is not None]
    return f"\n{indent}".join(told) if told else None


def _whole(lines: tuple[Line, ...], facts: Facts, indent: str) -> str | None:
    """All of the lines, or None; the first stands in a line that is indented so far."""
    if not all(_holds(line, facts) for line in lines):
        return None
    return _stacked(_line(line, facts, "" if place else indent) for place, line in enumerate(lines))
