"""Other processes that work on the same ledger: real ones, started fresh."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process running this code, with the project to import and these arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], seconds: float = 60) -> str:
    """What it printed; it must have ended well."""
    out, err = process.communicate(timeout=seconds)
    assert process.returncode == 0, err
    return out


def run(code: str, *arguments: object) -> str:
    return finish(start(code, *arguments))


def race(code: str, *each: tuple[object, ...]) -> list[str]:
    """Start one process a tuple of arguments, let them all go at once, and wait for what they print.

    The code must print one line when it is ready and then wait for a line on stdin.
    """
    racers = [start(code, *arguments) for arguments in each]
    for racer in racers:
        assert racer.stdout.readline(), finish(racer)
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    return [finish(racer) for racer in racers]
