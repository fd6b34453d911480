"""Ledger files for tests: made through the Ledger itself, then attacked or looked at with plain sqlite3."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event, Recorded
from dispcli.core.facts import Claim, Fact, Message, Settlement
from dispcli.core.histories import History
from dispcli.core.idempotency import Key
from dispcli.core.machine import Change, Intent, decide
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import ENTERED, Order, OrderStatus, Rating
from dispcli.core.recording import Place, Recording, Stamp
from dispcli.core.states import Action, Party
from dispcli.ledger import compiled_schema
from dispcli.ledger.ledger import Ledger
from tests.evidence.pictures import JPEG
from tests.evidence.stores import evidence

AT = "2026-11-20T10:00:00Z"
STAMP = Stamp(AT, "ada", "test")
CLAIM = Claim("not-as-described", "refund", Money(10_00, "USD"))
MESSAGE = Message(Party.SELLER, "please wait")
REFUND = Settlement("refund", "promised", Money(10_00, "USD"), "R-1")
PHOTO = evidence(JPEG)

_ACTOR = {
    Action.ANSWER: Party.SELLER,
    Action.CONCEDE: Party.SELLER,
    Action.ISSUE: Party.SELLER,
    Action.DECIDE: Party.PLATFORM,
    Action.LAPSE: Party.TIME,
    Action.OBSERVE: Party.IMPORT,
}


def move(action: Action, party: Party | None = None, **said: Any) -> Intent:
    """An intent of the party whose action it usually is."""
    return Intent(action, party or _ACTOR.get(action, Party.BUYER), **said)


def note(fact: Fact | None = None, **said: Any) -> Intent:
    return move(Action.NOTE, fact=fact, **said)


REQUEST = move(Action.REQUEST_CANCEL, reason="received-ok")
CONFIRM = move(Action.CONFIRM_CANCEL)
KEEP = move(Action.KEEP)
ANSWER = move(Action.ANSWER)
ACCEPT = move(Action.ACCEPT)


def order(number: str = "3069099405659913", **told: Any) -> NewOrder:
    """An order with two lines, of a seller known by name."""
    facts: dict[str, Any] = {
        "marketplace": "aliexpress",
        "number": number,
        "placed": "2026-10-01",
        "placed_exact": True,
        "status": OrderStatus.SHIPPED,
        "status_raw": None,
        "seen_at": AT,
        "seller_name": "Lamp Shop",
        "lines": (NewLine("Desk lamp", platform_id="L1"), NewLine("Bulb")),
    }
    return NewOrder(**(facts | told))


def decided(dispute: Dispute | None, intent: Intent) -> Change:
    change = decide(dispute.position if dispute else None, intent)
    assert isinstance(change, Change), change
    return change


def open_dispute(
    ledger: Ledger,
    order_id: int,
    line: int | None = 1,
    *moves: Intent,
    platform_id: str | None = None,
    **told: Any,
) -> Dispute:
    """A dispute about the line at this position (None: the whole order), after these moves."""
    lines = order_in(ledger, order_id).lines
    opening = move(Action.OPEN, fact=told.pop("claim", CLAIM), happened_at=told.pop("happened_at", None))
    line_id = None if line is None else lines[line - 1].id
    event = append_opening(ledger, Place(order_id, line_id, platform_id), opening)
    return make(ledger, event.dispute_id, *moves)


def append_opening(
    ledger: Ledger, place: Place, opening: Intent, stamp: Stamp = STAMP, findings: tuple[Recorded, ...] = ()
) -> Event:
    """Open a dispute, and nothing else."""
    dispute_id = ledger.next_dispute_id()
    opened = Recording(dispute_id, 0, (decided(None, opening),), stamp, findings, place)
    ledger.append([opened])
    return opened.events[0]


def append(
    ledger: Ledger,
    dispute: Dispute,
    changes: Iterable[Change],
    stamp: Stamp = STAMP,
    findings: tuple[Recorded, ...] = (),
) -> tuple[Event, ...]:
    """Append the changes to the dispute as it was read; the events that were written."""
    recording = Recording(dispute.id, dispute.version, tuple(changes), stamp, findings)
    ledger.append([recording])
    return recording.events


def make(ledger: Ledger, dispute_id: int, *moves: Intent, stamp: Stamp = STAMP) -> Dispute:
    """Append the moves one by one; the dispute as the ledger then has it."""
    for intent in moves:
        dispute = dispute_in(ledger, dispute_id)
        append(ledger, dispute, [decided(dispute, intent)], stamp)
    return dispute_in(ledger, dispute_id)


def order_in(ledger: Ledger, order_id: int) -> Order | None:
    """An order as the ledger has it."""
    found = ledger.known(order_id)
    return found.order if found else None


def dispute_in(ledger: Ledger, dispute_id: int) -> Dispute | None:
    """A dispute as the ledger has it."""
    orders = [order_id for _, order_id in ledger.orders_of_disputes([dispute_id])]
    found = [dossier.disputes[dispute_id] for dossier in ledger.dossiers(orders)]
    return found[0] if found else None


def history_in(ledger: Ledger, dispute_id: int) -> History:
    """A dispute's events as the ledger has them."""
    return ledger.histories([dispute_id])[dispute_id]


@contextmanager
def writing(path: Path) -> Iterator[Ledger]:
    """The ledger at the path, made if need be, in one write transaction."""
    with Ledger.create(path) as ledger, ledger.writing():
        yield ledger


def make_ledger(folder: Path) -> Path:
    """A ledger with a dispute of every kind that an attack aims at.

    D1 open on a line, with all facts; D2 cancelled; D3 resolved; D4 open on a whole order; D5 with a
    request to cancel that came from an answer. Order 5 has no dispute, and protection that was entered.
    """
    path = folder / "ledger.db"
    with writing(path) as ledger:
        protected = {"protection_ends": "2026-12-30", "protection_basis": ENTERED}
        orders = [
            ledger.add_order(order(str(3069099405659910 + n), **(protected if n == 5 else {})), AT)
            for n in range(1, 6)
        ]
        open_dispute(ledger, orders[0], 1, note(MESSAGE), note(REFUND), note(PHOTO), platform_id="P1")
        open_dispute(ledger, orders[1], 1, REQUEST, CONFIRM)
        open_dispute(ledger, orders[2], 1, move(Action.LAPSE, outcome="expired"))
        open_dispute(ledger, orders[3], None, claim=Claim("late", "replacement"))
        open_dispute(ledger, orders[1], 2, ANSWER, REQUEST)
        ledger.rate_seller(1, Rating(AT, "ada", 2, "slow"))
        ledger.add_keys([(1, Key("op-1", "message", "D1", "0" * 64))], AT)
    return path


@contextmanager
def raw(
    path: Path, *, foreign_keys: bool = False, recursive_triggers: bool = False
) -> Iterator[sqlite3.Connection]:
    """The file as any other program sees it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        connection.execute(f"PRAGMA recursive_triggers = {int(recursive_triggers)}")
        yield connection


def tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in names]


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, SQLite's own count of ids among them."""
    with raw(path) as connection:
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in tables(connection)
        }


def disarm(connection: sqlite3.Connection) -> None:
    """Drop every trigger, as someone might whom they are in the way of."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def tamper(path: Path, *statements: str) -> None:
    """Damage with every guard out of the way; afterwards the schema looks as if nothing had been."""
    with raw(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        disarm(connection)
        for statement in statements:
            connection.execute(statement)
        for guard in compiled_schema.GUARDS:
            connection.execute(guard)


def problems(path: Path) -> list[str]:
    with Ledger.open(path) as ledger, ledger.reading():
        return ledger.problems()
