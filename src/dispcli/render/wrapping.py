"""Text in lines of whole words, for a terminal: as wide as its columns, commands in one piece."""

import re
from collections.abc import Iterator

_PIECE = re.compile(r"( *)('dispcli [^']*'[^ ]*|(?:(?<=: )|^)dispcli .+|[^ ]+)")
"""The blanks before a piece, and the piece: a command in quotes, one up to the end, or a word.

What is copied over a line's end is run at once, half of a command too.
"""

_SMALL = 6


def cells(text: str) -> int:
    """How many columns the text takes, as Rich counts them."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def commands(text: str) -> Iterator[str]:
    """The commands in a text, as they stay in one piece."""
    pieces = (piece[2] for line in text.split("\n") for piece in _PIECE.finditer(line))
    return (piece for piece in pieces if piece.startswith(("dispcli ", "'dispcli ")))


def wrapped(text: str, width: int, *, indent: int = 0, taken: int = 0) -> str:
    """The text in lines of whole words, all but the first indented; `taken` columns of that are used up.

    What is longer than a line stays in one piece: the terminal goes on with it on the next line. An indent
    that would leave less than half of the width is a small one instead.
    """
    indent = indent if indent * 2 <= width else min(indent, _SMALL)
    lines, room = [""], width - taken
    body = text.rstrip(" ")  # blanks that no piece follows would be tried from each of them on
    for piece in _PIECE.finditer(body):
        blanks, word = piece.groups()
        longer = lines[-1] + blanks + word
        if cells(longer) > room and lines[-1].strip():
            lines.append(" " * indent + word)
            room = width
        else:
            lines[-1] = longer
    return "\n".join(lines) + text[len(body) :]


def hanging(line: str, width: int) -> str:
    """A line, perhaps of columns with blanks between them, whose last one goes on below itself."""
    return wrapped(line, width, indent=max((gap.end() for gap in re.finditer("^ +| {2,}", line)), default=0))
