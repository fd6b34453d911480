"""`dispcli import` of an archive: the same ledger again, alone, and only where none is yet."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.harness import Cli
from tests.cli.samples import LAMP, SHOPPER, busy
from tests.evidence.stores import keep_files, kept_files
from tests.export.archives import forged, members, packed
from tests.export.test_archive import whole_ledger
from tests.ledger.builders import dump


@pytest.fixture
def archive(cli: Cli) -> str:
    """The archive of a busy ledger; afterwards there is no ledger."""
    path = str(cli.home.parent / "all.zip")
    busy(cli).ok("export", "--all", path)
    cli.ledger.rename(cli.home.parent / "before.db")
    return path


def before(cli: Cli) -> Path:
    return cli.home.parent / "before.db"


@pytest.mark.parametrize("way", ["file", "standard input"])
def test_an_archive_becomes_the_ledger(cli: Cli, archive: str, way: str) -> None:
    content = Path(archive).read_bytes()
    words = (archive,) if way == "file" else ("-",)
    row = cli.ok("import", *words, stdin=content if way != "file" else "").row()
    assert (row["file"], row["format"]) == (words[0], "dispcli-archive")
    assert (row["orders_new"], row["disputes_new"], row["mistakes"], row["dry_run"]) == (
        "5",
        "6",
        "0",
        "false",
    )
    assert int(row["rows"]) == sum(
        data.count(b"\n") for name, data in members(content).items() if "nd" in name
    )
    assert dump(cli.ledger) == dump(before(cli))
    assert cli.ok("ledger", "check").stdout.splitlines() == ["problem"]


def test_it_is_known_by_its_content_whatever_its_name(cli: Cli, archive: str) -> None:
    Path(archive).rename(cli.home.parent / "orders.csv")
    cli.ok("orders", "import", str(cli.home.parent / "orders.csv"))
    assert dump(cli.ledger) == dump(before(cli))


def test_a_dry_run_restores_nothing(cli: Cli, archive: str) -> None:
    row = cli.ok("import", archive, "--dry-run").row()
    assert (row["orders_new"], row["disputes_new"], row["dry_run"]) == ("5", "6", "true")
    assert not cli.ledger.exists()


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_ledger_that_is_not_empty_is_left_alone(cli: Cli, archive: str, more: tuple[str, ...]) -> None:
    cli.ok("orders", "add", LAMP, "--title", "Lamp")
    kept = cli.kept()
    result = cli.run("import", archive, *more)
    assert result.code == 4
    assert "is not empty, and an archive is a whole ledger" in result.stderr
    assert cli.kept() == kept


@pytest.mark.parametrize("order", ["before", "after", "in a folder"])
def test_an_archive_comes_alone(cli: Cli, archive: str, order: str) -> None:
    other = cli.file("shopper.csv", SHOPPER)
    words = {"before": (archive, other), "after": (other, archive), "in a folder": (str(cli.home.parent),)}
    before(cli).unlink()
    result = cli.run("import", *words[order], "--keep-going")
    assert result.code == 2
    assert "all.zip is an archive of a whole ledger" in result.stderr
    assert not cli.ledger.exists()


def test_an_archive_on_standard_input_comes_alone_too(cli: Cli, archive: str) -> None:
    other = cli.file("shopper.csv", SHOPPER)
    assert cli.run("import", other, "-", stdin=Path(archive).read_bytes()).code == 2
    assert not cli.ledger.exists()


def test_a_file_beside_standard_input_is_imported_with_it(cli: Cli) -> None:
    """Looking whether one is an archive takes nothing away from it."""
    rows = cli.ok("import", "-", cli.file("again.csv", SHOPPER), stdin=SHOPPER).rows()
    assert [(row["file"], row["orders_new"]) for row in rows] == [("-", "5"), (rows[1]["file"], "0")]


def test_an_archive_that_is_not_sound_is_bad_input(cli: Cli, archive: str) -> None:
    data = Path(archive).read_bytes()
    lines = members(data)["orders.ndjson"].splitlines(keepends=True)
    bad = cli.file("bad.zip", forged(data, "orders", b"".join(lines[1:])))
    cli.ok("ledger", "init", "--ledger", str(cli.ledger))
    empty = dump(cli.ledger)
    result = cli.run("import", bad)
    assert result.code == 9
    assert "bad.zip" in result.stderr
    assert "Traceback" not in result.stderr
    assert dump(cli.ledger) == empty


def test_some_other_zip_is_no_archive(cli: Cli) -> None:
    result = cli.run("import", cli.file("photos.zip", packed({"a.jpg": b"x", "manifest.json": b"{}"})))
    assert result.code == 9
    assert "spreadsheet" in result.stderr


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_ledger_holds_goes_out_and_in_by_the_commands(cli: Cli, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old.db", Path(folder) / "new.db"
        first, second = Path(folder) / "first.zip", Path(folder) / "second.zip"
        whole_ledger(data.draw, old)
        keep_files(old)
        cli.ok("export", "--all", str(first), "--ledger", str(old))
        cli.ok("ledger", "init", "--ledger", str(new))
        cli.ok("import", str(first), "--ledger", str(new))
        cli.ok("ledger", "check", "--ledger", str(new))
        cli.ok("export", "--all", str(second), "--ledger", str(new))
        assert members(second.read_bytes()) == members(first.read_bytes())
        assert dump(new) == dump(old)
        assert kept_files(new) == kept_files(old)


def test_an_archive_that_is_cut_off_is_called_so(cli: Cli, archive: str) -> None:
    half = Path(archive).read_bytes()[:-200]
    result = cli.run("import", cli.file("half.zip", half))
    assert result.code == 9
    assert "half.zip: this ZIP (an archive, or a spreadsheet) is cut off" in result.stderr
    assert not cli.ledger.exists()
