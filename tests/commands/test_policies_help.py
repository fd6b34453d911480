"""`help policies`: everything a file may say, and one that works as it stands there."""

import tomllib
from pathlib import Path

import pytest

import dispcli.policies
from dispcli.commands.help.policies import EXAMPLE, KEYS
from dispcli.core.policy import WINDOWS, EvidenceRules
from tests.cli.harness import Cli

FILES = sorted(Path(dispcli.policies.__file__).parent.glob("*.toml"))
TOLD = {key for key, _, _ in KEYS}
NAMED = {"windows": "NAME", "sources": "NAME"}
ONE_BY_ONE = {
    "claims": "claims.REASON",
    "cancel_reasons": "cancel_reasons.REASON",
    "known_from": "known_from.KEY",
}


def said(file: Path) -> set[str]:
    """The keys a shipped policy uses, in the words of the help."""
    keys: set[str] = set()
    for key, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
        if key in NAMED:
            keys |= {f"{key}.NAME.{name}" for table in value.values() for name in table}
        elif key in ONE_BY_ONE:
            keys.add(ONE_BY_ONE[key])
        else:
            keys |= {f"{key}.{name}" for name in value} if isinstance(value, dict) else {key}
    return keys - {"marketplace"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_the_shipped_policies_say_is_told(file: Path) -> None:
    assert said(file) - TOLD == set()


def test_the_rest_is_told_for_somebody_to_say() -> None:
    rest = TOLD - set().union(*map(said, FILES))
    assert rest == {"evidence.max_files", "evidence.max_video_seconds"}
    assert {f"evidence.{name}" for name in EvidenceRules._fields} <= TOLD


def test_every_window_and_the_folder_are_shown(cli: Cli) -> None:
    shown = cli.ok("help", "policies", "-o", "table", env={"COLUMNS": "200"}).stdout
    assert all(name in shown for name in WINDOWS)
    assert f"{cli.config.parent}/policies/aliexpress.toml" in shown
    assert all(line in shown for line in EXAMPLE.splitlines())


def test_the_file_shown_is_sound_and_changes_what_it_says(cli: Cli) -> None:
    cli.write_policy("aliexpress", EXAMPLE)
    changed = {row["value"]: row["own"] for row in cli.ok("policy", "check").rows()}
    assert set(changed) == {"windows.seller_answers", "evidence.formats", "evidence.max_files"}
    shown = cli.ok("policy", "show", "--json").json()["policy"]
    (window,) = [entry for entry in shown["windows"] if entry["window"] == "seller_answers"]
    assert (window["days"], window["seen"], window["origin"]) == (7, "2026-11-20", "own")
