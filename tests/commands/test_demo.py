"""The demo: the main job before your eyes, and no trace of it."""

from tests.cli.harness import Cli
from tests.cli.samples import imported


def test_the_demo_runs_and_leaves_nothing(cli: Cli) -> None:
    done = cli.call("demo", stdin=None)
    assert done.code == 0, done.stderr
    assert "cancelled" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert cli.kept() == {}


def test_the_demo_touches_no_ledger_of_yours(cli: Cli) -> None:
    before = imported(cli).kept()
    cli.call("demo", env={"DISPCLI_LEDGER": str(cli.ledger)})
    assert cli.kept() == before
