"""A file whose bytes are damaged is trouble, or a named problem, or still readable: never a traceback."""

import random

import pytest

from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.errors import LedgerTrouble
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import make_ledger, raw


def look_at_everything(path) -> list[str]:
    """Problems found; reads through every list and every case on the way."""
    with Ledger.open(path) as ledger:
        with ledger.reading():
            ledger.orders(OrderQuery(search="lamp"))
            ledger.disputes(DisputeQuery(all=True, search="wait"))
            ledger.sellers()
            for dispute_id in range(1, 6):
                ledger.case(dispute_id)
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
