"""Text from outside, made harmless: what could steer a terminal becomes visible instead."""

import re

_HIDDEN = (
    "\u00ad"  # soft hyphen
    "\u034f"  # combining grapheme joiner
    "\u061c"  # Arabic letter mark
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers
    "\u17b4\u17b5"  # Khmer inherent vowels
    "\u180b-\u180f"  # Mongolian selectors and vowel separator
    "\u200b-\u200f"  # zero width and direction marks
    "\u2028\u2029"  # line and paragraph separator
    "\u202a-\u202e"  # bidi embeddings and overrides
    "\u2060-\u206f"  # invisible operators, bidi isolates
    "\u2800"  # blank Braille pattern
    "\ufe00-\ufe0f"  # variation selectors
    "\ufeff"  # zero width no-break space
    "\ufff9-\ufffb"  # interlinear annotation
    "\ud800-\udfff"  # lone surrogates
    "\U0001bca0-\U0001bca3"  # shorthand format controls
    "\U0001d173-\U0001d17a"  # musical format controls
    "\U000e0000-\U000e0fff"  # tags
)
_UNSAFE = f"[\x00-\x1f\x7f-\x9f{_HIDDEN}]"

_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
"""Those that Python takes for printable. Looking for these spares most commands the pattern, which takes a
millisecond to compile."""

_STEERING = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u2029\u202a-\u202e\u2066-\u2069]"
"""Controls, and what turns the direction of other people's words; what emoji are joined with is none."""


def visible(text: str) -> str:
    """The text with every control, bidi and zero-width character shown as a visible stand-in."""
    if text.isprintable() and _UNSEEN.isdisjoint(text):
        return text
    return re.sub(_UNSAFE, _stand_in, text)


def visible_lines(text: str) -> str:
    """A text of several lines, each of them made visible, and ended."""
    return "".join(f"{visible(line)}\n" for line in text.split("\n"))


def undirected(text: str) -> str:
    """A line that goes on to be read elsewhere, with every control and bidi override as a stand-in."""
    if text.isprintable():
        return text
    return re.sub(_STEERING, _stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in (0x0A, 0x0D):
        return "⏎"
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"<U+{code:04X}>"


_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def tsv_cell(text: str) -> str:
    """The text as one TSV cell: backslash, tab and line ends escaped."""
    return text.translate(_TSV) if "\\" in text or not text.isprintable() else text
