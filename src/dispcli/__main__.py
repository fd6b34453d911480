"""The entry point: one exact argument is answered at once, everything else goes to the program."""

import gc
import sys


def run() -> int:
    """Run dispcli on the process's own arguments; returns the exit code."""
    if sys.argv[1:] == ["--version"]:
        from dispcli import __version__

        sys.stdout.write(f"dispcli {__version__}\n")
        return 0
    # A command lives for a tenth of a second: looking for garbage would cost more than it finds.
    gc.disable()
    from dispcli.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
