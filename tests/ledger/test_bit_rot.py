"""A file whose bytes are damaged is trouble, or a named problem, or still readable: never a traceback."""

import random

import pytest

from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.errors import LedgerTrouble
from dispcli.ledger.ledger import Ledger
from dispcli.services.caseload import Caseload
from tests.ledger.builders import AT, disarm, make_ledger, order, raw, tamper, writing


def look_at_everything(path) -> list[str]:
    """Problems found; reads through every list and every case on the way."""
    with Ledger.open(path) as ledger:
        with ledger.reading():
            ledger.orders(OrderQuery(search="lamp"))
            ledger.disputes(DisputeQuery(all=True, search="wait"))
            ledger.sellers()
            for dispute_id in range(1, 6):
                Caseload(ledger).case(dispute_id)
            Caseload(ledger).load(["3069099405659911", "L1", "P1", "D1"])
        with ledger.reading():
            return ledger.problems()


def verdict(path) -> str:
    try:
        return "named" if look_at_everything(path) else "unseen"
    except LedgerTrouble:
        return "trouble"


def flipped(whole: bytes, chance: random.Random, bits: int) -> bytes:
    damaged = bytearray(whole)
    for _ in range(bits):
        damaged[chance.randrange(100, len(whole))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


@pytest.mark.parametrize("bits", [1, 64, 2048])
def test_flipped_bits_never_end_in_a_traceback(bits, tmp_path):
    path = make_ledger(tmp_path)
    whole = path.read_bytes()
    chance = random.Random(bits)
    verdicts = set()
    for _ in range(60):
        path.write_bytes(flipped(whole, chance, bits))
        verdicts.add(verdict(path))
    assert verdicts - {"unseen"}, "no flip was noticed"
    if bits == 2048:
        assert "unseen" not in verdicts


def test_a_page_of_zeros_is_noticed_wherever_it_is(tmp_path):
    path = make_ledger(tmp_path)
    whole = path.read_bytes()
    with raw(path) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        used = connection.execute("PRAGMA page_count").fetchone()[0]
    assert len(whole) == size * used
    verdicts = {}
    for page in range(used):
        path.write_bytes(whole[: page * size] + bytes(size) + whole[(page + 1) * size :])
        verdicts[page] = verdict(path)
    assert "unseen" not in verdicts.values(), verdicts


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_noticed(kept, tmp_path):
    path = make_ledger(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert verdict(path) != "unseen"


def test_a_damaged_ledger_says_that_it_may_be_damaged_and_what_to_do(tmp_path):
    path = make_ledger(tmp_path)
    whole = bytearray(path.read_bytes())
    whole[100:200] = bytes(100)
    path.write_bytes(whole)
    with pytest.raises(LedgerTrouble, match="damaged") as caught:
        look_at_everything(path)
    assert str(path) in caught.value.message
    assert "keep a copy" in caught.value.hint


# What an index says, and what stands in its table after that: rows that no scan of the table would find.
ROTTEN_INDEXES = {
    "a linked order that is gone": ("orders_by_purchase", "DELETE FROM orders WHERE id = 6"),
    "a dispute of another order": ("disputes_by_order", "UPDATE disputes SET order_id = 5 WHERE id = 1"),
    "a number that is another": ("orders_by_number", "UPDATE orders SET number = 'x' WHERE id = 1"),
    "a line id that is another": (
        "order_lines_by_platform_id",
        "UPDATE order_lines SET platform_id = 'x' WHERE order_id = 1",
    ),
    "a platform id that is another": (
        "disputes_by_platform_id",
        "UPDATE disputes SET platform_id = 'x' WHERE id = 1",
    ),
}


def rot_index(path, index: str, change: str) -> None:
    """Change a table behind the back of one of its indexes."""
    with raw(path) as connection:
        disarm(connection)
        connection.execute("PRAGMA writable_schema = ON")
        (row,) = connection.execute("SELECT * FROM sqlite_master WHERE name = ?", [index]).fetchall()
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", [index])
    with raw(path) as connection:
        connection.execute(change)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
    tamper(path)


@pytest.mark.parametrize("rotten", ROTTEN_INDEXES)
def test_an_index_that_says_something_else_than_its_table_never_ends_in_a_traceback(rotten, tmp_path):
    path = make_ledger(tmp_path)
    with writing(path) as ledger:
        ledger.add_order(order("PAY-1", marketplace="paypal", seller_name=None, purchase_id=1), AT)
    rot_index(path, *ROTTEN_INDEXES[rotten])
    assert verdict(path) != "unseen"
