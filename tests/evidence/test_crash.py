"""Killed, crowded out, or raced: never an event without its file."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.harness import Cli, command
from tests.cli.samples import answered
from tests.evidence import pictures
from tests.evidence.test_commands import EVIDENCE, digest, stored, with_photo

# The program, killed at a point of its way: before the copy has its place, before the commit, after it.
_KILLED = """
import os, signal, sys
from dispcli.ledger import evidence_intake, evidence_store
from dispcli.__main__ import run

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv.pop(1)
if point == "before its place":
    evidence_intake.Intake.settle = die
elif point == "before the commit":
    settle = evidence_intake.Intake.settle
    def settled(*words):
        settle(*words)
        die()
    evidence_intake.Intake.settle = settled
elif point == "before it is deleted":
    evidence_store.EvidenceStore.discard = die
sys.argv[0] = "dispcli"
run()
"""


def killed(cli: Cli, point: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, point, *words],
        env=cli.env,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("point", ["before its place", "before the commit"])
def test_a_crash_leaves_at_most_a_file_that_nobody_names(cli: Cli, point: str) -> None:
    answered(cli)
    photo = cli.file("photo.jpg", pictures.JPEG)
    killed(cli, point, *EVIDENCE, "add", "D1", photo)
    assert cli.ok(*EVIDENCE, "list", "D1").rows() == []
    assert len(stored(cli)) == 1
    assert cli.ok("ledger", "check").code == 0
    left = cli.ok(*EVIDENCE, "verify").rows()
    assert {row["problem"] for row in left} == {"unknown"}
    cli.ok(*EVIDENCE, "verify", "--clean", "--yes")
    assert stored(cli) == {}
    assert cli.ok(*EVIDENCE, "add", "D1", photo).row()["changed"] == "true"
    assert cli.ok(*EVIDENCE, "verify").rows() == []


def test_a_removal_that_was_cut_off_can_be_ended(cli: Cli) -> None:
    with_photo(cli)
    killed(cli, "before it is deleted", *EVIDENCE, "remove", "D1", "photo.jpg", "--yes")
    assert cli.ok(*EVIDENCE, "list", "D1").rows() == []
    assert cli.ok(*EVIDENCE, "verify").row()["problem"] == "unknown"
    assert cli.ok(*EVIDENCE, "remove", "D1", "photo.jpg", "--yes").row()["changed"] == "false"
    assert stored(cli) == {}


def test_a_full_disk_ends_with_8_and_keeps_nothing(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    large = cli.file("video.mp4", pictures.MP4 + bytes(3_000_000))
    limited = f"ulimit -f 1000; exec {' '.join(command(*EVIDENCE, 'add', 'D1', large))}"
    done = subprocess.run(
        ["/bin/bash", "-c", limited], env=cli.env, capture_output=True, check=False, timeout=30
    )
    assert done.returncode == 8, done.stderr
    assert b"File too large; nothing was changed" in done.stderr
    assert cli.kept() == before


def test_a_folder_that_can_not_be_written_ends_with_8(cli: Cli) -> None:
    answered(cli)
    cli.ledger.with_name("ledger.db.evidence").write_bytes(b"in the way")
    result = cli.run(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG))
    assert result.code == 8
    assert "is not a folder" in result.stderr


def test_adding_removing_and_cleaning_at_once_lose_nothing(cli: Cli) -> None:
    """Whoever comes last: what the ledger names is there."""
    with_photo(cli)
    photo = cli.file("photo.jpg", pictures.JPEG)
    others = [cli.file(f"{name}.txt", f"{name}\n") for name in range(3)]
    jobs = [
        *(("add", "D1", photo) for _ in range(3)),
        *(("add", "D1", other) for other in others),
        *(("remove", "D1", "photo.jpg", "--yes") for _ in range(2)),
        *(("verify", "--clean", "--yes") for _ in range(2)),
    ]
    running = [
        subprocess.Popen(
            command(*EVIDENCE, *words), env=cli.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for words in jobs
    ]
    for process, words in zip(running, jobs, strict=True):
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, (words, err)
    assert cli.ok(*EVIDENCE, "verify").rows() == []
    named = {row["sha256"] for row in cli.ok(*EVIDENCE, "list", "D1").rows()}
    assert named == set(stored(cli))
    assert {digest(Path(other).read_bytes()) for other in others} <= named
