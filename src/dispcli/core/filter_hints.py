"""What was probably meant where a filter is wrong; loaded only when one is."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from dispcli.core.filter_fields import Fields, FilterField, Kind
from dispcli.core.filter_texts import quoted, shortened

_COMPARED = re.compile(r"(?P<name>\w+)(?P<operator>!=|==?|=?~|<>|<=|>=|<|>)(?P<value>[^\s=<>~].*)", re.DOTALL)
"""A term as other languages write it: `state=opened`, `amount>20USD`."""

_OPERATORS = {"=": "", "==": "", "!=": "", "<>": "", "=~": "~"}
_TEXT_BEFORE = re.compile(
    r'(?:^|\s)(?P<minus>-?)(?P<name>\w+):(?P<operator>~?)(?P<value>[^\s"<>~][^\s"]*)\s+\Z'
)
"""The term right before, where its value stands without quotes."""

_LOGIC = {
    "and": "leave it out: all terms must hold",
    "&&": "leave it out: all terms must hold",
    "or": "any of several words: state:opened,answered",
    "||": "any of several words: state:opened,answered",
    "not": "a minus before a term negates it: -state:opened",
}


def near_field(name: str, fields: Fields) -> str:
    """` (did you mean X?)` where the name is another word for a field, or near to one; else nothing."""
    found = _field(name, fields)
    return _did_you_mean(found) if found else ""


def near_word(text: str, field: FilterField, fields: Fields) -> str:
    """` (did you mean X?)` where another field knows the word, or this one a near one; else nothing."""
    for other in fields.values():
        if text.lower() in other.words and other.name != field.name:
            return _did_you_mean(f"{other.name}:{text.lower()}")
    near = _nearest(text, field.words)
    return _did_you_mean(near) if near else ""


def meant(word: str, minus: str, before: str, fields: Fields) -> str:
    """What to write for a word that is no term; `before` is what stands before it in the filter."""
    if word.lower() in _LOGIC:
        return f"; {_LOGIC[word.lower()]}"
    if term := _compared(word, minus, fields):
        return _did_you_mean(term)
    word = shortened(word)
    look = f"to look for it: {minus}title:~{quoted(word)}"
    if not minus and (whole := _continued(word, before, fields)):
        return f"; if it belongs to the value before it: {whole}; {look}"
    return f"; {look}"


def _compared(word: str, minus: str, fields: Fields) -> str | None:
    """The term that another language's comparison is here: `-state:opened` for `state!=opened`."""
    match = _COMPARED.fullmatch(word)
    name = _field(match["name"], fields) if match else None
    if match is None or name is None:
        return None
    operator = _OPERATORS.get(match["operator"], match["operator"])
    if not operator and operator not in fields[name].operators:
        operator = fields[name].operators[0]
    if operator not in fields[name].operators:
        return None
    negated = bool(minus) is not (match["operator"] in ("!=", "<>"))
    return f"{'-' * negated}{name}:{operator}{quoted(shortened(match['value']))}"


def _continued(word: str, before: str, fields: Fields) -> str | None:
    """The term before with this word in its value, where that is a text whose quotes were lost."""
    match = _TEXT_BEFORE.search(before)
    field = fields.get(match["name"]) if match else None
    if match is None or field is None or field.kind is not Kind.TEXT:
        return None
    told = f"{match['value']} {word}"
    return f"{match['minus']}{field.name}:{match['operator']}{quoted(shortened(told))}"


def _field(name: str, fields: Fields) -> str | None:
    """The field's own name, what people call it as well, or a name near to it."""
    if name.lower() in fields:
        return name.lower()
    called = (field.name for field in fields.values() if name.lower() in field.also)
    return next(called, None) or _nearest(name, fields)


def _nearest(word: str, known: Iterable[str]) -> str | None:
    near = get_close_matches(shortened(word).lower(), list(known), 1)
    return near[0] if near else None


def _did_you_mean(what: str) -> str:
    return f" (did you mean {what}?)"
