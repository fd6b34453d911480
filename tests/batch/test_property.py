"""Whatever a batch holds: it does what its lines do one by one, however it is cut into pieces."""

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispcli.core.checks import BLOCKING
from dispcli.core.facts import REMEDIES, SETTLEMENT_STAGES
from dispcli.core.operations import KNOWN_FIELDS, OPERATIONS
from tests.batch.batches import Operation, items, message, ndjson, select
from tests.cli.harness import Cli, Result
from tests.cli.samples import DRILL, KETTLE, LAMP, MUG, SHOES, imported

FAILED = ("refused", "invalid", "error")
PAYMENT = "PP-1"

# --- what there is before ---

LIVED_IN: list[Operation] = [
    {"op": "open", "order": LAMP, "reason": "defective", "amount": "25", "platform_id": "P1"},
    {"op": "answer", "order": "D1", "offer": "10"},
    message("take 10", "D1"),
    {"op": "open", "order": MUG, "reason": "late"},
    {"op": "cancel", "order": "D2", "reason": "opened-by-mistake"},
    {"op": "open", "order": DRILL, "line": 2, "reason": "damaged", "amount": "9"},
    {"op": "request-cancel", "order": "D3", "reason": "keep-item"},
    {"op": "open", "order": PAYMENT, "reason": "not-received"},
]


def orders(cli: Cli) -> Cli:
    """The lamp, the mug and the shoes are one seller's; the lamp was paid by another way; one number is two orders."""
    imported(cli)
    cli.ok("orders", "add", PAYMENT, "--marketplace", "paypal", "--total", "USD 25", "--pays-for", LAMP)
    cli.ok("orders", "add", KETTLE, "--marketplace", "ebay", "--title", "Kettle", "--price", "USD 30")
    return cli


class Desk:
    """Two ledgers to begin with, and fresh copies of them, as many as are wanted."""

    def __init__(self, cli: Cli) -> None:
        self._cli = cli
        self._folder = cli.home.parent / "ledgers"
        self._folder.mkdir()
        self._count = count()
        self._begun = {False: self._folder / "new.db", True: self._folder / "lived-in.db"}
        shutil.copy(orders(cli).ledger, self._begun[False])
        cli.ok("batch", "--yes", stdin=ndjson(*LIVED_IN))
        shutil.copy(cli.ledger, self._begun[True])

    @classmethod
    def at(cls, cli: Cli) -> "Desk":
        """The one of this test: every example has its own ledgers anyway."""
        if not hasattr(cli, "desk"):
            cli.desk = cls(cli)
        return cli.desk

    @contextmanager
    def ledger(self, *, lived_in: bool) -> Iterator["Books"]:
        path = self._folder / f"{next(self._count)}.db"
        shutil.copy(self._begun[lived_in], path)
        try:
            yield Books(self._cli, path)
        finally:
            path.unlink()
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


class Books(NamedTuple):
    """One ledger, and what batches do to it."""

    cli: Cli
    path: Path

    def run(self, *args: str, stdin: str = "") -> Result:
        return self.cli.run(*args, stdin=stdin, env={"DISPCLI_LEDGER": str(self.path)})

    def feed(self, content: str, *more: str) -> list[dict[str, Any]]:
        """The report of a batch that came to its end."""
        result = self.run("batch", *more, stdin=content)
        report = items(result)
        assert result.code == expected_code(report, *more), result.stderr
        return report

    def sound(self) -> bool:
        return self.run("ledger", "check").code == 0

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that batches write, apart from where an event came from."""
        names = select(self.path, "SELECT name FROM pragma_table_info('events') WHERE name <> 'source'")
        columns = ", ".join(name for (name,) in names)
        tables = {"events": columns, "disputes": "*", "messages": "*", "settlements": "*", "evidence": "*"}
        return {
            table: select(self.path, f"SELECT {wanted} FROM {table} ORDER BY 1, 2")
            for table, wanted in tables.items()
        }


def expected_code(report: Sequence[dict[str, Any]], *more: str) -> int:
    """How a batch with this report ends."""
    failures = [item for item in report if item["status"] in FAILED]
    if not failures:
        return 0
    if "--keep-going" in more:
        return 6 if any(item["code"] == "confirmation-needed" for item in failures) else 7
    return 9 if any(item["status"] == "invalid" for item in failures) else 4


def without(report: Sequence[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in item.items() if name not in names} for item in report]


@contextmanager
def pieces(size: int) -> Iterator[None]:
    """As if so few lines were many: looked up, written, set aside at once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dispcli.services.batch.AT_ONCE", size)
        patched.setattr("dispcli.commands.batch.reading.AT_ONCE", size)
        patched.setattr("dispcli.services.caseload._MANY", size)
        yield


# --- what is asked for ---

IDS = [f"D{number}" for number in range(1, 6)]
NAMES = [LAMP, MUG, SHOES, DRILL, PAYMENT, *IDS, f"aliexpress:{LAMP}", "P1", "P2", f"ebay:{KETTLE}", KETTLE]
AMOUNTS = ["10", "25.00", "USD 9", "0.01", "EUR 5", "0"]
RISKS = [list(BLOCKING), ["refund-not-received"], ["pressure-to-cancel"]]
CANCELS = ["opened-by-mistake", "agreement", "received-ok", "refund-received", "seller-asked", "my own words"]

VALUES: dict[str, list[Any]] = {
    "note": ["a note"],
    "at": ["2026-11-20", "-1d"],
    "due": ["2026-11-25", "+2d"],
    "reason": ["late", "defective", "not-received"],
    "remedy": list(REMEDIES),
    "amount": AMOUNTS,
    "offer": AMOUNTS,
    "platform_id": ["P1", "P2"],
    "replaces": IDS,
    "refuse": [True, False],
    "by": ["platform"],
    "ruling": ["rejected", "agreed"],
    "stage": list(SETTLEMENT_STAGES),
    "kind": ["refund", "replacement"],
    "reference": ["R-1"],
    "text": ["hello", "once more"],
    "from": ["buyer", "platform"],
    "accept_risks": RISKS,
    "line": [1, 2, 3],
    "whole_order": [True],
    "operation_id": ["op-1", "op-2", "op-3"],
}
"""What each field may hold."""


def value_of(op: str, name: str) -> list[Any]:
    if name == "reason" and op in ("cancel", "request-cancel"):
        return CANCELS
    return [["reopening"]] if name == "accept_risks" and op == "open" else VALUES[name]


@st.composite
def changes(draw: st.DrawFn, op: str, order: str | None = None, **said: Any) -> Operation:
    """A line with this operation: what it must have, and some of what it may have."""
    rare = st.integers(0, 7).map(lambda number: number == 7)
    operation: Operation = {"op": op, "order": order or draw(st.sampled_from(NAMES)), **said}
    for name in ("line", "whole_order"):
        if draw(rare):
            operation[name] = draw(st.sampled_from(VALUES[name]))
    if draw(st.booleans()) and draw(st.booleans()):
        operation["operation_id"] = draw(st.sampled_from(VALUES["operation_id"]))
    likely = {"open": ("reason",), "revise": ("amount",), "answer": ("offer",), "cancel": ("accept_risks",)}
    for name, field in OPERATIONS[op].items():
        wanted = field.required or name in likely.get(op, ())
        if name not in operation and (not draw(rare) if wanted else draw(rare)):
            operation[name] = draw(st.sampled_from(value_of(op, name)))
    return operation


single = st.sampled_from([*OPERATIONS, "open", "open", "message", "cancel"]).flatmap(changes)

STORIES: list[list[dict[str, Any]]] = [
    [{"op": "open"}, {"op": "cancel"}, {"op": "done"}],
    [{"op": "answer"}, {"op": "accept"}, {"op": "settlement", "stage": "issued"}, {"op": "settlement"}],
    [{"op": "request-cancel"}, {"op": "confirm"}],
    [{"op": "request-cancel"}, {"op": "keep"}],
    [{"op": "concede"}, {"op": "ship-return"}, {"op": "settlement", "stage": "received"}],
    [{"op": "escalate"}, {"op": "decide"}],
    [{"op": "lapse"}, {"op": "open"}],
    [{"op": "cancel"}, {"op": "open", "accept_risks": ["reopening"]}, {"op": "message", "text": "hello"}],
    [{"op": "message", "text": "hello"}, {"op": "message", "text": "hello"}],
]
REPLACES = [{"op": "lapse"}, {"op": "open", "replaces": ""}, {"op": "message", "text": "hello"}]


@st.composite
def stories(draw: st.DrawFn) -> list[Operation]:
    """Steps that follow each other, all about one thing."""
    order = draw(st.sampled_from(NAMES))
    steps = draw(st.sampled_from([*STORIES, REPLACES]))
    replaced = draw(st.sampled_from(IDS))
    told = [{**step, "replaces": replaced} if "replaces" in step else step for step in steps]
    return [draw(changes(step["op"], step.get("order", order), **{k: v for k, v in step.items() if k not in ("op", "order")})) for step in told]


batches = st.lists(stories() | single.map(lambda line: [line]), min_size=1, max_size=6).map(
    lambda parts: list(chain.from_iterable(parts))
)
sizes = st.sampled_from([1000, 3, 2, 1])
SETTINGS = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


def table(lines: Sequence[Operation]) -> str:
    """The same as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, KNOWN_FIELDS, lineterminator="\n")
    writer.writeheader()
    for line in lines:
        writer.writerow({name: cell(value) for name, value in line.items()})
    return out.getvalue()


def cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


forms = st.sampled_from([lambda lines: ndjson(*lines), table])


# --- what must hold ---


def one_by_one(books: Books, lines: Sequence[Operation], *more: str) -> list[dict[str, Any]]:
    return [item for line in lines for item in books.feed(ndjson(line), *more)]


@SETTINGS
@given(lines=batches, size=sizes, form=forms, lived_in=st.booleans(), yes=st.sampled_from(["--yes", None]))
def test_many_lines_do_what_they_do_one_by_one(cli, lines, size, form, lived_in, yes):
    desk = Desk.at(cli)
    more = [word for word in ("--keep-going", yes) if word]
    with desk.ledger(lived_in=lived_in) as together, desk.ledger(lived_in=lived_in) as apart:
        with pieces(size):
            report = together.feed(form(lines), *more)
        assert without(report, "line") == without(one_by_one(apart, lines, *more), "line")
        assert together.rows() == apart.rows()
        assert together.sound()


@SETTINGS
@given(lines=batches, size=sizes, form=forms, lived_in=st.booleans())
def test_all_or_nothing_is_what_going_on_does_or_nothing(cli, lines, size, form, lived_in):
    desk = Desk.at(cli)
    with desk.ledger(lived_in=lived_in) as whole, desk.ledger(lived_in=lived_in) as going:
        before = whole.path.read_bytes()
        with pieces(size):
            report = whole.feed(form(lines), "--yes")
        done = going.feed(form(lines), "--yes", "--keep-going")
        if any(item["status"] in FAILED for item in done):
            assert report == [not_applied(item) for item in done]
            assert whole.path.read_bytes() == before
        else:
            assert report == done
            assert whole.rows() == going.rows()
            assert whole.sound()


def not_applied(item: dict[str, Any]) -> dict[str, Any]:
    """What is told of a line where all or nothing is done, and it is nothing."""
    return item if item["status"] in FAILED else {**item, "status": "not_applied", "to": item["from"]}


@SETTINGS
@given(lines=batches, size=sizes, lived_in=st.booleans(), mode=st.sampled_from([(), ("--keep-going",)]))
def test_a_dry_run_tells_what_happens_and_writes_nothing(cli, lines, size, lived_in, mode):
    desk = Desk.at(cli)
    with desk.ledger(lived_in=lived_in) as books:
        before = books.path.read_bytes()
        with pieces(size):
            tried = books.feed(ndjson(*lines), "--yes", "--dry-run", *mode)
            assert books.path.read_bytes() == before
            done = books.feed(ndjson(*lines), "--yes", *mode)
        assert [item["dry_run"] for item in tried] == [True] * len(lines)
        assert without(tried, "dry_run") == without(done, "dry_run")


@SETTINGS
@given(lines=batches, size=sizes, lived_in=st.booleans(), mode=st.sampled_from([(), ("--keep-going",)]))
def test_what_is_done_under_an_id_is_done_once_however_often_it_is_fed(cli, lines, size, lived_in, mode):
    desk = Desk.at(cli)
    lines = [{**line, "operation_id": f"op-{number}"} for number, line in enumerate(lines)]
    with desk.ledger(lived_in=lived_in) as books, pieces(size):
        first = books.feed(ndjson(*lines), "--yes", "--keep-going")
        done = [line for line, item in zip(lines, first, strict=True) if item["status"] == "changed"]
        after = books.rows()
        again = books.feed(ndjson(*done), "--yes", *mode)
        assert [item["status"] for item in again] == ["unchanged"] * len(done)
        assert books.rows() == after
