"""Words and names that come as an argument, texts from standard input or a file, and ids."""

import re

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.core.facts import MAX_TEXT
from dispcli.core.reasons import read_reason
from dispcli.errors import BadInput, UsageProblem
from dispcli.services.names import dispute_number

_NO_NAME = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"
"""Controls and ends of lines. Unusual blanks and joiners do stand in shops' names."""


def read_name(text: str, option: str) -> str:
    """What something is called, without blanks around it. Raises UsageProblem for what nobody can read."""
    name = text.strip()
    if re.search(_NO_NAME, name) or not any(char.isprintable() for char in name):
        raise UsageProblem(f"{option}: not a name: {text[:40]!r}")
    return name


def read_text_argument(run: Run, text: str, option: str) -> str:
    """The text, read from standard input for `-`. Raises UsageProblem or BadInput."""
    if text == STANDARD_INPUT:
        return read_text_file(run, STANDARD_INPUT)
    if len(text) > MAX_TEXT:
        raise UsageProblem(f"{option}: longer than {MAX_TEXT // 1024} KiB")
    if not text.strip():
        raise UsageProblem(f"{option}: the text is empty")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise BadInput(f"{option}: not clean text")
    return text.strip()


def read_cancel_reason(run: Run, text: str) -> tuple[str, str | None]:
    """The code of --reason, and the own words that are kept with `other`; `-` is standard input.

    Raises UsageProblem, for a near miss of a code too, or BadInput.
    """
    try:
        return read_reason(read_text_argument(run, text, "--reason"))
    except ValueError as problem:
        raise UsageProblem(f"--reason: {problem}", hint="see 'dispcli dispute reasons'") from None


def read_text_file(run: Run, path: str) -> str:
    """The text in a file, or from standard input for `-`; blanks around it don't count. Raises BadInput."""
    from dispcli.formats.prose import read_prose

    with run.input(path) as (name, stream):
        return read_prose(name, stream, MAX_TEXT).strip()


def dispute_id(word: str, option: str) -> int:
    """12 for `D12`. Raises UsageProblem."""
    number = dispute_number(word)
    if number is None:
        raise UsageProblem(f"{option}: {word!r} is not a dispute id (as in D12)")
    return number
