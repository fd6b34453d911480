"""An unexpected failure: kept in a log that can be sent, without what the ledger holds."""

import os
import traceback
from datetime import UTC, datetime

from dispcli import __version__
from dispcli.errors import DispcliError


def report(problem: BaseException) -> DispcliError:
    """Write the traceback to the log and return the error that names it.

    Only the places in the code are kept: a message or a local variable could hold an order.
    """
    import platformdirs

    places = "".join(traceback.format_tb(problem.__traceback__))
    text = f"{datetime.now(UTC).isoformat()} dispcli {__version__}\n{places}{type(problem).__name__}\n\n"
    try:
        folder = platformdirs.user_log_path("dispcli", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = folder / "crash.log"
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
            stream.write(text)
        hint = f"please report it with {log}; --debug shows it at once"
    except OSError:
        hint = "please report it; --debug shows where it happened"
    return DispcliError(f"unexpected failure: {type(problem).__name__}: {problem}", hint=hint, code="bug")
