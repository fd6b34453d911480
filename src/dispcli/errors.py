"""Everything that can end a command, as one tree; each class carries its exit code.

DispcliError
├── UsageProblem           2   the command line itself is wrong
├── NotFound               3   nothing by that name
│   └── Ambiguous          3   several by that name
├── Refused                4   state, check or policy says no
├── Declined               5   answered "no" at the prompt
├── ConfirmationNeeded     6   irreversible, and nobody to ask
├── LedgerTrouble          8   locked, newer, damaged, foreign, read-only, full; an output too
└── BadInput               9   a file or a stream holds what it must not

Exit codes 0, 1, 7, 10, 130 and 141 are not errors of this tree; `EXIT_CODES` explains them all.
"""

from collections.abc import Mapping
from types import MappingProxyType

PARTLY_DONE = 7
SOMETHING_IS_DUE = 10
INTERRUPTED = 130
READER_GONE = 141
"""How a command ends that neither did all of it nor failed. A code of its own for what is due: whatever else
goes wrong in a cron job must not look like it, nor the other way round.
"""

EXIT_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: "done, or nothing to do",
        1: "unexpected failure (a bug): please report it; the message names the log",
        2: "usage: unknown option or bad value",
        3: "not found, or ambiguous",
        4: "refused by the rules: a state, a check or the marketplace's policy",
        5: "declined at the prompt",
        6: "needs confirmation, and there is no terminal to ask on",
        PARTLY_DONE: "a batch, an import or an export was done in part",
        8: "trouble with the ledger or a file to write: locked, newer than dispcli, damaged, read-only, full",
        9: "bad input data: nothing was written",
        SOMETHING_IS_DUE: "agenda --exit-status: something is overdue or due today",
        INTERRUPTED: "interrupted",
        READER_GONE: "the reader of the output closed the pipe",
    }
)


class DispcliError(Exception):
    """A failure with a sentence for a person, a stable code for a script, and often a hint.

    `details` are further sentences, a line each: every mistake of a file, every check that blocks.
    """

    exit_code = 1
    code = "error"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: str | None = None,
        details: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.details = details
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code


class UsageProblem(DispcliError):
    """The command line is wrong in a way the parser could not see."""

    exit_code = 2
    code = "usage"


class NotFound(DispcliError):
    """Nothing in the ledger answers to the name."""

    exit_code = 3
    code = "not-found"


class Ambiguous(NotFound):
    """Several things answer to the name; the hint lists them."""

    code = "ambiguous"


class Refused(DispcliError):
    """The state machine, a check or a policy refuses the change; nothing was written.

    `allowed` are the actions that are possible now; `findings` the codes of the checks that block.
    """

    exit_code = 4
    code = "refused"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: str | None = None,
        allowed: tuple[str, ...] = (),
        findings: tuple[str, ...] = (),
        details: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint, code=code, details=details)
        self.allowed = allowed
        self.findings = findings


class Declined(DispcliError):
    """The person at the terminal said no."""

    exit_code = 5
    code = "declined"


class ConfirmationNeeded(DispcliError):
    """The change is irreversible, `--yes` is absent, and nobody can be asked."""

    exit_code = 6
    code = "confirmation-needed"


class LedgerTrouble(DispcliError):
    """The ledger, or a file to write, can't be used as it is; what the ledger held before is untouched."""

    exit_code = 8
    code = "ledger"


class BadInput(DispcliError):
    """Input data holds mistakes; the details list each with its place; nothing was written."""

    exit_code = 9
    code = "bad-input"
