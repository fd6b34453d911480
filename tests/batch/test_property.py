"""Whatever a batch holds: it does what its lines do one by one, however it is cut into pieces."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dispcli.core.checks import BLOCKING
from dispcli.core.facts import REMEDIES, SETTLEMENT_STAGES
from dispcli.core.operations import FIELDS, OPERATIONS
from tests.batch.batches import Operation, items, message, ndjson, select, statuses, table
from tests.cli.harness import Cli, Result
from tests.cli.samples import DRILL, KETTLE, LAMP, MUG, SHOES, imported

Item = dict[str, Any]

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
    {"op": "open", "order": SHOES, "reason": "defective", "amount": "500"},
    {"op": "escalate", "order": SHOES},
]


def orders(cli: Cli) -> Cli:
    """Lamp, mug and shoes are one seller's; the lamp has a payment of its own; two orders share a number."""
    imported(cli)
    cli.ok("orders", "add", PAYMENT, "--marketplace", "paypal", "--total", "USD 25", "--pays-for", LAMP)
    cli.ok("orders", "add", KETTLE, "--marketplace", "ebay", "--title", "Kettle", "--price", "USD 30")
    return cli


class Desk:
    """Two ledgers to begin with, and fresh copies of them, as many as are wanted."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self._cli = cli
        self._folder = folder
        self._count = count()
        self._begun = {False: self._folder / "new.db", True: self._folder / "lived-in.db"}
        shutil.copy(orders(cli).ledger, self._begun[False])
        before = cli.file("before.ndjson", ndjson(*LIVED_IN))
        assert set(statuses(cli.ok("batch", before, "--yes"))) == {"changed"}
        shutil.copy(cli.ledger, self._begun[True])

    @contextmanager
    def ledger(self, *, lived_in: bool) -> Iterator["Books"]:
        path = self._folder / f"{next(self._count)}.db"
        shutil.copy(self._begun[lived_in], path)
        try:
            yield Books(self._cli, path)
        finally:
            for file in self._folder.glob(f"{path.name}*"):
                file.unlink()


class Books(NamedTuple):
    """One ledger, and what batches do to it."""

    cli: Cli
    path: Path

    def run(self, *args: str, stdin: str = "") -> Result:
        return self.cli.run(*args, stdin=stdin, env={"DISPCLI_LEDGER": str(self.path)})

    def feed(self, content: str, *more: str) -> list[Item]:
        """The report of a batch that came to its end."""
        result = self.run("batch", *more, stdin=content)
        report = items(result)
        assert result.code == expected_code(report, *more), result.stderr
        return report

    def sources(self) -> set[str]:
        """Where the events came from that batches from standard input have recorded."""
        found = select(self.path, "SELECT source FROM events WHERE source LIKE 'batch -:%'")
        return {source for (source,) in found}

    def sound(self) -> bool:
        return self.run("ledger", "check").code == 0

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that a batch writes, apart from where an event came from."""
        names = select(self.path, "SELECT name FROM pragma_table_info('events') WHERE name <> 'source'")
        columns = ", ".join(name for (name,) in names)
        tables = {"events": columns, "disputes": "*", "messages": "*", "settlements": "*", "evidence": "*"}
        return {
            table: select(self.path, f"SELECT {wanted} FROM {table} ORDER BY 1, 2")
            for table, wanted in tables.items()
        }


def expected_code(report: Sequence[Item], *more: str) -> int:
    """How a batch with this report ends."""
    failures = [item for item in report if item["status"] in FAILED]
    if not failures:
        return 0
    if "--keep-going" in more:
        return 6 if any(item["code"] == "confirmation-needed" for item in failures) else 7
    return 9 if any(item["status"] == "invalid" for item in failures) else 4


def without(report: Sequence[Item], *names: str) -> list[Item]:
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

IDS = ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]
NAMES = [LAMP] * 4 + [MUG] * 3 + [SHOES, PAYMENT, "D1", "D2", "D3"] * 2 + ["D4", "D5", "D6", DRILL, "P1"]
RARE_NAMES = [f"aliexpress:{LAMP}", f"paypal:{PAYMENT}", "P2", f"ebay:{KETTLE}", KETTLE, "D9", "nothing"]
AMOUNTS = ["10", "25.00", "USD 9", "0.01"]
RISKS = [list(BLOCKING), ["refund-not-received", "pressure-to-cancel"]]
CANCELS = ["opened-by-mistake", "agreement", "received-ok", "refund-received", "seller-asked", "my own words"]

VALUES: dict[str, list[Any]] = {
    "note": ["a note"],
    "at": ["2026-11-20", "2026-11-21T08:00Z", "yesterday"],
    "due": ["2026-11-25", "2026-11-24T14:00Z", "+2d"],
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
    "to": ["customer"],
    "text": ["hello", "once more"],
    "from": ["buyer", "platform"],
    "accept_risks": RISKS,
    "line": [1, 2, 3],
    "whole_order": [True],
    "operation_id": ["op-1", "op-2", "op-3"],
}
"""What each field may hold."""

LIKELY = {
    "open": ("reason", "amount"),
    "revise": ("amount",),
    "answer": ("offer",),
    "cancel": ("accept_risks",),
    "request-cancel": ("accept_risks",),
}
"""What an operation has more often than not, besides what it must have."""

rarely = st.sampled_from([False] * 15 + [True])
sometimes = st.sampled_from([False] * 3 + [True])


@st.composite
def names(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(RARE_NAMES if draw(rarely) else NAMES))


@st.composite
def values(draw: st.DrawFn, op: str, name: str) -> Any:
    if name in ("amount", "offer") and draw(rarely):
        return draw(st.sampled_from(["0", "EUR 5", "lots"]))
    if name == "reason" and op in ("cancel", "request-cancel"):
        return draw(st.sampled_from(CANCELS))
    return ["reopening"] if name == "accept_risks" and op == "open" else draw(st.sampled_from(VALUES[name]))


@st.composite
def line(draw: st.DrawFn, op: str, order: str, **said: Any) -> Operation:
    """An operation with what it must have, and some of what it may have; rarely without, or with too much."""
    operation: Operation = {"op": op, "order": order, **said}
    for name, field in FIELDS[op].items():
        likely = field.required or name in LIKELY.get(op, ())
        given = sometimes if name == "operation_id" else rarely
        if name not in operation and draw(given) != likely:
            operation[name] = draw(values(op, name))
    return operation


def step(op: str, **said: Any) -> Operation:
    return {"op": op, **said}


ALONE = (*OPERATIONS, "open", "revise", "answer", "message", "settlement", "cancel")
STORIES: list[list[Operation]] = [
    *([step(op)] for op in ALONE),
    [step("open"), step("cancel"), step("done")],
    [step("answer"), step("accept"), step("settlement", stage="issued"), step("settlement")],
    [step("answer", offer="10"), step("concede"), step("settlement", stage="received")],
    [step("request-cancel"), step("confirm")],
    [step("request-cancel"), step("message"), step("confirm")],
    [step("request-cancel"), step("keep"), step("request-cancel", reason="agreement")],
    [step("concede", due="2026-11-25"), step("ship-return"), step("settlement", stage="received")],
    [step("escalate"), step("decide", ruling="agreed"), step("settlement", stage="issued", by="platform")],
    [step("escalate"), step("request-cancel"), step("decide")],
    [step("cancel"), step("open", accept_risks=["reopening"]), step("message")],
    [step("message", text="hello"), step("message", text="hello")],
    [step("revise"), step("revise"), step("answer")],
    [step("lapse"), step("open"), step("answer")],
    [step("message"), step("settlement"), step("lapse"), step("open", replaces="D1"), step("message")],
    [step("lapse", order="D1"), step("open", order=LAMP, replaces="D1"), step("done", order="D1")],
    [step("cancel", order="D2"), step("open", order=MUG, replaces="D2"), step("open", replaces="D2")],
]


@st.composite
def stories(draw: st.DrawFn) -> list[Operation]:
    """Steps that follow each other, all about one thing: an order, or a dispute that may not be there yet."""
    order = draw(names())
    return [draw(line(**{"order": order, **told})) for told in draw(st.sampled_from(STORIES))]


@st.composite
def mixed(draw: st.DrawFn, several: Sequence[Sequence[Operation]]) -> list[Operation]:
    """One story after the other, or a line of each in turn."""
    if draw(st.booleans()):
        return list(chain.from_iterable(several))
    return [line for lines in zip_longest(*several) for line in lines if line is not None]


openings = st.tuples(*(line("open", order) for order in (LAMP, MUG, PAYMENT, SHOES))).flatmap(
    lambda lines: st.integers(0, 4).map(lambda number: list(lines[:number]))
)
batches = st.builds(
    lambda begun, more: begun + more, openings, st.lists(stories(), min_size=1, max_size=7).flatmap(mixed)
)
sizes = st.sampled_from([1000, 3, 2, 1])
modes = st.sampled_from([(), ("--keep-going",)])


forms = st.sampled_from([ndjson, table])
Form = Callable[..., str]

# --- what must hold ---

SETTINGS = settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def desk(cli: Cli) -> Iterator[Desk]:
    """The same for all examples: each has ledgers of its own."""
    with tempfile.TemporaryDirectory(prefix="dispcli-batches-") as folder:
        yield Desk(cli, Path(folder))


@SETTINGS
@given(lines=batches, size=sizes, form=forms, lived_in=st.booleans(), yes=st.sampled_from(["--yes", None]))
def test_many_lines_do_what_they_do_one_by_one(
    desk: Desk, lines: list[Operation], size: int, form: Form, lived_in: bool, yes: str | None
) -> None:
    more = [word for word in ("--keep-going", yes) if word]
    with desk.ledger(lived_in=lived_in) as together, desk.ledger(lived_in=lived_in) as apart:
        with pieces(size):
            report = together.feed(form(*lines), *more)
        single = [item for line in lines for item in apart.feed(ndjson(line), *more)]
        assert without(report, "line") == without(single, "line")
        assert together.rows() == apart.rows()
        changed = {f"batch -:{item['line']}" for item in report if item["status"] == "changed"}
        assert together.sources() == changed
        assert together.sound()


@SETTINGS
@given(lines=batches, size=sizes, form=forms, lived_in=st.booleans())
def test_all_or_nothing_is_what_going_on_does_or_nothing(
    desk: Desk, lines: list[Operation], size: int, form: Form, lived_in: bool
) -> None:
    with desk.ledger(lived_in=lived_in) as whole, desk.ledger(lived_in=lived_in) as going:
        before = whole.path.read_bytes()
        with pieces(size):
            report = whole.feed(form(*lines), "--yes")
        done = going.feed(form(*lines), "--yes", "--keep-going")
        if any(item["status"] in FAILED for item in done):
            assert report == [not_applied(item) for item in done]
            assert whole.path.read_bytes() == before
        else:
            assert report == done
            assert whole.rows() == going.rows()
        assert whole.sound()


def not_applied(item: Item) -> Item:
    """What is told of a line where all or nothing is done, and it is nothing: what it opens is not there."""
    if item["status"] in FAILED:
        return item
    dispute = item["dispute"] if item["from"] else None
    return {**item, "status": "not_applied", "to": item["from"], "dispute": dispute}


@SETTINGS
@given(lines=batches, size=sizes, lived_in=st.booleans(), mode=modes)
def test_a_dry_run_tells_what_happens_and_writes_nothing(
    desk: Desk, lines: list[Operation], size: int, lived_in: bool, mode: tuple[str, ...]
) -> None:
    with desk.ledger(lived_in=lived_in) as books:
        before = books.path.read_bytes()
        with pieces(size):
            tried = books.feed(ndjson(*lines), "--yes", "--dry-run", *mode)
            assert books.path.read_bytes() == before
            done = books.feed(ndjson(*lines), "--yes", *mode)
        assert [item["dry_run"] for item in tried] == [True] * len(lines)
        assert [item["dry_run"] for item in done] == [False] * len(lines)
        assert without(tried, "dry_run") == without(done, "dry_run")
        assert books.sound()


@SETTINGS
@given(lines=batches, size=sizes, lived_in=st.booleans(), mode=modes)
def test_what_was_done_under_an_id_is_not_done_again(
    desk: Desk, lines: list[Operation], size: int, lived_in: bool, mode: tuple[str, ...]
) -> None:
    lines = [{**line, "operation_id": f"op-{number}"} for number, line in enumerate(lines)]
    with desk.ledger(lived_in=lived_in) as books:
        with pieces(size):
            report = books.feed(ndjson(*lines), "--yes", "--keep-going")
        done = [line for line, item in zip(lines, report, strict=True) if item["status"] == "changed"]
        before = books.rows()
        with pieces(size):
            again = books.feed(ndjson(*done), "--yes", *mode)
        assert [item["status"] for item in again] == ["unchanged"] * len(done)
        assert books.rows() == before
        assert books.sound()


# --- what the random work found ---

AGAIN: dict[str, list[Operation]] = {
    "an order that meanwhile has another dispute": [
        step("open", order=LAMP, reason="late"),
        step("cancel", order=LAMP, reason="opened-by-mistake"),
        step("open", order=LAMP, reason="damaged", accept_risks=["reopening"]),
    ],
    "a message about an order that meanwhile has another dispute": [
        step("open", order=LAMP, reason="late"),
        message("hello", LAMP),
        step("lapse", order="D1"),
        step("open", order=LAMP, reason="damaged"),
    ],
    "a platform's id that meanwhile is another dispute's": [
        step("open", order=LAMP, reason="late", platform_id="P1"),
        message("hello", "P1"),
        step("lapse", order="D1"),
        step("open", order=LAMP, replaces="D1"),
    ],
    "a claim that was revised twice": [
        step("open", order=LAMP, reason="late"),
        step("revise", order="D1", reason="damaged"),
        step("revise", order="D1", amount="5"),
    ],
    "an answer that was given twice, and then another": [
        step("open", order=LAMP, reason="late"),
        step("answer", order="D1", offer="5"),
        step("answer", order="D1", offer="5"),
        step("answer", order="D1", offer="10"),
    ],
    "a message that was sent twice, and then another": [
        step("open", order=LAMP, reason="late"),
        *(message(text) for text in ("a", "a", "b")),
    ],
    "a date that was told once the move was known": [
        step("open", order=LAMP, reason="late"),
        step("concede", order="D1"),
        step("concede", order="D1", due="2026-11-25"),
    ],
    "a record that took over two facts": [
        step("open", order=LAMP, reason="late"),
        *(message(text) for text in ("a", "b")),
        step("lapse", order="D1"),
        step("open", order=LAMP, replaces="D1"),
    ],
}


@pytest.mark.parametrize("case", AGAIN)
@pytest.mark.parametrize("mode", [(), ("--keep-going",)], ids=["atomic", "keep-going"])
def test_a_batch_of_which_every_line_has_an_id_can_be_fed_again(
    desk: Desk, case: str, mode: tuple[str, ...]
) -> None:
    lines = [{**line, "operation_id": f"op-{number}"} for number, line in enumerate(AGAIN[case])]
    with desk.ledger(lived_in=False) as books:
        report = books.feed(ndjson(*lines), "--yes", *mode)
        assert not {item["status"] for item in report} & set(FAILED)
        before = books.rows()
        again = books.feed(ndjson(*lines), "--yes", *mode)
        assert [item["status"] for item in again] == ["unchanged"] * len(lines)
        assert books.rows() == before
