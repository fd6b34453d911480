"""Killed at any point and run again: the ledger is the one that a run nobody disturbed leaves."""

import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from dispcli.ledger.ledger import Ledger
from tests.batch.batches import Operation, ndjson, select, written
from tests.cli.harness import command
from tests.cli.samples import csv_of, row

NOW = "2026-11-22T12:00:00Z"
ORDERS = 24
ROUNDS = 10
SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.endurance) for seed in range(1, 5)))
"""With them 200 runs are killed: ten with each seed, in each mode, made safe in each way."""

ATOMIC: tuple[str, ...] = ()
KEEP_GOING = ("--keep-going",)
IDS: tuple[str, ...] = ()
RESUME = ("--resume", "night")


def number(order: int) -> str:
    return str(8190000000001000 + order)


class Scene(NamedTuple):
    """A ledger with orders and some disputes, and what every process here runs with."""

    folder: Path
    environ: dict[str, str]

    def start(self, ledger: Path, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command(*words, "--ledger", str(ledger)),
            env=self.environ,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def run(self, ledger: Path, *words: str) -> None:
        process = self.start(ledger, *words)
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("kill")
    environ = {"HOME": str(folder), "DISPCLI_NOW": NOW, "DISPCLI_ACTOR": "me"}
    scene = Scene(folder, environ)
    ledger = folder / "ledger.db"
    scene.run(ledger, "ledger", "init")
    (folder / "orders.csv").write_text(csv_of(*(row(number(order)) for order in range(ORDERS))))
    scene.run(ledger, "import", "orders.csv")
    (folder / "begin.ndjson").write_text(
        ndjson(*({"op": "open", "order": number(order), "reason": "late"} for order in range(ORDERS // 2)))
    )
    scene.run(ledger, "batch", "begin.ndjson")
    return scene


def operations(lines: int) -> list[Operation]:
    """Messages everywhere; in between disputes are opened, answered and cancelled, the new ones too."""
    found: list[Operation] = []
    for count in range(lines):
        order = number(count % ORDERS)
        turn = count // ORDERS
        operation: Operation = {"op": "message", "order": order, "text": f"m{count}"}
        if turn == 0 and count >= ORDERS // 2:
            operation = {"op": "open", "order": order, "reason": "late", "amount": "5.00"}
        elif turn == lines // ORDERS // 2:
            operation = {"op": "answer", "order": order, "offer": "2.00"}
        elif turn == lines // ORDERS - 1:
            operation = {"op": "cancel", "order": order, "reason": "agreement"}
        found.append(operation)
    return found


def fed(scene: Scene, mode: tuple[str, ...], safe: tuple[str, ...]) -> str:
    """The input of a mode: several chunks where chunks are committed; ids where they make it safe."""
    lines = operations(1600 if mode else 240)
    if safe == IDS:
        lines = [{**operation, "operation_id": str(count)} for count, operation in enumerate(lines)]
    name = f"{'keep' if mode else 'all'}-{'ids' if safe == IDS else 'resume'}.ndjson"
    (scene.folder / name).write_text(ndjson(*lines))
    return name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("safe", [IDS, RESUME], ids=["operation ids", "resume"])
@pytest.mark.parametrize("mode", [ATOMIC, KEEP_GOING], ids=["all or nothing", "keep going"])
def test_killed_and_run_again_it_is_as_if_nothing_had_happened(
    scene: Scene, mode: tuple[str, ...], safe: tuple[str, ...], seed: int
) -> None:
    words = ("batch", fed(scene, mode, safe), "--yes", *mode, *safe)
    undisturbed = copied(scene, "undisturbed.db")
    began = time.monotonic()
    scene.run(undisturbed, *words)
    longest = time.monotonic() - began
    expected = written(undisturbed)
    before = len(select(scene.folder / "ledger.db", "SELECT 1 FROM events"))
    chance = random.Random(seed)
    killed = []
    for count in range(ROUNDS):
        ledger = copied(scene, "disturbed.db")
        # Every tenth of the run is hit once, from the start of the interpreter on.
        delay = longest * (count + chance.random()) / ROUNDS
        process = scene.start(ledger, *words)
        time.sleep(delay)
        process.kill()
        process.communicate(timeout=60)
        if process.returncode == -signal.SIGKILL:
            killed.append(events(ledger) - before)
        else:  # it ended by then: the machine has become faster
            longest = delay
        scene.run(ledger, *words)
        assert written(ledger) == expected, (count, delay)
    with Ledger.open(ledger) as opened, opened.reading():
        assert opened.problems() == []
    assert len(killed) > ROUNDS // 2
    assert 0 in killed, "some were killed before anything was written"
    assert set(killed) <= whole(mode, len(expected["events"]) - before)


def whole(mode: tuple[str, ...], most: int) -> set[int]:
    """How many events a killed run may have left: all or none, or those of whole chunks."""
    return set(range(most + 1)) if mode else {0, most}


def copied(scene: Scene, name: str) -> Path:
    ledger = scene.folder / name
    for leftover in scene.folder.glob(f"{name}*"):
        leftover.unlink()
    shutil.copy2(scene.folder / "ledger.db", ledger)
    return ledger


def events(ledger: Path) -> int:
    """How many a reader finds after the kill; SQLite takes back what was not finished."""
    with Ledger.open(ledger) as opened, opened.reading():
        return opened.counts()["events"]
