"""Where an export goes, and what it never does to what is there."""

import errno
import os
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.cli.harness import Cli, command
from tests.export.ledgers import filled
from tests.ledger.builders import tamper


@pytest.fixture
def full(cli: Cli) -> Cli:
    filled(cli.ledger)
    return cli


@pytest.fixture
def folder(full: Cli) -> Path:
    made = full.home.parent / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("o.csv", b"marketplace,order,"),
        ("o.tsv", b"marketplace\torder\t"),
        ("o.json", b'{\n  "schema_version": 1,\n  "order_lines": ['),
        ("o.ndjson", b'{"schema_version":1,"marketplace":"aliexpress"'),
        ("o.JSONL", b'{"schema_version":1,"marketplace":"aliexpress"'),
        ("o.xlsx", b"PK\x03\x04"),
        ("o.txt", b"marketplace\torder\t"),
    ],
)
def test_the_ending_names_the_format(full: Cli, folder: Path, name: str, begins: bytes) -> None:
    result = full.ok("export", "orders", "--output", str(folder / name))
    assert (folder / name).read_bytes().startswith(begins)
    assert result.stdout == ""
    assert result.stderr == f"4 rows written to {folder / name}\n"


@pytest.mark.parametrize("name", ["csv", "xlsx", "o.docx", "o"])
def test_a_file_whose_ending_says_nothing_is_not_written(full: Cli, folder: Path, name: str) -> None:
    result = full.run("export", "orders", "-o", str(folder / name))
    assert result.code == 2
    assert "--format" in result.stderr
    assert list(folder.iterdir()) == []


def test_the_format_wins_over_the_ending(full: Cli, folder: Path) -> None:
    full.ok("export", "orders", "-o", str(folder / "o.csv"), "--format", "ndjson")
    assert (folder / "o.csv").read_bytes().startswith(b"{")


def test_an_unknown_format_is_refused(full: Cli) -> None:
    result = full.run("export", "orders", "--format", "table")
    assert result.code == 2
    assert "csv, tsv, json, ndjson, xlsx" in result.stderr


def test_a_file_is_replaced_only_by_force(full: Cli, folder: Path) -> None:
    path = folder / "o.csv"
    path.write_text("mine")
    result = full.run("export", "orders", "-o", str(path))
    assert (result.code, path.read_text()) == (2, "mine")
    assert "--force" in result.stderr
    full.ok("export", "orders", "-o", str(path), "--force")
    assert path.read_text().startswith("marketplace,")
    assert [path.name for path in folder.iterdir()] == ["o.csv"]


@pytest.mark.parametrize("words", [("orders", "--format", "csv", "-o"), ("all",)])
def test_the_ledger_is_never_replaced(full: Cli, words: tuple[str, ...]) -> None:
    before = full.ledger.read_bytes()
    result = full.run("export", *words, str(full.ledger), "--force")
    assert result.code == 2
    assert "the ledger itself" in result.stderr
    assert full.ledger.read_bytes() == before


def test_a_full_disk_is_told_in_a_line(full: Cli, folder: Path) -> None:
    path = folder / "a.zip"
    limited = f"ulimit -f 1; exec {' '.join(command('export', 'all', str(path)))}"
    done = subprocess.run(["/bin/bash", "-c", limited], env=full.env, capture_output=True, check=False)
    assert done.returncode == 8
    assert done.stderr.decode().startswith(f"error: can't write {path}: File too large\nhint: make room")
    assert done.stderr.count(b"\n") == 2
    assert list(folder.iterdir()) == []


def test_a_full_disk_below_standard_output_is_told_too(full: Cli) -> None:
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(
            command("export", "orders"), env=full.env, stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 8
    assert done.stderr.startswith(b"error: can't write the output: No space left on device\nhint: make room")


@pytest.mark.parametrize(
    ("refusal", "code"), [(errno.EROFS, 8), (errno.EACCES, 8), (errno.ENOSPC, 8), (errno.ENAMETOOLONG, 2)]
)
def test_what_the_system_refuses_is_no_mistake_of_the_command_line(
    full: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, refusal: int, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    result = full.run("export", "orders", "-o", str(folder / "o.csv"))
    assert result.code == code
    assert f"can't write {folder / 'o.csv'}: {os.strerror(refusal)}" in result.stderr


def test_only_regular_files_are_replaced(full: Cli, folder: Path) -> None:
    (folder / "file").write_text("mine")
    (folder / "link").symlink_to(folder / "file")
    for name in (folder / "link", folder, Path("/dev/null"), folder / "missing" / "o.csv", Path()):
        assert full.run("export", "orders", "-o", str(name), "--force").code == 2
    assert (folder / "file").read_text() == "mine"
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    full: Cli, folder: Path, format: str
) -> None:
    path = folder / "o.out"
    path.write_text("mine")
    tamper(full.ledger, "UPDATE events SET action = 'nosuch' WHERE dispute_id = 2 AND seq = 3")
    result = full.run("export", "history", "-o", str(path), "--format", format, "--force")
    assert result.code == 8
    assert path.read_text() == "mine"
    assert [path.name for path in folder.iterdir()] == ["o.out"]


def test_what_fails_half_way_prints_nothing(full: Cli) -> None:
    tamper(full.ledger, "UPDATE events SET action = 'nosuch' WHERE dispute_id = 2 AND seq = 3")
    assert full.run("export", "history").stdout == ""


def test_an_export_is_for_its_owner_alone(full: Cli, folder: Path) -> None:
    full.ok("export", "orders", "-o", str(folder / "o.csv"))
    assert stat.S_IMODE((folder / "o.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize("words", [("orders", "--format", "xlsx"), ("all", "-")])
def test_no_bytes_go_to_a_terminal(full: Cli, words: tuple[str, ...]) -> None:
    result = full.run("export", *words, tty=True)
    assert (result.code, result.stdout) == (2, "")


@pytest.mark.parametrize("words", [("orders", "--format", "xlsx"), ("--all", "-")])
def test_bytes_go_into_a_pipe(full: Cli, words: tuple[str, ...]) -> None:
    done = subprocess.run(command("export", *words), env=full.env, capture_output=True, check=True)
    assert done.stdout.startswith(b"PK\x03\x04")


def test_text_on_a_terminal_is_harmless(full: Cli) -> None:
    tamper(full.ledger, "UPDATE orders SET status_raw = char(27) || '[31mred' WHERE id = 1")
    shown = full.ok("export", "orders", tty="out").stdout
    assert "\x1b" not in shown
    assert "␛[31mred" in shown
    assert shown.splitlines()[0].count("\t") == 26
    assert "\x1b[31mred" in full.ok("export", "orders").stdout


def test_others_can_write_while_a_reader_of_the_output_sleeps(full: Cli) -> None:
    from dispcli.core.new_orders import NewLine
    from tests.ledger.builders import AT, order, writing

    with writing(full.ledger) as ledger:
        for number in range(2000):
            ledger.add_order(order(f"9{number:015}", lines=(NewLine("x" * 500),)), AT)
    with subprocess.Popen(command("export", "orders"), env=full.env, stdout=subprocess.PIPE) as slow:
        assert slow.stdout is not None
        slow.stdout.read(1)
        full.ok("orders", "set", "3069099405659913", "--status", "delivered")
        assert len(slow.stdout.read()) > 1_000_000
    assert slow.returncode == 0


def test_there_is_nothing_to_export_yet(cli: Cli) -> None:
    result = cli.ok("export", "disputes")
    assert result.stdout.startswith("dispute\torder\t")
    assert result.stdout.count("\n") == 1
    assert "no ledger yet" in result.stderr
    assert cli.run("export", "--all", "x.zip").code == 3


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_that_fails_leaves_no_scratch_files(
    full: Cli, folder: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = folder / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    tamper(full.ledger, "UPDATE events SET action = 'nosuch' WHERE dispute_id = 2 AND seq = 3")
    assert full.run("export", "history", "-o", str(folder / f"o.{ending}")).code == 8
    assert list(scratch.iterdir()) == []
