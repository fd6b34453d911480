"""Archives that nobody should make: each is refused with its place, and nothing is written."""

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dispcli.errors import BadInput
from dispcli.services.archive_reading import is_archive, open_archive
from tests.export.archives import forged, made, members, packed, restored, retold
from tests.ledger.builders import dump, make_ledger, writing

Forgery = Callable[[bytes], bytes]


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    return made(make_ledger(tmp_path))


def refused(data: bytes, folder: Path) -> BadInput:
    """The refusal; the ledger stays as empty as it was."""
    target = folder / "target.db"
    with writing(target):
        pass
    before = dump(target)
    with pytest.raises(BadInput) as refusal:
        restored(data, target)
    assert dump(target) == before
    return refusal.value


def line(data: bytes, table: str, place: int, old: bytes, new: bytes) -> bytes:
    """The archive with something else in one line of a table."""
    lines = members(data)[f"{table}.ndjson"].splitlines(keepends=True)
    assert old in lines[place]
    lines[place] = lines[place].replace(old, new)
    return forged(data, table, b"".join(lines))


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("orders", b'"placed_exact":1', b'"placed_exact":1.0', "1.0 is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":true', "placed_exact is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":"1"', "placed_exact is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":NaN', "NaN is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":1e9999999', "is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":' + b"9" * 30, "out of range"),
        ("orders", b'"placed_exact":1', b'"placed_exact":' + b"9" * 5000, "orders.ndjson:2"),
        ("orders", b'"placed_exact":1', b'"placed_exact":[1]', "placed_exact is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":null', "placed_exact is not a whole number"),
        ("orders", b'"placed_exact":1', b'"placed_exact":7', "placed_exact_known"),
        (
            "orders",
            b'"placed_exact":1',
            b'"placed_exact":1,"protection_basis":"given"',
            "protection_basis_of_something",
        ),
        ("orders", b'"placed_exact":1', b'"placed_exact":1,"nosuch":1', "no such column: 'nosuch'"),
        ("orders", b'"placed_exact":1', b'"placed_exact":0,"placed_exact":1', "a key stands twice"),
        (
            "orders",
            b'"number":"3069099405659912"',
            b'"number":"3069099405659911"',
            "the order is known already",
        ),
        ("orders", b'"placed":"2026-10-01"', b'"placed":"\\ud800"', "half a character"),
        ("orders", b'"placed":"2026-10-01"', b'"placed":"\xff"', "utf-8"),
        ("orders", b'{"id":2', b"[2", "orders.ndjson:2"),
        ("orders", b'{"id":2', b"[" * 100_000, "nested too deep"),
        ("orders", b'"marketplace":"aliexpress",', b"", "NOT NULL"),
        ("events", b'"to_state":"opened"', b'"to_state":"resolved"', "the rules allow no such step"),
        ("events", b'"seq":2', b'"seq":4', "the history has moved on"),
        ("last_ids", b'"seq":', b'"seq":"x","name":', "a key stands twice"),
    ],
)
def test_a_row_that_is_wrong_is_named(
    data: bytes, tmp_path: Path, table: str, old: bytes, new: bytes, told: str
) -> None:
    refusal = refused(line(data, table, 1, old, new), tmp_path)
    assert refusal.exit_code == 9
    assert refusal.message.startswith(f"a.zip: {table}.ndjson:2: ")
    assert told in refusal.message


def test_rows_that_make_no_sound_ledger_are_refused(data: bytes, tmp_path: Path) -> None:
    for old, new, told in (
        (b'"seller_id":1', b'"seller_id":9', "sellers"),
        (b'"placed":"2026-10-01"', b'"placed":"one day"', "order"),
    ):
        refusal = refused(line(data, "orders", 1, old, new), tmp_path)
        assert "no sound ledger" in refusal.message
        assert told in refusal.details[0]


def test_a_member_that_was_changed_is_refused(data: bytes, tmp_path: Path) -> None:
    parts = members(data)
    parts["sellers.ndjson"] = parts["sellers.ndjson"].replace(b"Lamp Shop", b"Lump Shop")
    assert "SHA-256" in refused(packed(parts), tmp_path).message


def test_a_damaged_archive_is_refused(data: bytes, tmp_path: Path) -> None:
    opened = zipfile.ZipFile(io.BytesIO(data))
    place = opened.getinfo("events.ndjson").header_offset + 60
    assert "events.ndjson" in refused(data[:place] + bytes(40) + data[place + 40 :], tmp_path).message


@pytest.mark.parametrize("share", [0, 10, 50, 99])
def test_a_truncated_archive_is_refused(data: bytes, tmp_path: Path, share: int) -> None:
    assert refused(data[: len(data) * share // 100], tmp_path).exit_code == 9


def without_orders(data: bytes) -> bytes:
    parts = members(data)
    del parts["orders.ndjson"]
    manifest = json.loads(parts["manifest.json"])
    manifest["members"] = [member for member in manifest["members"] if member["table"] != "orders"]
    parts["manifest.json"] = json.dumps(manifest).encode()
    return packed(parts)


def twice(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as opened:
        opened.writestr("orders.ndjson", b"")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda data: packed({**members(data), "../../evil": b"x"}), "its members are not those"),
        (lambda data: packed({**members(data), "/etc/evil": b"x"}), "its members are not those"),
        (lambda data: data[4:], "damaged"),  # its table of contents points to before its beginning
        (lambda data: packed({"a.txt": b"x"}), "no manifest.json"),
        (lambda data: packed({"manifest.json": b"[" * 60_000}), "nested too deep"),
        (lambda data: packed({"manifest.json": b"[]"}), "not an object"),
        (lambda data: packed({"manifest.json": b" " * 5_000_000}), "unpacks to 5000000 bytes"),
        (lambda data: retold(data, version=2), "version 2"),
        (lambda data: retold(data, format="other"), "not dispcli's"),
        (lambda data: retold(data, schema_version=99), "newer than this program's"),
        (lambda data: retold(data, schema_version="1"), "schema_version is not a whole number"),
        (lambda data: retold(data, members=[1]), "a member is not an object"),
        (lambda data: retold(data, members={}), "names no members"),
        (lambda data: retold(data, files={}), "names no files"),
        (lambda data: retold(data, files=[1]), "a file is not an object"),
        (lambda data: retold(data, files=[{"sha256": "../x", "bytes": 1}]), "its members are not those"),
        (lambda data: retold(data, files=[{"sha256": 1, "bytes": 1}]), "sha256 is not text"),
        (lambda data: data + b"x", "not a ZIP file as dispcli writes them"),
        (without_orders, "lacks orders.ndjson"),
        (twice, "its members are not those"),
        (lambda data: b"", "not an archive"),
        (lambda data: b"PK\x03\x04", "not an archive"),
    ],
)
def test_a_container_that_is_wrong_is_refused(data: bytes, tmp_path: Path, forge: Forgery, told: str) -> None:
    refusal = refused(forge(data), tmp_path)
    assert refusal.exit_code == 9
    assert told in refusal.message


def test_a_bomb_goes_off_in_little_memory(data: bytes, tmp_path: Path) -> None:
    bomb = forged(data, "orders", b" " * 200_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert "a line is longer than 16 MiB" in refused(bomb, tmp_path).message
        assert tracemalloc.get_traced_memory()[1] < 80_000_000
    finally:
        tracemalloc.stop()


def test_a_huge_table_of_contents_is_not_even_read(data: bytes, tmp_path: Path) -> None:
    crowd = data[:-10] + struct.pack("<L", 5_000_000) + data[-6:]
    assert "not a ZIP file as dispcli writes them" in refused(crowd, tmp_path).message


def test_a_second_table_of_contents_is_not_believed(data: bytes, tmp_path: Path) -> None:
    end = len(data) - 22
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert "not a ZIP file" in refused(data[:end] + locator + data[end:], tmp_path).message


def test_an_archive_is_told_from_everything_else(data: bytes) -> None:
    assert is_archive(io.BytesIO(data))
    others = [b"", b"PK", b"{}", packed({"[Content_Types].xml": b"x"}), packed({"manifest.json": b'{"a":1}'})]
    others += [packed({"manifest.json": b"["}), packed({"manifest.json": b"3"}), data[:-30]]
    assert not any(is_archive(io.BytesIO(other)) for other in others)


def test_looking_leaves_the_stream_where_it_began(data: bytes) -> None:
    for content in (data, b"order\tnumber\n" * 10):
        stream = io.BytesIO(content)
        is_archive(stream)
        assert stream.tell() == 0


def test_an_archive_is_opened_without_a_ledger(data: bytes) -> None:
    with pytest.raises(BadInput):
        open_archive("a.zip", io.BytesIO(b"no zip"))
    assert open_archive("a.zip", io.BytesIO(data)).manifest.members
