"""What a hand-written SQL statement may try. Each is (its name, its statements), against `make_ledger`."""

from collections.abc import Iterator
from itertools import product

from dispcli.core.states import Action, State

Attack = tuple[str, tuple[str, ...]]

_VERBS = ("", "OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK", "OR ABORT")

_EVENT = {
    "dispute_id": 1,
    "seq": 5,
    "previous_seq": 4,
    "at": "'2026-11-21T10:00:00Z'",
    "actor": "'eve'",
    "source": "'shell'",
    "action": "'note'",
    "party": "'buyer'",
    "from_state": "'opened'",
    "to_state": "'opened'",
}
_OPENING = {
    "seq": 1,
    "previous_seq": "NULL",
    "action": "'open'",
    "from_state": "'none'",
    "fact": "'claim'",
    "claim_reason": "'late'",
    "remedy": "'refund'",
}


def event(verb: str = "", **columns: object) -> str:
    """An INSERT of the event that would be D1's next, with these columns changed."""
    values = _EVENT | columns
    names, cells = ", ".join(values), ", ".join(map(str, values.values()))
    return f"INSERT {verb} INTO events ({names}) VALUES ({cells})"


def opening(verb: str = "", **columns: object) -> str:
    """An INSERT of an opening of D6."""
    return event(verb, **(_OPENING | {"dispute_id": 6, "order_id": 5, "line_id": 9} | columns))


def _every_verb(name: str, **columns: object) -> Iterator[Attack]:
    for verb in _VERBS:
        yield f"{name} {verb}".strip(), (event(verb, **columns),)


def copied(table: str, verb: str, where: str, **columns: object) -> str:
    """An INSERT of rows the table has already, with these columns changed."""
    everything = ", ".join(str(columns.get(name, name)) for name in _COLUMNS[table])
    names = ", ".join(_COLUMNS[table])
    return f"INSERT {verb} INTO {table} ({names}) SELECT {everything} FROM {table} WHERE {where}"


_COLUMNS = {
    "disputes": (
        *(
            "id",
            "order_id",
            "line_id",
            "platform_id",
            "reason",
            "reason_raw",
            "remedy",
            "amount_minor",
            "currency",
        ),
        *("state", "origin", "outcome", "version", "opened_at", "updated_at", "seen_at", "replaced_by"),
    ),
    "orders": (
        *(
            "id",
            "marketplace",
            "number",
            "seller_id",
            "placed",
            "placed_exact",
            "status",
            "currency",
            "total_minor",
        ),
        *("protection_ends", "protection_basis", "seen_at", "updated_at"),
    ),
    "order_lines": ("id", "order_id", "position", "platform_id", "title", "quantity"),
    "messages": ("dispute_id", "seq", "speaker", "at", "text"),
    "settlements": ("dispute_id", "seq", "kind", "stage", "amount_minor", "currency", "at", "reference"),
    "evidence": ("dispute_id", "seq", "sha256", "name", "media_type", "size", "at"),
    "transitions": ("from_state", "action", "to_state"),
}


def on_disputes() -> Iterator[Attack]:
    changes = (
        "state = 'cancelled'",
        "state = 'resolved', outcome = 'refunded'",
        "state = 'opened', version = version + 1",
        "version = version + 1",
        "version = version - 1",
        "version = version - 1, state = 'opened', origin = NULL, outcome = NULL",
        "version = version + 7",
        "amount_minor = 99999, currency = 'USD'",
        "reason = 'other', remedy = 'replacement'",
        "seen_at = '2026-11-21T10:00:00Z'",
        "replaced_by = 1",
        "platform_id = 'P2'",
        "updated_at = '2026-11-21T10:00:00Z'",
        "line_id = NULL",
        "order_id = 5, line_id = 9",
        "id = id + 100",
        "rowid = rowid + 100",
    )
    for verb, change in product(
        ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR FAIL"), changes
    ):
        yield f"{verb} disputes {change}", (f"{verb} disputes SET {change}",)
    yield "an outcome of a resolved one", ("UPDATE disputes SET outcome = 'refunded' WHERE id = 3",)
    yield "delete", ("DELETE FROM disputes WHERE id = 2",)
    yield "delete all", ("DELETE FROM disputes",)
    revived = copied("disputes", "", "id = 2", state="'opened'", version=1)
    yield (
        "delete and insert",
        ("DELETE FROM disputes WHERE id = 2", revived),
    )
    for verb, (change, columns) in product(
        ("OR REPLACE", "OR IGNORE", "OR FAIL"),
        {
            "the same": {},
            "rewound": {"state": "'opened'", "version": 1, "origin": "NULL", "outcome": "NULL"},
            "under a new id": {"id": "id + 50", "version": 1, "state": "'opened'", "origin": "NULL"},
            "moved": {"order_id": 5, "line_id": 9},
        }.items(),
    ):
        yield f"insert {verb} {change}", (copied("disputes", verb, "id = 2", **columns),)
    yield (
        "upsert",
        (copied("disputes", "", "id = 2") + " ON CONFLICT (id) DO UPDATE SET state = 'opened'",),
    )


_STRAY_OF_DATES_TAKEN_BACK: dict[str, dict[str, object]] = {
    "that was time's": {"due_party": "'time'"},
    "that was a file's": {"due_party": "'import'"},
    "and told": {"due_at": "'2026-12-01'"},
    "with a text": {"text": "'x'"},
    "with a digest": {"sha256": "'ab'"},
    "with an offer": {"remedy": "'refund'"},
    "by a move": {"action": "'escalate'", "to_state": "'escalated'"},
    "by the platform": {"party": "'platform'"},
    "by the seller": {"party": "'seller'"},
    "by a file": {"party": "'import'"},
    "by time": {"party": "'time'"},
}


def on_the_history() -> Iterator[Attack]:
    yield from _every_verb("the newest seq again", seq=4, previous_seq=3)
    yield from _every_verb("below the newest", seq=2, previous_seq=1)
    yield from _every_verb("the first again", **(_OPENING | {"order_id": 1, "line_id": 1}))
    yield from _every_verb("ahead", seq=6, previous_seq=5)
    yield from _every_verb("an illegal step", action="'confirm_cancel'", to_state="'cancelled'")
    yield from _every_verb("a note that moves", to_state="'cancelled'")
    yield from _every_verb(
        "from another state", from_state="'answered'", action="'accept'", to_state="'agreed'"
    )
    yield from _every_verb("of no dispute", dispute_id=77)
    yield from _every_verb("an unknown action", action="'resurrect'")
    yield from _every_verb("no party at all", party="NULL")
    yield from _every_verb("a previous that is not", previous_seq=2)
    yield from _every_verb(
        "a resolution without an outcome", action="'lapse'", party="'time'", to_state="'resolved'"
    )
    yield from _every_verb(
        "a cancel without a reason", action="'request_cancel'", to_state="'cancel_requested'"
    )
    yield from _every_verb("a message without text", fact="'message'", speaker="'seller'")
    yield from _every_verb("a message of nobody known", fact="'message'", speaker="'eve'", text="'x'")
    yield from _every_verb("a date taken back of nobody", fact="'due_removed'")
    yield from _every_verb("a date taken back of nobody known", fact="'due_removed'", due_party="'eve'")
    taken_back = {"fact": "'due_removed'", "due_party": "'seller'"}
    for stray, columns in _STRAY_OF_DATES_TAKEN_BACK.items():
        yield from _every_verb(f"a date taken back {stray}", **(taken_back | columns))
    yield from _every_verb("a date by which nobody must act", fact="'due'", due_at="'2026-12-01'")
    yield from _every_verb("a date that is none", fact="'due'", due_party="'seller'")
    yield from _every_verb("a revision without a claim", action="'revise'")
    yield from _every_verb("a number for an id", dispute_id="'one'")
    unknown = {"fact": "'settlement'", "settlement_stage": "'issued'", "settlement_kind": "'gold'"}
    yield from _every_verb("a settlement of no known kind", **unknown)
    yield from _every_verb(
        "a settlement of no known stage", **(unknown | {"settlement_kind": "'refund'"}), seq="5.5"
    )
    yield from _every_verb(
        "a settlement half told", fact="'settlement'", settlement_kind="'refund'", settlement_stage="'lost'"
    )
    yield from _every_verb("an amount on a note", amount_minor=5, currency="'USD'")
    keep = {
        "dispute_id": 5,
        "seq": 4,
        "previous_seq": 3,
        "from_state": "'cancel_requested'",
        "action": "'keep'",
    }
    for state in State:
        if state is not State.ANSWERED:
            yield from _every_verb(f"keep to {state}", **keep, to_state=f"'{state}'")
    yield "update a state", ("UPDATE events SET to_state = 'answered' WHERE dispute_id = 1 AND seq = 4",)
    yield "update a text", ("UPDATE OR REPLACE events SET note = 'no' WHERE dispute_id = 2",)
    yield "update a key", ("UPDATE OR REPLACE events SET seq = seq - 1 WHERE dispute_id = 2 AND seq = 3",)
    yield "delete the newest", ("DELETE FROM events WHERE dispute_id = 2 AND seq = 3",)
    yield "delete one history", ("DELETE FROM events WHERE dispute_id = 2",)
    yield "delete all", ("DELETE FROM events",)


def on_the_dead() -> Iterator[Attack]:
    """Every action to every state, from a cancelled dispute and from a resolved one."""
    final = (
        {"dispute_id": 2, "seq": 4, "previous_seq": 3, "from_state": "'cancelled'"},
        {"dispute_id": 3, "seq": 3, "previous_seq": 2, "from_state": "'resolved'"},
    )
    for verb, dead, action, state in product(("", "OR REPLACE", "OR FAIL"), final, Action, State):
        if action is Action.NOTE and f"'{state}'" == dead["from_state"]:
            continue
        move = dead | {"action": f"'{action}'", "to_state": f"'{state}'", "reason": "'other'"}
        if state is State.RESOLVED:
            move["outcome"] = "'refunded'"
        yield f"D{dead['dispute_id']} {action} to {state} {verb}".strip(), (event(verb, **move),)


def on_the_same_goods() -> Iterator[Attack]:
    """A second open dispute: on a line, on the order of an open line, on a line of an open order."""
    goods = {
        "the line": {"order_id": 1, "line_id": 1},
        "the order of the line": {"order_id": 1, "line_id": "NULL"},
        "a line of the order": {"order_id": 4, "line_id": 7},
        "the order": {"order_id": 4, "line_id": "NULL"},
        "the order of a pending cancel": {"order_id": 2, "line_id": "NULL"},
    }
    for (name, place), verb in product(goods.items(), _VERBS):
        yield f"{name} {verb}".strip(), (opening(verb, **place),)


def on_projections() -> Iterator[Attack]:
    tables = {
        "messages": (2, "text = 'I agree to everything'"),
        "settlements": (3, "stage = 'received'"),
        "evidence": (4, "sha256 = 'cd'"),
    }
    for table, (seq, change) in tables.items():
        yield f"update {table}", (f"UPDATE {table} SET {change}",)
        yield f"update or replace {table}", (f"UPDATE OR REPLACE {table} SET seq = 1",)
        yield f"delete {table}", (f"DELETE FROM {table}",)
        for verb in _VERBS:
            yield f"copy {table} {verb}".strip(), (copied(table, verb, "1", seq=1),)
            yield f"again {table} {verb}".strip(), (copied(table, verb, "1"),)
            column, value = change.split(" = ")
            yield f"other {table} {verb}".strip(), (copied(table, verb, f"seq = {seq}", **{column: value}),)


def on_the_table_of_steps() -> Iterator[Attack]:
    for verb in _VERBS:
        yield (
            f"add {verb}".strip(),
            (
                f"INSERT {verb} INTO transitions VALUES ('cancelled', 'note', 'opened')",
                event(verb, dispute_id=2, seq=4, previous_seq=3, from_state="'cancelled'"),
            ),
        )
    yield "replace", ("INSERT OR REPLACE INTO transitions VALUES ('opened', 'note', 'opened')",)
    yield "update", ("UPDATE OR REPLACE transitions SET to_state = 'opened' WHERE from_state = 'cancelled'",)
    yield "delete", ("DELETE FROM transitions",)


def on_disputed_orders() -> Iterator[Attack]:
    for verb in ("OR REPLACE", "OR IGNORE", "OR FAIL"):
        yield f"insert {verb} by number", (copied("orders", verb, "id = 1", id="99", status="'closed'"),)
        yield f"insert {verb} by id", (copied("orders", verb, "id = 1", number="'666'"),)
        yield f"insert {verb} the same", (copied("orders", verb, "id = 1"),)
        yield f"insert {verb} line by id", (copied("order_lines", verb, "id = 1", position=9),)
        yield f"insert {verb} line by position", (copied("order_lines", verb, "id = 1", id=99),)
    for name in ("id", "rowid", "oid", "_rowid_"):
        yield f"update orders {name}", (f"UPDATE OR REPLACE orders SET {name} = 99 WHERE id = 1",)
        yield f"update order_lines {name}", (f"UPDATE OR REPLACE order_lines SET {name} = 99 WHERE id = 1",)
        yield f"swap orders {name}", (f"UPDATE OR REPLACE orders SET {name} = 2 WHERE id = 1",)
        yield f"swap order_lines {name}", (f"UPDATE OR REPLACE order_lines SET {name} = 2 WHERE id = 1",)
    yield "update a number", ("UPDATE orders SET number = '666' WHERE id = 1",)
    yield "update a marketplace", ("UPDATE orders SET marketplace = 'ebay' WHERE id = 1",)
    yield "move a line", ("UPDATE order_lines SET order_id = 5, position = 9 WHERE id = 1",)
    yield "delete an order", ("DELETE FROM orders WHERE id = 1",)
    yield "delete a line", ("DELETE FROM order_lines WHERE id = 1",)
    yield "upsert", (copied("orders", "", "id = 1") + " ON CONFLICT DO UPDATE SET number = '666'",)
    yield "an id below one", (copied("orders", "", "id = 5", id=-1, number="'x'"),)
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR FAIL"):
        for basis in ("'guessed'", "'GIVEN'", "''", "x'00'"):
            yield f"{verb} {basis} protected", (f"{verb} orders SET protection_basis = {basis} WHERE id = 5",)
        known = f"{verb} orders SET protection_basis = 'given' WHERE id = 1"
        yield f"{verb} how nothing is known", (known,)
        yield f"{verb} nothing known somehow", (f"{verb} orders SET protection_ends = NULL WHERE id = 5",)
    unprotected = copied("orders", "OR FAIL", "id = 1", id=99, number="'x'", protection_basis="'given'")
    yield "an order that is known to end nowhere", (unprotected,)


def on_idempotency_keys() -> Iterator[Attack]:
    for verb in _VERBS:
        said = f"INSERT {verb} INTO idempotency_keys VALUES ('op-1', 'message', 1, 'D1', 'x', 'y')"
        yield f"say something else {verb}".strip(), (said,)
    for name in ("operation_id", "kind", "dispute_id", "asked", "said", "at"):
        value = "2" if name == "dispute_id" else "'x'"
        yield f"change {name}", (f"UPDATE OR REPLACE idempotency_keys SET {name} = {value}",)
    yield "delete", ("DELETE FROM idempotency_keys",)


def on_ratings() -> Iterator[Attack]:
    for verb in _VERBS:
        said = f"INSERT {verb} INTO seller_ratings VALUES (1, 1, '2026-11-21T10:00:00Z', 'eve', 5, NULL)"
        yield f"rate again {verb}".strip(), (said,)
    yield "rate ahead", ("INSERT INTO seller_ratings VALUES (1, 3, '2026-11-21T10:00:00Z', 'eve', 5, NULL)",)
    yield "six stars", ("INSERT INTO seller_ratings VALUES (1, 2, '2026-11-21T10:00:00Z', 'eve', 6, NULL)",)
    yield "say nothing", ("INSERT INTO seller_ratings (seller_id, seq, at, actor) VALUES (1, 2, 'x', 'eve')",)
    yield "change", ("UPDATE OR REPLACE seller_ratings SET rating = 5",)
    yield "delete", ("DELETE FROM seller_ratings",)


FAMILIES = {
    family.__name__: family
    for family in (
        on_disputes,
        on_the_history,
        on_the_dead,
        on_the_same_goods,
        on_projections,
        on_the_table_of_steps,
        on_disputed_orders,
        on_idempotency_keys,
        on_ratings,
    )
}
"""Every attack, by what it is on."""
