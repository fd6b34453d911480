"""The files of the evidence in an archive: they come back as they were, and nothing else does."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from dispcli.errors import BadInput, LedgerTrouble
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.services import archive_file
from dispcli.services.zips import zip_into
from tests.cli.harness import Cli
from tests.cli.samples import answered
from tests.evidence import pictures
from tests.evidence.stores import evidence, keep_files, kept_files
from tests.export.archives import made, members, packed, restored
from tests.ledger.builders import PHOTO, dump, make_ledger

NAME = f"evidence/{PHOTO.sha256}"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = make_ledger(tmp_path)
    keep_files(path)
    return path


def retold_files(data: bytes, *files: dict[str, object], **more: bytes) -> bytes:
    """The archive whose manifest names these files, with other members besides."""
    parts = {**members(data), **more}
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), "files": files}).encode()
    return packed(parts)


def refused(data: bytes, folder: Path) -> str:
    with pytest.raises(BadInput) as refusal:
        restored(data, folder / "target.db")
    assert kept_files(folder / "target.db") == {}
    return refusal.value.message


def test_a_file_goes_out_and_in(ledger: Path, tmp_path: Path) -> None:
    data = made(ledger)
    assert members(data)[NAME] == pictures.JPEG
    assert json.loads(members(data)["manifest.json"])["files"] == [
        {"sha256": PHOTO.sha256, "bytes": len(pictures.JPEG)}
    ]
    restored(data, tmp_path / "after.db")
    assert kept_files(tmp_path / "after.db") == {PHOTO.sha256: pictures.JPEG}
    assert made(tmp_path / "after.db") == data


def test_an_archive_without_files_is_restored(ledger: Path, tmp_path: Path) -> None:
    """As archives were before there were files."""
    parts = members(made(ledger))
    del parts[NAME]
    manifest = json.loads(parts["manifest.json"])
    del manifest["files"]
    parts["manifest.json"] = json.dumps(manifest).encode()
    restored(packed(parts), tmp_path / "after.db")
    assert dump(tmp_path / "after.db") == dump(ledger)
    assert kept_files(tmp_path / "after.db") == {}


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x" * 799)])
def test_what_is_missing_or_altered_is_left_out(ledger: Path, damage) -> None:
    damage(EvidenceStore(ledger).place_of(PHOTO.sha256))
    assert NAME not in members(made(ledger))


def test_a_file_that_no_evidence_names_is_refused(ledger: Path, tmp_path: Path) -> None:
    other = evidence(b"x")
    filed = {"sha256": other.sha256, "bytes": 1}
    forged = retold_files(made(ledger), filed, **{f"evidence/{other.sha256}": b"x"})
    parts = members(forged)
    del parts[NAME]
    assert "no evidence names it" in refused(packed(parts), tmp_path)


def test_a_file_that_is_another_is_refused(ledger: Path, tmp_path: Path) -> None:
    parts = members(made(ledger))
    parts[NAME] = parts[NAME][::-1]
    assert "not what was exported" in refused(packed(parts), tmp_path)


@pytest.mark.parametrize("size", [0, 1, len(pictures.JPEG) + 1, 2**62])
def test_a_file_of_another_length_is_refused(ledger: Path, tmp_path: Path, size: int) -> None:
    filed = {"sha256": PHOTO.sha256, "bytes": size}
    assert f"has {len(pictures.JPEG)} bytes" in refused(retold_files(made(ledger), filed), tmp_path)


def test_a_file_that_unpacks_is_refused(ledger: Path, tmp_path: Path) -> None:
    """So no file can be larger than the archive it is in."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members(made(ledger)).items():
            opened.writestr(name, data)
    assert "packed in a way" in refused(stream.getvalue(), tmp_path)


def test_a_file_cut_off_is_refused(ledger: Path, tmp_path: Path) -> None:
    data = made(ledger)
    place = zipfile.ZipFile(io.BytesIO(data)).getinfo(NAME).header_offset
    damaged = data[: place + 200] + bytes(40) + data[place + 240 :]
    assert NAME in refused(damaged, tmp_path)


def test_an_archive_larger_than_4_gib_is_read(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end is another record; made here by moving the limit from which on it is written."""
    with monkeypatch.context() as patched:
        patched.setattr(zipfile, "ZIP64_LIMIT", 100)
        data = made(ledger)
    assert b"PK\x06\x06" in data[-98:]
    restored(data, tmp_path / "after.db")
    assert kept_files(tmp_path / "after.db") == {PHOTO.sha256: pictures.JPEG}


def test_more_files_than_can_be_read_are_not_written(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dispcli.services import archiving

    monkeypatch.setattr(archiving, "MOST_FILES", 0)
    with pytest.raises(LedgerTrouble, match="an archive takes 0"):
        made(ledger)
    assert archive_file.MOST_FILES > 0


def test_the_limits_have_room_for_the_files_they_promise() -> None:
    """A manifest and a table of contents with the most files are within what is read."""
    from dispcli.services import archive_reading

    files = 1000
    stream = io.BytesIO()
    with zip_into(stream) as packing:
        writer = archive_file.Writer(packing)
        for number in range(files):
            writer.add_file(archive_file.Filed(f"{number:064}", 2**33), ())
        writer.finish(4, "2026-11-22T12:00:00Z")
    told = len(members(stream.getvalue())["manifest.json"])
    share = archive_file.MOST_FILES / files
    directory = int.from_bytes(stream.getvalue()[-10:-6], "little")
    assert told * share < archive_reading._LARGEST_MANIFEST
    assert directory * share < archive_reading._LARGEST_DIRECTORY


def test_the_commands_tell_what_is_missing(cli: Cli) -> None:
    answered(cli).ok("dispute", "evidence", "add", "D1", cli.file("photo.jpg", pictures.JPEG))
    whole, lacking = str(cli.home.parent / "whole.zip"), str(cli.home.parent / "lacking.zip")
    assert "1 evidence file written to" in cli.ok("export", "--all", whole).stderr
    Path(cli.ok("dispute", "evidence", "show", "D1", "photo.jpg").pairs()["file.path"]).unlink()
    result = cli.run("export", "--all", lacking)
    assert result.code == 7
    assert "1 of the files kept as evidence is missing or altered" in result.stderr
    for archive, found in ((whole, 0), (lacking, 8)):
        new = str(cli.home.parent / f"{Path(archive).stem}.db")
        cli.ok("ledger", "init", "--ledger", new)
        restored_by = cli.ok("import", archive, "--ledger", new)
        assert ("not in the archive" in restored_by.stderr) is bool(found)
        assert cli.run("dispute", "evidence", "verify", "--ledger", new).code == found
        assert cli.run("ledger", "check", "--ledger", new).code == found


def test_a_dry_run_restores_no_file(cli: Cli) -> None:
    answered(cli).ok("dispute", "evidence", "add", "D1", cli.file("photo.jpg", pictures.JPEG))
    path, new = str(cli.home.parent / "all.zip"), cli.home.parent / "new.db"
    cli.ok("export", "--all", path)
    cli.ok("ledger", "init", "--ledger", str(new))
    cli.ok("import", path, "--dry-run", "--ledger", str(new))
    assert not EvidenceStore(new).folder.exists()
