"""A ledger out and in again: every row of every table the same."""

import io
import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispcli.core.new_orders import NewLine
from dispcli.core.recording import Place, Stamp
from dispcli.core.states import FINAL, Action
from dispcli.errors import Refused
from dispcli.ledger import compiled_schema
from dispcli.ledger.archive import TABLES, Archive
from dispcli.ledger.header import SCHEMA_VERSION
from dispcli.ledger.statements.archive import follows
from dispcli.services import archiving
from dispcli.services.archive_reading import open_archive
from tests.cli.harness import Cli
from tests.evidence.stores import FILES, keep_files, kept_digests, kept_files
from tests.export.archives import AT, forged, made, members, restored, retold
from tests.ledger.builders import (
    append,
    append_opening,
    decided,
    dispute_in,
    dump,
    make_ledger,
    move,
    order,
    problems,
    raw,
    writing,
)
from tests.ledger.histories import amounts, claims, findings, steps, texts


def test_a_ledger_comes_back_equal(tmp_path: Path) -> None:
    before, after = make_ledger(tmp_path), tmp_path / "after.db"
    restored(made(before), after)
    assert dump(after) == dump(before)
    assert problems(after) == []


def test_an_archive_from_before_it_was_kept_how_protection_is_known_comes_back(tmp_path: Path) -> None:
    before, after = make_ledger(tmp_path), tmp_path / "after.db"
    now = made(before)
    orders = members(now)["orders.ndjson"]
    older = forged(now, "orders", orders.replace(b'"protection_basis":"entered",', b""))
    assert older != now
    restored(retold(older, schema_version=SCHEMA_VERSION - 1), after)
    assert problems(after) == []
    with raw(before) as connection:
        connection.execute("UPDATE orders SET protection_basis = NULL")
    assert dump(after) == dump(before)


def test_ids_that_were_given_are_not_given_again(tmp_path: Path) -> None:
    before, after = make_ledger(tmp_path), tmp_path / "after.db"
    with raw(before) as connection:
        connection.execute("DELETE FROM order_lines WHERE order_id = 5")
        connection.execute("DELETE FROM orders WHERE id = 5")
    restored(made(before), after)
    with writing(after) as ledger:
        assert ledger.add_order(order("new"), AT) == 6


def test_an_order_may_pay_for_one_that_came_later(tmp_path: Path) -> None:
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    with writing(before) as ledger:
        payment = ledger.add_order(order("PP-1", marketplace="paypal", lines=()), AT)
        purchase = ledger.add_order(order(), AT)
    with raw(before) as connection:
        connection.execute("UPDATE orders SET purchase_id = ? WHERE id = ?", (purchase, payment))
    restored(made(before), after)
    assert dump(after) == dump(before)


def test_the_same_ledger_gives_the_same_archive(tmp_path: Path) -> None:
    before, after = make_ledger(tmp_path), tmp_path / "after.db"
    data = made(before)
    restored(data, after)
    assert made(after) == data


def test_the_manifest_tells_what_is_in_it(tmp_path: Path) -> None:
    found = members(made(make_ledger(tmp_path)))
    manifest = json.loads(found.pop("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("dispcli-archive", 1)
    assert (manifest["schema_version"], manifest["exported_at"]) == (SCHEMA_VERSION, AT)
    assert {f"{member['table']}.ndjson" for member in manifest["members"]} == found.keys()
    assert manifest["files"] == []
    rows = {member["table"]: member["rows"] for member in manifest["members"]}
    assert (rows["orders"], rows["order_lines"], rows["sellers"]) == (5, 10, 1)
    assert rows == {table: found[f"{table}.ndjson"].count(b"\n") for table in rows}


def test_what_is_not_archived_is_what_the_guards_write() -> None:
    written = set(re.findall(r"INSERT INTO (\w+)", " ".join(compiled_schema.GUARDS)))
    assert {str(model.__tablename__) for model in follows} == {*written, "transitions"}


def test_every_other_table_is_archived() -> None:
    tables = {re.split(r"\W+", text)[2] for text in compiled_schema.SCHEMA if text.startswith("CREATE TABLE")}
    assert {*TABLES} == {*tables, "last_ids"} - {str(model.__tablename__) for model in follows}


@pytest.mark.parametrize("used", ["a row", "an id"])
def test_only_an_empty_ledger_takes_an_archive(tmp_path: Path, used: str) -> None:
    data, target = made(make_ledger(tmp_path)), tmp_path / "used.db"
    with writing(target) as ledger:
        ledger.add_order(order(lines=()), AT)
    if used == "an id":
        with raw(target) as connection:
            connection.execute("DELETE FROM orders")
            connection.execute("DELETE FROM sellers")
    before = dump(target)
    with pytest.raises(Refused, match="not empty") as refusal:
        restored(data, target)
    assert refusal.value.exit_code == 4
    assert dump(target) == before


def test_an_empty_ledger_can_be_archived(tmp_path: Path) -> None:
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    with writing(before):
        pass
    restored(made(before), after)
    assert dump(after) == dump(before)


def test_the_command_writes_what_can_be_restored(cli: Cli) -> None:
    make_ledger(cli.ledger.parent) if cli.ledger.parent.mkdir(parents=True, mode=0o700) is None else None
    path, after = cli.home.parent / "all.zip", cli.home.parent / "after.db"
    keep_files(cli.ledger)
    said = cli.ok("export", "--all", str(path)).stderr
    assert "5 orders, 10 order lines" in said
    assert "1 evidence file written to" in said
    restored(path.read_bytes(), after)
    assert dump(after) == dump(cli.ledger)
    assert cli.run("export", "all", str(path)).code == 2
    cli.ok("export", "all", str(path), "--force")
    assert json.loads(members(path.read_bytes())["manifest.json"])["exported_at"] == AT


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@st.composite
def new_orders(draw: st.DrawFn, number: int):
    lines = tuple(
        NewLine(draw(texts), draw(st.integers(1, 9)), draw(amounts), attributes=draw(st.none() | texts))
        for _ in range(draw(st.integers(1, 2)))
    )
    return order(
        f"{number}{draw(names)}",
        seller_name=draw(st.none() | st.sampled_from(["Lamp Shop", "'=Shop", "Ω"])),
        store_id=draw(st.none() | st.sampled_from(["1", "2"])),
        status_raw=draw(st.none() | texts),
        total=draw(amounts),
        delivered=draw(st.none() | st.sampled_from(["2026-11-01", "2026-11-01T00:00:00Z"])),
        lines=lines,
    )


def _disputed(ledger, draw: st.DrawFn, order_id: int, count: int) -> None:
    opening = move(Action.OPEN, fact=draw(claims))
    event = append_opening(
        ledger, Place(order_id, None, draw(st.none() | texts)), opening, findings=draw(findings)
    )
    for turn in range(draw(st.integers(0, 6))):
        dispute = dispute_in(ledger, event.dispute_id)
        intent = draw(steps(dispute.position))
        stamp = Stamp(AT, "ada", draw(texts), draw(st.none() | st.just(f"op-{count}-{turn}")))
        append(ledger, dispute, [decided(dispute, intent)], stamp, draw(findings))
    if dispute_in(ledger, event.dispute_id).state in FINAL and count < 3:
        _disputed(ledger, draw, order_id, count + 1)


def whole_ledger(draw: st.DrawFn, path: Path) -> None:
    """A ledger with any orders, disputes and batches in it."""
    with writing(path) as ledger:
        for number in range(draw(st.integers(0, 3))):
            order_id = ledger.add_order(draw(new_orders(number)), AT)
            if draw(st.booleans()):
                _disputed(ledger, draw, order_id, 0)
        if draw(st.booleans()):
            ledger.set_batch(draw(names), draw(st.integers(0, 9)), "0" * 64, AT)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_whatever_a_ledger_holds_comes_back_equal(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.db", Path(folder) / "after.db"
        whole_ledger(data.draw, before)
        keep_files(before, data.draw(st.sets(st.sampled_from(list(FILES)))))
        restored(made(before), after)
        assert dump(after) == dump(before)
        assert kept_files(after) == kept_files(before)
        assert kept_files(after).keys() <= kept_digests(after)


def test_restoring_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "_TELLING", 1)
    opened = open_archive("all.zip", io.BytesIO(made(make_ledger(tmp_path))))
    told: list[int] = []
    with Archive.create(tmp_path / "after.db") as ledger:
        manifest = archiving.restore(ledger, opened, told.append).manifest
    assert all(told)
    assert len(told) == sum(member.rows for member in manifest.members)
    assert sum(told) == sum(member.bytes for member in manifest.members)
