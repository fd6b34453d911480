"""Commands that a hint advises, so that they do there what they would do here."""

import re
from shlex import quote

_ABOUT_A_LEDGER = re.compile(
    r"\bdispcli (?=(?:agenda|batch|dispute|export|import|ledger|orders|sellers)\b)(?!.*--help)"
)


def with_ledger(hint: str, ledger: str | None) -> str:
    """The hint with the ledger that the command line names in each command that would read another one."""
    if ledger is None or "--ledger" in hint:
        return hint
    return _ABOUT_A_LEDGER.sub(lambda _: f"dispcli --ledger {quote(ledger)} ", hint)
