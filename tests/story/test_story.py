"""Thirty orders, ninety days: every deadline at its moment, every check firing and not firing.

After a wanted change: `GOLDEN_UPDATE=1 pytest tests/story`, then read the difference as a story.
"""

import os
import re
from pathlib import Path

import pytest

from dispcli.core.checks import CHECKS
from dispcli.core.deadlines import MEANINGS
from tests.cli.harness import Cli
from tests.story.transcript import play

STORY = Path(__file__).with_name("ninety-days.txt")


def seen(cli: Cli) -> frozenset[str]:
    """What the agenda tells of the next three days, and what the checks would say to each open dispute."""
    agenda = cli.ok("agenda", "--days", "3", "--waiting", "-o", "json").json()["agenda"]
    told = {f"{item['target']} {item['code']} {item['urgency']} {item['basis']}" for item in agenda}
    for dispute in cli.ok("dispute", "list", "-o", "ids").stdout.split():
        advice = cli.ok("dispute", "advise", dispute, "-o", "json").json()["advice"]
        told |= {f"{dispute} check {found['code']}" for found in advice["checks"]}
        told.add(f"{dispute} advice {advice['recommendation']}")
    return frozenset(told)


@pytest.fixture
def played(cli: Cli) -> str:
    cli.env["DISPCLI_ACTOR"] = "ada"
    return play(cli, STORY.read_text(encoding="utf-8"), seen)


def test_ninety_days_are_as_they_were(played: str) -> None:
    if os.environ.get("GOLDEN_UPDATE") == "1":
        STORY.write_text(played, encoding="utf-8")
    assert played == STORY.read_text(encoding="utf-8")


def test_every_deadline_and_every_check_has_its_day() -> None:
    """In the story as it is kept, which is held against the program above: each comes, and each goes."""
    story = STORY.read_text(encoding="utf-8")
    changes = re.findall(r"^  [0-9]{2}-[0-9]{2} ([+-]) \S+ (?:check )?(\S+)", story, re.M)
    comes, goes = ({code for sign, code in changes if sign == mark} for mark in "+-")
    assert set(MEANINGS) <= comes & goes
    assert {check.code for check in CHECKS} - WHY <= comes & goes
    for code in WHY:
        cancels = re.findall(r"^\$ dispute cancel .*\n(?:  .*\n)+", story, re.M)
        assert {code in told for told in cancels} == {True, False}, code


WHY = {"pressure-to-cancel", "agreement-undocumented", "claimed-refund-unrecorded"}
"""What is only found for some reasons to cancel, so not by those who ask without one."""
