"""Text that comes as an argument or, for `-`, from standard input."""

from dispcli.commands.context import Run
from dispcli.errors import BadInput, UsageProblem

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
