"""`dispute evidence export`: a case in a ZIP that anybody can check and read."""

import re
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


def test_an_own_template_makes_the_summary_and_it_is_told_where_it_says_nothing(case: Cli) -> None:
    path = case.config.parent / "drafts" / "summary.txt"
    path.parent.mkdir(parents=True)
    for text, summary in (("My case: $state\n", "My case: answered\n"), ("$tracking\n", "\n")):
        path.write_text(text)
        result = case.ok(*EXPORT, LAMP, str(target(case)), "--force")
        assert (unpacked(case) / "summary.txt").read_text() == summary
        warned = f"warning: {path}: every line of the template names something that is not known here\n"
        assert result.stderr.partition("\n")[2] == ("" if summary.strip() else warned)
    assert "drafts/summary.txt" in " ".join(case.ok(*EXPORT, "--help").stdout.split())


def test_a_case_is_packed_and_can_be_checked(case: Cli) -> None:
    result = case.ok(*EXPORT, LAMP, str(target(case)))
    assert result.stderr == f"D1: 7 files written to {target(case)}\n"
    folder = unpacked(case)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
    )
    names = [line.removesuffix(": OK") for line in checked.stdout.splitlines()]
    assert names == [
        *("summary.txt", "timeline.csv", "messages.csv"),
        *("evidence/005-photo.jpg", "evidence/006-letter.txt", "evidence/007-photo.jpg"),
    ]
    assert (folder / "evidence/005-photo.jpg").read_bytes() == pictures.JPEG
    assert (folder / "evidence/007-photo.jpg").read_bytes() == pictures.JPEG_PLAIN


def test_timeline_and_messages_are_what_the_commands_write(case: Cli) -> None:
    case.ok("dispute", "message", "D1", "--from", "buyer", "=1+1\nand \u202e more")
    case.ok(*EXPORT, "D1", str(target(case)))
    folder = unpacked(case)
    for name, verb in (("timeline.csv", "history"), ("messages.csv", "messages")):
        written = (folder / name).read_bytes().decode()
        assert written == case.ok("dispute", verb, "D1", "-o", "csv").stdout
    assert "'=1+1" in (folder / "messages.csv").read_text()


def test_the_summary_is_the_draft_and_names_the_files(case: Cli) -> None:
    case.ok("dispute", "settlement", "D1", "issued", "7.50", "--to", "customer")
    case.ok(*EXPORT, "D1", str(target(case)))
    summary = (unpacked(case) / "summary.txt").read_text()
    draft = case.ok("dispute", "draft", "D1", "summary").stdout
    assert draft == re.sub(r": evidence/[^\n]*", "", summary)
    for part in (
        f"Dispute about order {LAMP} at AliExpress, as of 2026-11-22\n",
        "\nDays and times by the clock of America/Los_Angeles\n",
        "- 2026-11-22 04:00, seller: refund promised (USD 10.00)",
        "- 2026-11-22 04:00, buyer: refund to my customer (USD 7.50)",
        "- 2026-11-20, seller: We refund you.\n    Soon.",
        "- letter.txt (text/plain, 32 bytes, 2026-11-22): evidence/006-letter.txt\n  SHA-256 ",
    ):
        assert part in summary, summary


def test_a_summary_of_one_s_own_is_packed(case: Cli) -> None:
    template = case.config.parent / "drafts" / "summary.txt"
    template.parent.mkdir(parents=True)
    template.write_text("# mine\n[$*evidence $file\n]\n")
    case.ok(*EXPORT, "D1", str(target(case)))
    first, *_ = (unpacked(case) / "summary.txt").read_text().splitlines()
    assert first == "evidence/005-photo.jpg"
    template.write_text("$nosuch\n")
    before = target(case).read_bytes()
    assert case.run(*EXPORT, "D1", str(target(case)), "--force").code == 9
    assert target(case).read_bytes() == before


def test_the_same_case_gives_the_same_bytes_on_the_same_day(case: Cli) -> None:
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
    assert "letter.txt is missing, and not among them" in result.stderr
    assert "is altered, and not among them" in result.stderr
    folder = unpacked(case)
    assert [path.name for path in (folder / "evidence").iterdir()] == ["005-photo.jpg"]
    summary = (folder / "summary.txt").read_text()
    assert "- letter.txt (text/plain, 32 bytes, 2026-11-22): missing or altered\n  SHA-256 " in summary


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_summary_steers_no_terminal(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    cli.ok("dispute", "message", "D1", "--", f"line one\n{HOSTILE[kind]}")
    cli.ok(*EXPORT, "D1", str(target(cli)))
    folder = unpacked(cli)
    steering = {unicodedata.category(char) for char in (folder / "summary.txt").read_text() if char != "\n"}
    assert steering & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


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
