"""The folder beside the ledger: each file once, whole or not at all, and nobody else's business."""

import errno
import hashlib
import os
import resource
import socket
import stat
from pathlib import Path

import pytest

from dispcli.core.cut_off import TAIL
from dispcli.core.file_types import HEAD
from dispcli.errors import BadInput, LedgerTrouble
from dispcli.ledger.evidence_intake import Intake
from dispcli.ledger.evidence_source import CHUNK, contents, opened
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.ledger.evidence_sweeping import Stray, strays, sweep
from tests.evidence import pictures

TEXT = b"the parcel never came\n"
DIGEST = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    ledger = tmp_path / "ledger.db"
    ledger.write_bytes(b"a ledger")
    return EvidenceStore(ledger)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_bytes(TEXT)
    return path


def take(store: EvidenceStore, *paths: Path) -> list[str]:
    with Intake(store) as intake:
        digests = [intake.take(path).sha256 for path in paths]
        intake.settle(digests)
    return digests


def everything(store: EvidenceStore) -> list[str]:
    return sorted(str(path.relative_to(store.folder)) for path in store.folder.rglob("*"))


def test_a_file_is_kept_under_its_digest_for_its_owner_alone(store, file):
    assert take(store, file) == [DIGEST]
    place = store.place_of(DIGEST)
    assert place.read_bytes() == TEXT
    assert place == store.ledger.parent / "ledger.db.evidence" / DIGEST[:2] / DIGEST[2:]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (store.folder, place.parent)} == {0o700}
    assert everything(store) == [DIGEST[:2], f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_the_same_content_is_kept_once(store, file):
    other = file.with_name("copy.txt")
    other.write_bytes(TEXT)
    take(store, file, other)
    take(store, other)
    assert everything(store) == [DIGEST[:2], f"{DIGEST[:2]}/{DIGEST[2:]}"]


def test_a_copy_puts_right_what_was_damaged(store, file):
    take(store, file)
    store.place_of(DIGEST).write_bytes(TEXT[::-1])
    assert store.seen_problem(DIGEST, len(TEXT)) is None
    assert store.problem(DIGEST, len(TEXT)) == "altered"
    take(store, file)
    assert store.problem(DIGEST, len(TEXT)) is None


def test_a_copy_without_a_place_leaves_nothing(store, file):
    with Intake(store) as intake:
        intake.take(file)
        assert len(everything(store)) == 2
    assert everything(store) == []


def test_a_large_file_comes_in_pieces(store, tmp_path):
    large = tmp_path / "video.mp4"
    large.write_bytes(os.urandom(64) * (CHUNK // 32) + b"end")
    told: list[int] = []
    with Intake(store) as intake:
        content = intake.take(large, told.append)
    assert content.sha256 == hashlib.sha256(large.read_bytes()).hexdigest()
    assert (content.size, sum(told)) == (large.stat().st_size,) * 2
    assert max(told) <= CHUNK


def link(folder: Path) -> Path:
    (folder / "real").write_bytes(TEXT)
    path = folder / "link"
    path.symlink_to("real")
    return path


def dangling(folder: Path) -> Path:
    path = folder / "link"
    path.symlink_to("nowhere")
    return path


def fifo(folder: Path) -> Path:
    path = folder / "fifo"
    os.mkfifo(path)
    return path


def a_socket(folder: Path) -> Path:
    path = folder / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket must be short
        try:
            listening.bind("s")
        finally:
            os.chdir(here)
    return path


def empty(folder: Path) -> Path:
    path = folder / "empty"
    path.touch()
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (link, "is a symbolic link"),
        (dangling, "is a symbolic link"),
        (fifo, "is a pipe"),
        (a_socket, "is a socket"),
        (empty, "is empty"),
        (lambda folder: folder, "is a folder"),
        (lambda folder: Path("/dev/null"), "is a device"),
        (lambda folder: folder / "nosuch", "No such file"),
        (lambda folder: folder / "ledger.db", "is the ledger itself"),
        (lambda folder: folder / "ledger.db" / "x", "Not a directory"),
    ],
)
def test_what_is_no_plain_file_is_refused_at_once(store, tmp_path, make, message):
    path = make(tmp_path)
    with pytest.raises(BadInput, match=message) as refusal:
        take(store, path)
    assert refusal.value.exit_code == 9
    assert not store.folder.exists()


def test_a_second_name_of_the_ledger_is_refused_without_opening_it(store, tmp_path):
    second = tmp_path / "second"
    os.link(store.ledger, second)
    with pytest.raises(BadInput, match="ledger itself"):
        take(store, second)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(store, file):
    file.chmod(0)
    with pytest.raises(BadInput, match="Permission denied"):
        take(store, file)


@pytest.mark.parametrize(
    "change", [lambda path: path.write_bytes(b"x"), lambda path: path.write_bytes(TEXT * 2)]
)
def test_a_file_that_changes_while_it_is_read_is_refused(store, file, change):
    def read() -> None:
        with opened(file, store.ledger) as chunks:
            change(file)
            os.utime(file, (1, 1))
            contents(chunks)

    with pytest.raises(BadInput, match="changed while it was read"):
        read()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, CHUNK])
def test_the_last_mark_of_a_picture_is_found_however_it_is_read(size):
    film = b"\0\0\0\x18ftypmp42moov" + b"film" * 20_000
    for picture, mark in ((pictures.JPEG, b"\xff\xd9"), (pictures.PNG, b"IEND\xaeB`\x82")):
        whole = picture + film
        read = contents(whole[at : at + size] for at in range(0, len(whole), size))
        assert read.marked == len(picture) - len(mark)
        assert (read.size, read.head, read.tail) == (len(whole), whole[:HEAD], whole[-TAIL:])


def test_a_kind_of_file_without_a_mark_of_its_own_has_none():
    assert contents([pictures.PDF + b"\xff\xd9"]).marked == -1


@pytest.mark.parametrize("folder", ["", "inner"])
def test_a_link_in_place_of_the_store_is_not_followed(store, file, tmp_path, folder):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if folder:
        store.folder.mkdir(mode=0o700)
    place = store.folder / DIGEST[:2] if folder else store.folder
    place.symlink_to(elsewhere)
    with pytest.raises(LedgerTrouble, match="is not a folder"):
        take(store, file)
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_place_of_a_file_is_replaced_and_not_read(store, file, tmp_path):
    target = tmp_path / "target"
    target.write_bytes(TEXT)
    store.folder.mkdir(mode=0o700)
    store.place_of(DIGEST).parent.mkdir(mode=0o700)
    store.place_of(DIGEST).symlink_to(target)
    assert store.seen_problem(DIGEST, len(TEXT)) == "altered"
    assert store.problem(DIGEST, len(TEXT)) == "altered"
    take(store, file)
    assert not store.place_of(DIGEST).is_symlink()
    assert target.read_bytes() == TEXT


def test_a_folder_that_others_can_write_is_refused(store, file):
    store.folder.mkdir()
    store.folder.chmod(0o777)
    with pytest.raises(LedgerTrouble, match="can be written by others") as refusal:
        take(store, file)
    assert "chmod 700" in refusal.value.hint


def test_a_full_disk_is_told_and_leaves_nothing(store, file, tmp_path):
    large = tmp_path / "large"
    large.write_bytes(bytes(300_000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(LedgerTrouble, match="nothing was changed") as refusal:
            take(store, file, large)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (refusal.value.exit_code, refusal.value.hint) == (8, "make room and try again")
    assert everything(store) == []


def test_if_one_can_not_be_placed_none_is(store, file, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"other")
    digest = hashlib.sha256(b"other").hexdigest()
    store.folder.mkdir(mode=0o700)
    (store.folder / digest[:2]).write_bytes(b"in the way")
    with pytest.raises(LedgerTrouble):
        take(store, file, other)
    assert not store.place_of(DIGEST).exists()


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "AB" * 32, "ab" * 31, f"{'ab' * 32}\n"])
def test_what_is_no_digest_leads_nowhere(store, digest):
    assert store.seen_problem(digest, 1) == "missing"
    assert store.problem(digest, 1) == "missing"
    store.discard(digest)


def test_a_file_that_can_not_be_read_is_told_apart(store, file, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    take(store, file)
    monkeypatch.setattr(os, "fdopen", fail)
    assert store.problem(DIGEST, len(TEXT)) == "unreadable"


def test_each_file_is_read_once_however_often_it_is_asked_for(store, file):
    take(store, file)
    told: list[int] = []
    assert store.problems([(DIGEST, len(TEXT)), (DIGEST, len(TEXT)), ("ab" * 32, 1)], told.append) == {
        "ab" * 32: "missing"
    }
    assert told == [len(TEXT)]


def test_a_discarded_file_is_gone_with_its_empty_folder(store, file):
    take(store, file)
    store.discard(DIGEST)
    assert everything(store) == []
    store.discard(DIGEST)


def test_only_what_is_ours_is_swept(store, file):
    take(store, file)
    (store.folder / "incoming-left").mkdir()
    (store.folder / "incoming-left" / "0").write_bytes(b"half")
    (store.folder / "notes.txt").write_bytes(b"mine")
    (store.folder / DIGEST[:2] / "notes.txt").write_bytes(b"mine")
    found = strays(store, ())
    assert {(stray.path.name, stray.ours) for stray in found} == {
        (DIGEST[2:], True),
        ("incoming-left", True),
        ("notes.txt", False),
    }
    assert {stray.path.name for stray in strays(store, [DIGEST])} == {"incoming-left", "notes.txt"}
    assert sweep(store, found) == 2
    assert everything(store) == [DIGEST[:2], f"{DIGEST[:2]}/notes.txt", "notes.txt"]


def test_copies_in_the_making_are_no_stray(store, file):
    with Intake(store) as intake:
        intake.take(file)
        (copies,) = store.folder.iterdir()
        assert strays(store, ()) == []
    copies.mkdir(mode=0o700)
    assert strays(store, ()) == [Stray(copies, ours=True)]


def test_more_files_than_can_be_open_are_kept_together(store, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    paths = [tmp_path / f"{number}.txt" for number in range(200)]
    for path in paths:
        path.write_text(path.name)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, before[1]))
    try:
        assert len(set(take(store, *paths))) == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_links_among_the_files_are_foreign(store, file, tmp_path):
    take(store, file)
    (store.folder / "incoming-link").symlink_to(file)
    (store.folder / "ab").symlink_to(tmp_path)
    assert [stray.ours for stray in strays(store, [DIGEST])] == [False, False]
