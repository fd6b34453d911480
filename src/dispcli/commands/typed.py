"""Words that come as an argument: texts, which for `-` come from standard input, and ids."""

from dispcli.commands.context import Run
from dispcli.errors import BadInput, UsageProblem
from dispcli.services.names import dispute_number

MAX_TEXT = 64 * 1024
"""The longest text kept, in characters."""


def read_text_argument(run: Run, text: str, option: str) -> str:
    """The text, read from standard input for `-`. Raises UsageProblem or BadInput."""
    if text == "-":
        try:
            text = run.streams.stdin.read(MAX_TEXT + 1)
        except UnicodeDecodeError:
            raise BadInput("standard input is not UTF-8 text") from None
    if len(text) > MAX_TEXT:
        raise UsageProblem(f"{option}: longer than {MAX_TEXT // 1024} KiB")
    if not text.strip():
        raise UsageProblem(f"{option}: the text is empty")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise BadInput(f"{option}: not clean text")
    return text.strip()


def dispute_id(word: str, option: str) -> int:
    """12 for `D12`. Raises UsageProblem."""
    number = dispute_number(word)
    if number is None:
        raise UsageProblem(f"{option}: {word!r} is no dispute id (as in D12)")
    return number
