"""`dispute evidence`: add, list, show, remove, as the program does it."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import KETTLE, LAMP, SHOES, answered, opened
from tests.evidence import pictures

EVIDENCE = ("dispute", "evidence")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored(cli: Cli) -> dict[str, bytes]:
    """What is in the store, by digest."""
    folder = cli.ledger.with_name("ledger.db.evidence")
    return {f"{p.parent.name}{p.name}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def with_photo(cli: Cli) -> Cli:
    answered(cli).ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG))
    return cli


def test_files_are_kept_and_listed(cli: Cli) -> None:
    answered(cli)
    paths = (cli.file("photo.jpg", pictures.JPEG), cli.file("letter.txt", pictures.TEXT))
    added = cli.ok(*EVIDENCE, "add", LAMP, *paths, "--note", "from the phone", "--at", "2026-11-20").rows()
    assert [
        (r["dispute"], r["seq"], r["name"], r["media_type"], r["status"], r["changed"]) for r in added
    ] == [
        ("D1", "3", "photo.jpg", "image/jpeg", "changed", "true"),
        ("D1", "4", "letter.txt", "text/plain", "changed", "true"),
    ]
    assert stored(cli) == {digest(data): data for data in (pictures.JPEG, pictures.TEXT)}
    listed = cli.ok(*EVIDENCE, "list", "D1").rows()
    assert [(r["name"], r["size"], r["sha256"], r["at"], r["present"], r["problem"]) for r in listed] == [
        ("photo.jpg", str(len(pictures.JPEG)), digest(pictures.JPEG), "2026-11-20", "true", ""),
        ("letter.txt", str(len(pictures.TEXT)), digest(pictures.TEXT), "2026-11-20", "true", ""),
    ]
    history = cli.ok("dispute", "history", "D1").rows()
    assert [(e["details"], e["note"]) for e in history[2:]] == [
        ("photo.jpg (image/jpeg)", "from the phone"),
        ("letter.txt (text/plain)", "from the phone"),
    ]
    shown = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["evidence"]
    assert [(e["name"], e["seq"], e["present"]) for e in shown] == [
        ("photo.jpg", 3, True),
        ("letter.txt", 4, True),
    ]


def test_what_is_cut_off_or_of_no_known_kind_is_kept_with_a_warning(cli: Cli) -> None:
    """Whatever the marketplace's rules are; here there are none about it."""
    opened(cli, KETTLE)
    paths = (cli.file("photo.jpg", pictures.JPEG[:-100]), cli.file("clip.dat", b"\0nothing known"))
    for how in (("--dry-run",), ()):
        result = cli.ok(*EVIDENCE, "add", KETTLE, *paths, *how)
        assert [row["name"] for row in result.rows()] == ["photo.jpg", "clip.dat"]
        assert result.stderr.splitlines() == [
            "warning: photo.jpg: its end is missing; it seems to be cut off",
            "warning: clip.dat: its content does not tell what kind of file it is",
        ]


def test_a_photo_that_moves_is_whole(cli: Cli) -> None:
    """Its film is long, and has what players need first at its front."""
    opened(cli, KETTLE)
    film = b"\0\0\0\x18ftypmp42" + b"moov" + b"mdat" + bytes(range(256)) * 1000
    assert cli.ok(*EVIDENCE, "add", KETTLE, cli.file("photo.jpg", pictures.JPEG + film)).stderr == ""


def test_what_is_kept_already_changes_nothing(cli: Cli) -> None:
    with_photo(cli)
    before = cli.kept()
    again = cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()
    assert (again["status"], again["changed"], again["seq"]) == ("unchanged", "false", "3")
    assert cli.kept() == before


def test_one_content_under_two_names_is_one_file(cli: Cli) -> None:
    with_photo(cli).ok(*EVIDENCE, "add", "D1", cli.file("again.jpg", pictures.JPEG))
    assert [row["name"] for row in cli.ok(*EVIDENCE, "list", "D1").rows()] == ["photo.jpg", "again.jpg"]
    assert list(stored(cli)) == [digest(pictures.JPEG)]


def test_all_files_are_kept_or_none(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    good = cli.file("photo.jpg", pictures.JPEG)
    result = cli.run(*EVIDENCE, "add", "D1", good, str(cli.home.parent / "nosuch.jpg"))
    assert (result.code, result.stdout) == (9, "")
    assert "nosuch.jpg: No such file" in result.stderr
    assert cli.kept() == before


def test_an_unknown_order_copies_nothing(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    assert cli.run(*EVIDENCE, "add", "D9", cli.file("photo.jpg", pictures.JPEG)).code == 3
    assert cli.run(*EVIDENCE, "add", KETTLE, cli.file("photo.jpg", pictures.JPEG)).code == 3
    assert cli.kept() == before


def test_without_a_ledger_there_is_no_dispute(cli: Cli) -> None:
    photo = cli.file("photo.jpg", pictures.JPEG)
    for words in (("add", "D1", photo), ("list", "D1"), ("remove", "D1", "1", "--yes"), ("verify", "D1")):
        assert cli.run(*EVIDENCE, *words).code == 3
    assert cli.ok(*EVIDENCE, "verify").stdout.startswith("problem\t")
    assert cli.kept() == {}


def test_a_dry_run_reads_and_writes_nothing(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    photo = cli.file("photo.png", pictures.JPEG)
    tried = cli.ok(*EVIDENCE, "add", "D1", photo, "--dry-run")
    assert (tried.row()["status"], tried.row()["dry_run"], tried.row()["seq"]) == ("planned", "true", "3")
    assert "its content is image/jpeg" in tried.stderr
    assert cli.kept() == before
    assert not cli.ledger.with_name("ledger.db.evidence").exists()


def test_an_operation_is_done_once(cli: Cli) -> None:
    answered(cli)
    paths = (cli.file("photo.jpg", pictures.JPEG), cli.file("letter.txt", pictures.TEXT))
    words = (*EVIDENCE, "add", "D1", *paths, "--operation-id", "op-1")
    assert {row["changed"] for row in cli.ok(*words).rows()} == {"true"}
    cli.ok(*EVIDENCE, "remove", "D1", "letter.txt", "--yes")
    before = cli.kept()
    assert {row["changed"] for row in cli.ok(*words).rows()} == {"false"}
    assert cli.kept() == before, "a late retry brings nothing back"
    other = cli.run(*EVIDENCE, "add", "D1", paths[0], "--operation-id", "op-1")
    assert other.code == 4


def test_a_name_is_made_harmless_and_the_type_is_the_contents(cli: Cli) -> None:
    answered(cli)
    folder = cli.home.parent / "odd"
    folder.mkdir()
    path = folder / "a\n\u202eb\x1b[2J.png"
    path.write_bytes(pictures.PDF)
    result = cli.ok(*EVIDENCE, "add", "D1", str(path))
    assert result.row()["name"] == "a__b_[2J.png"
    assert result.row()["media_type"] == "application/pdf"
    assert "a__b_[2J.png: its content is application/pdf, which its name does not say" in result.stderr
    (event,) = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["evidence"]
    assert event["name"] == "a__b_[2J.png"


def test_the_ledger_itself_is_no_evidence(cli: Cli) -> None:
    answered(cli)
    result = cli.run(*EVIDENCE, "add", "D1", str(cli.ledger))
    assert result.code == 9
    assert "is the ledger itself" in result.stderr


def test_a_photo_tells_its_size_and_when_it_was_taken(cli: Cli) -> None:
    shown = with_photo(cli).ok(*EVIDENCE, "show", "D1", "photo.jpg")
    pairs = shown.pairs()
    assert (pairs["photo.width"], pairs["photo.height"]) == ("48", "64")
    assert pairs["photo.taken_at"] == "2026-11-20T14:05:09+02:00"
    assert Path(pairs["file.path"]).read_bytes() == pictures.JPEG
    table = cli.ok(*EVIDENCE, "show", "D1", "3", tty=True).stdout
    assert "48 × 64" in table
    assert "2026-11-20 14:05:09+02:00 by the camera's clock" in table


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(("harm", "problem"), [(Path.unlink, "missing"), (cut_short, "altered")])
def test_what_is_wrong_with_a_file_is_told_in_the_same_word_everywhere(
    cli: Cli, harm: Callable[[Path], None], problem: str
) -> None:
    with_photo(cli)
    harm(Path(cli.ok(*EVIDENCE, "show", "D1", "3").pairs()["file.path"]))
    listed = cli.ok(*EVIDENCE, "list", "D1").row()
    assert (listed["present"], listed["problem"]) == ("false", problem)
    assert cli.run(*EVIDENCE, "verify").row()["problem"] == problem
    packed = cli.run(*EVIDENCE, "export", "D1", str(cli.home.parent / "case.zip"))
    assert f"warning: photo.jpg is {problem}, and not among them\n" in packed.stderr
    pairs = cli.ok(*EVIDENCE, "show", "D1", "3").pairs()
    assert (pairs["present"], pairs["photo.width"]) == ("false", "")
    assert f"{problem}: " in cli.ok(*EVIDENCE, "show", "D1", "3", tty=True).stdout
    assert f"photo.jpg ({problem})" in cli.ok("dispute", "show", "D1", tty=True).stdout
    checked = cli.run("ledger", "check")
    assert checked.code == 8
    assert f"evidence: D1 event 3: photo.jpg is {problem} in " in checked.stdout


@pytest.mark.parametrize("word", ["photo.jpg", "3", digest(pictures.JPEG)[:8]])
def test_a_file_is_removed_and_its_record_stays(cli: Cli, word: str) -> None:
    with_photo(cli)
    removed = cli.ok(*EVIDENCE, "remove", "D1", word, "--yes", "--note", "shows my address").row()
    assert (removed["status"], removed["name"], removed["seq"]) == ("changed", "photo.jpg", "3")
    assert stored(cli) == {}
    assert cli.ok(*EVIDENCE, "list", "D1").rows() == []
    *_, kept, gone = cli.ok("dispute", "history", "D1").rows()
    assert (kept["details"], gone["note"]) == ("photo.jpg (image/jpeg)", "shows my address")
    assert gone["details"] == f"no longer kept: {digest(pictures.JPEG)[:12]}"
    again = cli.ok(*EVIDENCE, "remove", "D1", word, "--yes").row()
    assert (again["status"], again["changed"]) == ("unchanged", "false")
    assert cli.ok("ledger", "check").code == 0
    assert cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()["changed"] == "true"


def test_a_file_that_several_others_have_stays(cli: Cli) -> None:
    with_photo(cli)
    for number, name in ((KETTLE, "D2"), (SHOES, "D3")):
        cli.ok("dispute", "open", number, "--reason", "late")
        cli.ok(*EVIDENCE, "add", name, cli.file("same.jpg", pictures.JPEG))
    removed = cli.ok(*EVIDENCE, "remove", "D1", "photo.jpg", "--yes").row()
    assert removed["message"] == "the file stays: D2, D3 have it too"


def test_a_file_that_another_dispute_has_stays(cli: Cli) -> None:
    with_photo(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    cli.ok(*EVIDENCE, "add", "D2", cli.file("same.jpg", pictures.JPEG))
    removed = cli.ok(*EVIDENCE, "remove", "D1", "photo.jpg", "--yes").row()
    assert removed["message"] == "the file stays: D2 has it too"
    assert list(stored(cli)) == [digest(pictures.JPEG)]
    cli.ok(*EVIDENCE, "remove", "D2", "same.jpg", "--yes")
    assert stored(cli) == {}


def test_a_file_that_can_not_be_deleted_is_told_with_what_is_recorded(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_photo(cli)
    words = (*EVIDENCE, "remove", "D1", "photo.jpg", "--yes")
    with monkeypatch.context() as patched:
        patched.setattr("dispcli.ledger.evidence_store.sync_folder", _failing)
        result = cli.run(*words)
    assert (result.code, result.stdout) == (8, "")
    assert "it is recorded, but the file is still there: " in result.stderr
    assert "Input/output error\n" in result.stderr
    assert cli.ok(*words).row()["status"] == "unchanged"
    assert stored(cli) == {}


def _failing(_folder: Path) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_removal_can_not_be_undone_so_it_asks(cli: Cli) -> None:
    with_photo(cli)
    before = cli.kept()
    words = (*EVIDENCE, "remove", "D1", "photo.jpg")
    piped = cli.run(*words)
    assert piped.code == 6
    assert "--yes" in piped.stderr
    declined = cli.run(*words, stdin="\n", tty=True)
    assert declined.code == 5
    assert "photo.jpg" in declined.stderr
    assert cli.ok(*words, "--dry-run").row()["status"] == "planned"
    assert cli.kept() == before
    assert cli.run(*words, stdin="y\n", tty=True).code == 0
    assert stored(cli) == {}


def test_several_are_removed_by_typing_their_count(cli: Cli) -> None:
    with_photo(cli).ok(*EVIDENCE, "add", "D1", cli.file("letter.txt", pictures.TEXT))
    words = (*EVIDENCE, "remove", "D1", "photo.jpg", "letter.txt")
    assert cli.run(*words, stdin="y\n", tty=True).code == 5
    assert len(stored(cli)) == 2
    asked = cli.run(*words, stdin="2\n", tty=True)
    assert asked.code == 0
    assert "type 2: " in asked.stderr
    assert stored(cli) == {}


def test_a_record_in_error_hands_over_what_it_keeps_and_nothing_else(cli: Cli) -> None:
    with_photo(cli).ok(*EVIDENCE, "add", "D1", cli.file("letter.txt", pictures.TEXT))
    cli.ok(*EVIDENCE, "remove", "D1", "letter.txt", "--yes")
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    cli.ok("dispute", "open", LAMP, "--replaces", "D1")
    assert [row["name"] for row in cli.ok(*EVIDENCE, "list", "D2").rows()] == ["photo.jpg"]
    cli.ok(*EVIDENCE, "remove", "D2", "photo.jpg", "--yes")
    assert stored(cli) == {}, "the record made in error keeps nothing from being removed"
    assert cli.ok("ledger", "check").code == 0
    assert cli.ok(*EVIDENCE, "verify").stdout.count("\n") == 1


def test_a_file_named_like_nothing_known_is_not_found(cli: Cli) -> None:
    with_photo(cli)
    result = cli.run(*EVIDENCE, "show", "D1", "nosuch")
    assert result.code == 3
    assert "hint: see 'dispcli dispute evidence list D1'" in result.stderr


def test_evidence_of_a_final_dispute_can_be_kept(cli: Cli) -> None:
    opened(cli).ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    assert cli.ok(*EVIDENCE, "add", "D1", cli.file("photo.jpg", pictures.JPEG)).row()["changed"] == "true"


def test_ids_can_be_fed_back(cli: Cli) -> None:
    with_photo(cli)
    (word,) = cli.ok(*EVIDENCE, "list", "D1", "-o", "ids").stdout.split()
    assert cli.ok(*EVIDENCE, "show", "D1", word).pairs()["name"] == "photo.jpg"


def test_the_group_by_itself_shows_its_help(cli: Cli) -> None:
    shown = cli.ok(*EVIDENCE).stdout
    assert shown == cli.ok(*EVIDENCE, "--help").stdout == cli.ok("help", *EVIDENCE).stdout
    assert "Usage: dispcli dispute evidence" in shown
    assert cli.run(*EVIDENCE, "lst").code == 2
