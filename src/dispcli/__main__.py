"""The entry point: one exact argument is answered at once, everything else goes to the program."""

import gc
import os
import sys


def run() -> int:
    """Run dispcli on the process's own arguments; ends the process with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from dispcli import __version__

        sys.stdout.write(f"dispcli {__version__}\n")
        return 0
    # A command lives for a tenth of a second: looking for garbage would cost more than it finds.
    gc.disable()
    try:
        from dispcli.deferring import SELDOM_USED, defer

        defer(SELDOM_USED)
        from dispcli.cli import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:  # while it was still being loaded
        code = 130
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    # The ledger is closed and everything is written: taking the interpreter apart, module by module,
    # would only take time.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(run())
