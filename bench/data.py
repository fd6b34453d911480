"""The ledgers that are measured: the same orders, sellers, lines and disputes every time, made once.

They are kept in bench/.data under a digest of the schema and of this file, so a change of either makes
them anew. Each lies where dispcli looks by default: `<data home>/dispcli/ledger.db`.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dispcli.core.events import Event
from dispcli.core.facts import Claim, Message, Offer
from dispcli.core.moments import instant
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.recording import Place
from dispcli.core.states import Action, Party, State
from dispcli.ledger import compiled, connection, dispute_rows, header, order_rows
from dispcli.ledger.compiled_schema import GUARDS, SCHEMA, TRANSITIONS
from dispcli.ledger.rows import Row

CACHE = Path(__file__).parent / ".data"

MARKETPLACE = "aliexpress"
FIRST_NUMBER = 3069_0000_0000_0000
ORDERS_A_SELLER = 50
ORDERS_A_DISPUTE = 20

_FIRST_DAY = datetime(2024, 11, 1, tzinfo=UTC)
_DAYS = 700
_SEEN = "2026-10-15T12:00:00Z"
_STATUSES = (OrderStatus.COMPLETED, OrderStatus.COMPLETED, OrderStatus.DELIVERED, OrderStatus.SHIPPED)
_TITLES = (
    "LED desk lamp with clamp, three colours of light, dimmable, USB powered, 360 degrees",
    "Câble USB-C tressé 2 m, charge rapide 100 W, lot de 3 pièces",
    "Wireless earphones with charging case, noise cancelling, 30 hours of play",
    "Полка настенная деревянная, 40 см",
    "Phone case, transparent, shockproof",
)


def ledger(orders: int, orders_a_dispute: int = ORDERS_A_DISPUTE) -> Path:
    """The file with so many orders, of which one in so many is disputed, made if it is not there yet."""
    path = location(CACHE / _digest() / f"{orders}-orders-{orders // orders_a_dispute}-disputes")
    if not path.exists():
        _drop_older()
        _make(path, orders, orders_a_dispute)
    return path


def location(data_home: Path) -> Path:
    """Where dispcli looks for its ledger when XDG_DATA_HOME is this folder."""
    return data_home / "dispcli" / "ledger.db"


def home(ledger: Path) -> Path:
    """The XDG_DATA_HOME for which dispcli finds this ledger."""
    return ledger.parents[1]


def number(order: int) -> str:
    """An order's number."""
    return str(FIRST_NUMBER + order)


def claimed(dispute: int) -> Money:
    """What a dispute is about, in a ledger where one order in ORDERS_A_DISPUTE is disputed."""
    return _paid_each(dispute * ORDERS_A_DISPUTE)


def disputes(orders: int) -> int:
    """How many disputes such a ledger with so many orders has. Their ids count from 1, all are open."""
    return orders // ORDERS_A_DISPUTE


def _digest() -> str:
    schema = (
        header.SCHEMA_VERSION,
        SCHEMA,
        TRANSITIONS,
        GUARDS,
    )
    return hashlib.sha256(repr(schema).encode() + Path(__file__).read_bytes()).hexdigest()[:12]


def _drop_older() -> None:
    for folder in CACHE.glob("*"):
        if folder.name != _digest():
            shutil.rmtree(folder)


def _make(path: Path, orders: int, orders_a_dispute: int) -> None:
    """Everything in one transaction of a file that counts only when it is whole."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(connection.create(unfinished)) as opened:
        opened.execute("PRAGMA synchronous = OFF")
        opened.execute("PRAGMA temp_store = MEMORY")
        opened.execute("PRAGMA cache_size = -1000000")
        with connection.transaction(opened, write=True):
            _fill(opened, orders, orders_a_dispute)
    unfinished.rename(path)


def _fill(opened: sqlite3.Connection, orders: int, orders_a_dispute: int) -> None:
    opened.executemany(compiled.ADD_SELLER, _sellers(orders // ORDERS_A_SELLER))
    opened.executemany(compiled.ADD_ORDER, (_order(id, orders) for id in range(1, orders + 1)))
    opened.executemany(compiled.ADD_LINE, _lines(orders))
    opened.executemany(compiled.ADD_EVENT, _events(orders, orders_a_dispute))


def _sellers(count: int) -> Iterator[dict[str, Any]]:
    for id in range(1, count + 1):
        yield {
            "id": id,
            "marketplace": MARKETPLACE,
            "store_id": str(1100000000 + id),
            "name": f"Shop {id} Official Store",
            "seen_at": "2026-01-01T00:00:00Z",
            "url": None,
        }


def _order(id: int, orders: int) -> Row:
    """Neighbours in time are not neighbours in the file, as after several imports."""
    placed = _FIRST_DAY + timedelta(days=_DAYS) * (id * 7919 % orders) / orders
    new = NewOrder(
        marketplace=MARKETPLACE,
        number=number(id),
        placed=instant(placed),
        placed_exact=True,
        status=_STATUSES[id % len(_STATUSES)],
        status_raw=None,
        seen_at=_SEEN,
        total=Money(_unit_minor(id) * _lines_of(id), _currency(id)),
        shipped=instant(placed + timedelta(days=2)),
        protection_ends=f"{placed + timedelta(days=75):%Y-%m-%d}",
    )
    return order_rows.order_row(id, new, 1 + id % (orders // ORDERS_A_SELLER), _SEEN)


def _paid_each(order: int) -> Money:
    return Money(_unit_minor(order), _currency(order))


def _unit_minor(order: int) -> int:
    return 199 + order * 37 % 5000


def _currency(order: int) -> str:
    return "USD" if order % 3 else "EUR"


def _lines_of(order: int) -> int:
    return 1 + order % 3


def _lines(orders: int) -> Iterator[Row]:
    for order in range(1, orders + 1):
        for position in range(1, _lines_of(order) + 1):
            line = NewLine(
                title=_TITLES[(order + position) % len(_TITLES)],
                unit_price=_paid_each(order),
                platform_id=f"{number(order)}{position}",
                product_id=str(1005000000000000 + order),
            )
            yield order_rows.line_row(order, position, line)


def _events(orders: int, orders_a_dispute: int) -> Iterator[dict[str, Any]]:
    """Each dispute is opened, answered with an offer, and talked about: open, with a short history."""
    for id in range(1, orders // orders_a_dispute + 1):
        order = id * orders_a_dispute
        amount = _paid_each(order)
        opened = _event(id, 1, Action.OPEN, None, State.OPENED, Claim("late", "refund", amount))
        yield dispute_rows.event_row(opened, Place(order, None, str(50000 + id)))
        offer = Offer("partial_refund", amount)
        yield dispute_rows.event_row(_event(id, 2, Action.ANSWER, State.OPENED, State.ANSWERED, offer))
        message = Message(Party.SELLER, "Dear friend, it is on its way, please wait a few days more.")
        yield dispute_rows.event_row(_event(id, 3, Action.NOTE, State.ANSWERED, State.ANSWERED, message))


def _event(
    dispute: int, seq: int, action: Action, old: State | None, new: State, fact: Claim | Offer | Message
) -> Event:
    return Event(
        dispute_id=dispute,
        seq=seq,
        at=f"2026-10-15T12:0{seq}:00Z",
        actor="bench",
        source="bench",
        action=action,
        party=Party.SELLER if action is Action.ANSWER else Party.BUYER,
        from_state=old,
        to_state=new,
        fact=fact,
    )
