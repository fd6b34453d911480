"""`dispute evidence verify`: what is missing, altered, left over; and what may be deleted."""

from pathlib import Path

import pytest

from tests.cli.harness import Cli
from tests.evidence import pictures
from tests.evidence.test_commands import EVIDENCE, digest, stored, with_photo

VERIFY = (*EVIDENCE, "verify")


def place(cli: Cli) -> Path:
    return Path(cli.ok(*EVIDENCE, "show", "D1", "3").pairs()["file.path"])


def orphan(cli: Cli) -> Path:
    """A file of ours whose event never came."""
    name = digest(b"orphan")
    path = cli.ledger.with_name("ledger.db.evidence") / name[:2] / name[2:]
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"orphan")
    return path


def test_what_is_as_it_was_is_no_trouble(cli: Cli) -> None:
    with_photo(cli)
    for words in (VERIFY, (*VERIFY, "D1")):
        result = cli.ok(*words)
        assert result.rows() == []
        assert "1 file verified; all is well" in result.stderr


@pytest.mark.parametrize("words", [VERIFY, (*VERIFY, "D1")], ids=["all", "one"])
def test_a_changed_byte_is_found(cli: Cli, words: tuple[str, ...]) -> None:
    with_photo(cli)
    place(cli).write_bytes(pictures.JPEG[:-1] + b"x")
    result = cli.run(*words)
    assert result.code == 8
    assert (result.row()["problem"], result.row()["name"]) == ("altered", "photo.jpg")
    assert "add it again" in result.stderr
    assert cli.ok("ledger", "check").code == 0, "which reads no file"
    again = cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()
    assert (again["status"], again["message"]) == (
        "unchanged",
        "the copy here was altered, and is whole again",
    )
    assert cli.ok(*words).rows() == []
    again = cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()
    assert (again["status"], again["message"]) == ("unchanged", "")


def test_a_missing_file_is_found(cli: Cli) -> None:
    with_photo(cli)
    path = place(cli)
    path.unlink()
    result = cli.run(*VERIFY, "--json")
    assert result.code == 8
    (trouble,) = result.json()["evidence_troubles"]
    assert (trouble["problem"], trouble["dispute"], trouble["seq"]) == ("missing", "D1", 3)
    assert trouble["path"] == str(path)
    assert result.error()["code"] == "evidence-lost"
    again = cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()
    assert again["message"] == "the copy here was missing, and is whole again"


def test_what_nobody_names_is_told_and_deleted_only_when_asked(cli: Cli) -> None:
    with_photo(cli)
    left, foreign = orphan(cli), cli.ledger.with_name("ledger.db.evidence") / "notes.txt"
    foreign.write_text("mine")
    before = cli.kept()
    told = cli.ok(*VERIFY)
    assert {row["problem"]: row["path"] for row in told.rows()} == {
        "unknown": str(left),
        "foreign": str(foreign),
    }
    assert "verify --clean" in told.stderr
    assert cli.run(*VERIFY, "--clean").code == 6
    assert cli.run(*VERIFY, "--clean", stdin="\n", tty=True).code == 5
    assert cli.kept() == before
    assert "1 file deleted" in cli.ok(*VERIFY, "--clean", stdin="1\n", tty=True).stderr
    assert not left.exists()
    assert foreign.exists()
    assert digest(pictures.JPEG) in stored(cli)
    assert "1 file verified" in cli.ok(*VERIFY, "--clean").stderr


def test_cleaning_is_about_the_whole_store(cli: Cli) -> None:
    with_photo(cli)
    assert cli.run(*VERIFY, "D1", "--clean", "--yes").code == 2


def test_losses_are_told_after_cleaning_too(cli: Cli) -> None:
    with_photo(cli)
    place(cli).unlink()
    left = orphan(cli)
    assert cli.run(*VERIFY, "--clean", "--yes").code == 8
    assert not left.exists()
