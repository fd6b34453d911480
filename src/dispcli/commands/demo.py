"""dispcli demo: the main job on demo data, each command shown before its output."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.core.moments import instant
from dispcli.errors import DispcliError, LedgerTrouble
from dispcli.services.demo import CLEANER, LAMP, fill

STORY = (
    ("Your orders; the ones with a dispute are marked.", ("orders", "list")),
    ("The disputes that are open.", ("dispute", "list")),
    ("Everything about one of them.", ("dispute", "show", LAMP)),
    ("May this one be given up? The seller only promised.", ("dispute", "advise", CLEANER)),
    ("So a cancel is refused, and nothing is written.",
     ("dispute", "cancel", CLEANER, "--reason", "seller-asked", "--yes")),
    ("The lamp is settled: the refund is here. Without a terminal a cancel is only asked for ...",
     ("dispute", "cancel", LAMP, "--reason", "refund-received", "--no-input")),
    ("... and becomes final when it is confirmed.", ("dispute", "confirm", LAMP, "--yes")),
    ("The order shows its dispute as cancelled.", ("orders", "list", "--disputed")),
    ("Until the site shows it too, it stays on this list.", ("dispute", "list", "--unseen")),
    ("Every row follows from the history.", ("ledger", "check")),
)  # fmt: skip
REFUSED = 4


def demo(
    run: Run,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="FILE", help="Only fill this new ledger with the demo data."),
    ] = None,
) -> None:
    """Show the main job.

    Everything happens in a temporary ledger, which is gone afterwards; your own is not touched.
    """
    if into is not None:
        _fill(run, Path(into).expanduser())
        run.voice.note(f"made {into}; look at it with: dispcli orders list --ledger {shlex.quote(into)}")
        return
    with tempfile.TemporaryDirectory(prefix="dispcli-demo-") as folder:
        path = Path(folder) / "demo.db"
        _fill(run, path)
        for sentence, words in STORY:
            _tell(run, sentence, words, path)


def _fill(run: Run, path: Path) -> None:
    if path.exists():
        raise LedgerTrouble(f"there is something at {path} already; nothing was changed")
    with run.new_ledger(path) as ledger:
        fill(ledger, run.now)


def _tell(run: Run, sentence: str, words: tuple[str, ...], path: Path) -> None:
    out, voice = run.streams.stdout, run.voice
    out.write(f"\n# {sentence}\n{voice.styled('$ dispcli ' + shlex.join(words), 'strong')}\n")
    out.flush()
    environ = {**os.environ, "DISPCLI_LEDGER": str(path), "DISPCLI_NOW": instant(run.now)}
    command = [sys.executable, "-m", "dispcli", *words, "--no-config"]
    done = subprocess.run(command, env=environ, check=False, stderr=subprocess.STDOUT)  # noqa: S603  (our own program)
    if done.returncode not in (0, REFUSED):
        raise DispcliError(f"the demo's command ended with exit code {done.returncode}", code="demo")
