"""`dispute evidence export`: a case in a ZIP that anybody can check and read."""

import subprocess
import unicodedata
import zipfile
from pathlib import Path

import pytest

from tests.cli.harness import Cli, command
from tests.cli.samples import LAMP, answered
from tests.cli.test_hostile_text import HOSTILE, with_title
from tests.evidence import pictures
from tests.evidence.test_commands import EVIDENCE

EXPORT = (*EVIDENCE, "export")


@pytest.fixture
def case(cli: Cli) -> Cli:
    """A dispute with a conversation, a settlement and three files, two of one name."""
    answered(cli).ok("dispute", "message", "D1", "We refund you.\nSoon.", "--at", "2026-11-20")
    cli.ok("dispute", "settlement", "D1", "promised", "10.00")
    cli.ok(
        *EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG), cli.file("letter.txt", pictures.TEXT)
    )
    (cli.home.parent / "more").mkdir()
    cli.ok(*EVIDENCE, "add", "D1", cli.file("more/photo.jpg", pictures.JPEG_PLAIN))
    return cli


def target(cli: Cli) -> Path:
    return cli.home.parent / "case.zip"


def unpacked(cli: Cli) -> Path:
    folder = cli.home.parent / "unpacked"
    with zipfile.ZipFile(target(cli)) as opened:
        opened.extractall(folder)
    return folder


def test_a_case_is_packed_and_can_be_checked(case: Cli) -> None:
    result = case.ok(*EXPORT, LAMP, str(target(case)))
    assert result.stderr == f"D1: 7 files written to {target(case)}\n"
    folder = unpacked(case)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
    )
    names = [line.removesuffix(": OK") for line in checked.stdout.splitlines()]
    assert names == [
        *("summary.txt", "timeline.txt", "messages.txt"),
        *("evidence/005-photo.jpg", "evidence/006-letter.txt", "evidence/007-photo.jpg"),
    ]
    assert (folder / "evidence/005-photo.jpg").read_bytes() == pictures.JPEG
    assert (folder / "evidence/007-photo.jpg").read_bytes() == pictures.JPEG_PLAIN


def test_the_texts_tell_the_case(case: Cli) -> None:
    case.ok(*EXPORT, "D1", str(target(case)))
    folder = unpacked(case)
    summary = (folder / "summary.txt").read_text()
    for part in (
        f"Dispute D1 about order {LAMP} (aliexpress)",
        "claim    not-as-described, asks for refund of USD 25.00",
        "offers partial refund of USD 10.00",
        "refund promised USD 10.00",
        "evidence/006-letter.txt  text/plain, 32 bytes, kept 2026-11-22 12:00:00 UTC",
    ):
        assert part in summary, summary
    timeline = (folder / "timeline.txt").read_text()
    assert timeline.startswith("  1  2026-11-22 12:00:00 UTC  open by buyer, opened: not-as-described")
    assert (folder / "messages.txt").read_text() == "2026-11-20  seller\n    We refund you.\n    Soon.\n\n"


def test_the_same_case_gives_the_same_bytes(case: Cli) -> None:
    case.ok(*EXPORT, "D1", str(target(case)))
    again = case.home.parent / "again.zip"
    case.ok(*EXPORT, "D1", str(again), env={"DISPCLI_NOW": "2026-11-22T18:00:00Z"})
    assert again.read_bytes() == target(case).read_bytes()
    piped = subprocess.run(command(*EXPORT, "D1", "-"), env=case.env, capture_output=True, check=True)
    assert piped.stdout == target(case).read_bytes()


def test_a_file_that_is_there_is_replaced_only_by_force(case: Cli) -> None:
    target(case).write_text("mine")
    assert case.run(*EXPORT, "D1", str(target(case))).code == 2
    assert target(case).read_text() == "mine"
    case.ok(*EXPORT, "D1", str(target(case)), "--force")
    assert zipfile.is_zipfile(target(case))
    assert case.run(*EXPORT, "D1", str(case.ledger), "--force").code == 2


@pytest.mark.parametrize(
    ("name", "better"), [("x.tar", "x.zip"), ("x.tar.gz", "x.zip"), ("a.b.7Z", "a.b.zip")]
)
@pytest.mark.parametrize("words", [("export", "--all"), (*EXPORT, "D1")], ids=" ".join)
def test_a_name_of_another_archive_is_refused(
    case: Cli, words: tuple[str, ...], name: str, better: str
) -> None:
    path = case.home.parent / name
    result = case.run(*words, str(path))
    assert result.code == 2
    assert f"hint: name it {better}\n" in result.stderr
    assert not path.exists()


def test_an_unknown_order_writes_nothing(case: Cli) -> None:
    before = sorted(case.home.parent.iterdir())
    assert case.run(*EXPORT, "D9", str(target(case))).code == 3
    assert sorted(case.home.parent.iterdir()) == before


def test_what_is_missing_is_told_and_the_rest_is_packed(case: Cli) -> None:
    Path(case.ok(*EVIDENCE, "show", "D1", "6").pairs()["file.path"]).unlink()
    Path(case.ok(*EVIDENCE, "show", "D1", "7").pairs()["file.path"]).write_bytes(pictures.JPEG_PLAIN[::-1])
    result = case.run(*EXPORT, "D1", str(target(case)))
    assert result.code == 7
    assert "letter.txt is missing or altered, and not among them" in result.stderr
    folder = unpacked(case)
    assert [path.name for path in (folder / "evidence").iterdir()] == ["005-photo.jpg"]
    assert "Files that are missing or altered\n  letter.txt  " in (folder / "summary.txt").read_text()


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_texts_steer_no_terminal(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    cli.ok("dispute", "message", "D1", "--", f"line one\n{HOSTILE[kind]}")
    cli.ok(*EXPORT, "D1", str(target(cli)))
    folder = unpacked(cli)
    for name in ("summary.txt", "timeline.txt", "messages.txt"):
        steering = {unicodedata.category(char) for char in (folder / name).read_text() if char != "\n"}
        assert steering & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set(), name


def test_a_full_disk_leaves_no_half_a_file(case: Cli) -> None:
    case.ok(*EVIDENCE, "add", "D1", case.file("video.mp4", pictures.MP4 + bytes(3_000_000)))
    before = sorted(case.home.parent.iterdir())
    limited = f"ulimit -f 1000; exec {' '.join(command(*EXPORT, 'D1', str(target(case))))}"
    done = subprocess.run(
        ["/bin/bash", "-c", limited], env=case.env, capture_output=True, check=False, timeout=30
    )
    assert done.returncode == 8, done.stderr
    assert b"File too large" in done.stderr
    assert b"Traceback" not in done.stderr
    assert sorted(case.home.parent.iterdir()) == before
