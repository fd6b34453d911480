"""Names that never went through `evidence add`: an archive of somebody else's brings what it likes."""

import unicodedata
import zipfile
from pathlib import Path

import pytest

from tests.cli.harness import Cli
from tests.cli.test_hostile_text import HOSTILE, steering
from tests.evidence import pictures
from tests.evidence.stores import evidence, keep_files
from tests.evidence.test_commands import EVIDENCE
from tests.ledger.builders import AT, note, open_dispute, order, writing

NAMES = {**HOSTILE, "path": "../../../evil", "absolute": "/etc/evil", "empty": "", "long": "x" * 5000}


def named(cli: Cli, name: str) -> Cli:
    """A ledger with a file of this name, a path that is no digest, and no file at all."""
    cli.ledger.parent.mkdir(parents=True, mode=0o700)
    with writing(cli.ledger) as ledger:
        photo = evidence(pictures.JPEG, name, name)
        lost = photo._replace(sha256="../../../etc/passwd")
        open_dispute(ledger, ledger.add_order(order(), AT), 1, note(photo))
        open_dispute(ledger, ledger.add_order(order("8190000000000009"), AT), 1, note(lost))
    return cli


@pytest.mark.parametrize("kind", NAMES)
def test_a_strange_name_steers_nothing(cli: Cli, kind: str) -> None:
    named(cli, NAMES[kind])
    (cli.home / "out").mkdir()
    for words in (
        ("list", "D1"),
        ("show", "D1", "2"),
        ("remove", "D1", "2"),
        ("verify",),
        ("list", "D2"),
        ("show", "D2", "2"),
        ("export", "D1", str(cli.home / "out" / "lost.zip")),
    ):
        shown = cli.run(*EVIDENCE, *words, stdin="n\n", tty=True)
        assert shown.code in (0, 5, 7, 8)
        assert steering(shown.stdout + shown.stderr) == set(), words


@pytest.mark.parametrize("kind", NAMES)
def test_a_strange_name_leads_nowhere_in_a_zip(cli: Cli, kind: str) -> None:
    path = cli.home.parent / "case.zip"
    keep_files(named(cli, NAMES[kind]).ledger, without=["../../../etc/passwd"])
    cli.ok(*EVIDENCE, "export", "D1", str(path))
    with zipfile.ZipFile(path) as opened:
        *_, name, _digests = opened.namelist()
        summary = opened.read("summary.txt").decode()
    assert name.startswith("evidence/002-")
    assert len(Path(name).parts) == 2
    odd = {unicodedata.category(char) for char in name + summary if char != "\n"}
    assert odd & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


def test_what_is_no_digest_is_never_opened(cli: Cli) -> None:
    named(cli, "photo.jpg")
    assert cli.ok(*EVIDENCE, "show", "D2", "2").pairs()["present"] == "false"
    assert cli.run(*EVIDENCE, "verify", "D2").row()["problem"] == "missing"
    cli.ok(*EVIDENCE, "remove", "D2", "2", "--yes")
    assert Path("/etc/passwd").exists()
