"""Every changing command takes many ORDERs: as arguments, from standard input, from a file, by a filter."""

import json

import pytest

from tests.batch.batches import commits, select, states, texts
from tests.cli.harness import Cli, Result
from tests.cli.samples import DRILL, KETTLE, LAMP, MUG, SHOES, busy, csv_of, imported, row

Words = tuple[str, ...]
THREE = (LAMP, KETTLE, SHOES)
IDS = ("D1", "D2", "D3")
REASON = ("--reason", "opened-by-mistake")


def three(cli: Cli) -> Cli:
    """D1, D2 and D3, about three orders of three shops."""
    shops = ("Bright Things", "Kitchen House", "Shoe Box")
    rows = (row(number, Store=shop, **{"Store Url": ""}) for number, shop in zip(THREE, shops, strict=True))
    cli.ok("import", cli.file("three.csv", csv_of(*rows)))
    cli.ok("dispute", "open", *THREE, "--reason", "not-as-described")
    return cli


# What leads there (for all three), the words before the ORDERs, those behind them, and the state it ends in.
VERBS: dict[str, tuple[tuple[Words, ...], Words, Words, str]] = {
    "revise": ((), ("revise",), ("--amount", "5"), "opened"),
    "answer": ((), ("answer",), ("--refuse",), "answered"),
    "concede": ((), ("concede",), (), "agreed"),
    "accept": ((("answer", "--offer", "5"),), ("accept",), ("--yes",), "agreed"),
    "escalate": ((), ("escalate",), (), "escalated"),
    "decide": ((("escalate",),), ("decide",), ("rejected", "--yes"), "resolved"),
    "ship-return": ((("concede",),), ("ship-return",), (), "returning"),
    "settlement": ((("concede",),), ("settlement",), ("issued",), "settling"),
    "settlement of an amount": ((("concede",),), ("settlement",), ("issued", "5"), "settling"),
    "lapse": ((), ("lapse",), ("--yes",), "resolved"),
    "message": ((), ("message",), ("please wait",), "opened"),
    "set": ((), ("set",), ("--due", "+3d"), "opened"),
    "request to cancel": ((), ("cancel",), REASON, "cancel_requested"),
    "cancel": ((), ("cancel",), (*REASON, "--yes"), "cancelled"),
    "confirm": ((("cancel", *REASON),), ("confirm",), ("--yes",), "cancelled"),
    "keep": ((("cancel", *REASON),), ("keep",), (), "opened"),
    "done": ((("cancel", *REASON, "--yes"),), ("done",), (), "cancelled"),
}


def ready(cli: Cli, verb: str) -> tuple[Words, Words, str]:
    """Three disputes just before the verb."""
    before, words, more, state = VERBS[verb]
    three(cli)
    for name, *rest in before:
        cli.ok("dispute", name, *IDS, *rest)
    return ("dispute", *words), more, state


def changed(result: Result) -> list[str]:
    assert result.code == 0, result.stderr
    return [row["dispute"] for row in result.rows() if row["changed"] == "true"]


def file_option(verb: str) -> str:
    """--from is the speaker of a message, so there the file has another name."""
    return "--orders-from" if verb == "message" else "--from"


WAYS = ("arguments", "standard input", "file", "filter")


def run_way(cli: Cli, way: str, verb: str, words: Words, more: Words) -> Result:
    ids = "".join(f"{name}\n" for name in IDS)
    if way == "arguments":
        return cli.run(*words, *IDS, *more)
    if way == "standard input":
        return cli.run(*words, "-", *more, stdin=ids)
    if way == "file":
        return cli.run(*words, *more, file_option(verb), cli.file("ids", ids))
    return cli.run(*words, *more, "--where", "dispute:D1,D2,D3")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_many_in_every_way_in_one_transaction(cli: Cli, verb: str, way: str) -> None:
    words, more, state = ready(cli, verb)
    before, count = cli.kept(), commits(cli)
    tried = run_way(cli, way, verb, words, (*more, "--dry-run"))
    assert (tried.code, cli.kept()) == (0, before)
    assert sorted(changed(run_way(cli, way, verb, words, more))) == list(IDS)
    assert states(cli) == [state] * 3
    assert commits(cli) == count + 1


@pytest.mark.parametrize("way", ["arguments", "standard input", "file", "filter"])
def test_open_takes_many_in_every_way(cli: Cli, way: str) -> None:
    imported(cli)
    words = ("dispute", "open", "--reason", "late")
    numbers = "".join(f"{number}\n" for number in THREE)
    result = {
        "arguments": lambda: cli.run(*words, *THREE),
        "standard input": lambda: cli.run(*words, "-", stdin=numbers),
        "file": lambda: cli.run(*words, "--from", cli.file("numbers", numbers)),
        "filter": lambda: cli.run(*words, "--where", "-status:cancelled -seller:~barn"),
    }[way]()
    assert sorted(changed(result)) == list(IDS)
    assert {row["order"] for row in result.rows()} == set(THREE)


@pytest.mark.parametrize("way", ["arguments", "standard input", "file", "filter"])
def test_orders_set_takes_many_in_every_way(cli: Cli, way: str) -> None:
    imported(cli)
    words = ("orders", "set", "--delivered", "yesterday")
    numbers = "".join(f"{number}\n" for number in THREE)
    result = {
        "arguments": lambda: cli.ok(*words, *THREE),
        "standard input": lambda: cli.ok(*words, "-", stdin=numbers),
        "file": lambda: cli.ok(*words, "--from", cli.file("numbers", numbers)),
        "filter": lambda: cli.ok(*words, "--where", "-status:cancelled -seller:~barn"),
    }[way]()
    assert {row["order"] for row in result.rows()} == set(THREE)
    delivered = select(cli.ledger, "SELECT number FROM orders WHERE delivered IS NOT NULL")
    assert {number for (number,) in delivered} == set(THREE)


def test_every_changing_verb_of_dispute_is_here() -> None:
    from dispcli.core.operations import OPERATIONS

    tried = {words[0] for _, words, _, _ in VERBS.values()} | {"open"}
    alone = {"request-cancel", "uphold"}  # a cancel without --yes; what needs an import before it
    assert tried == set(OPERATIONS) - alone


LISTS: dict[str, Words] = {
    "disputes": ("dispute", "list", "--all"),
    "disputes that a filter leaves": ("dispute", "list", "--where", "amount:>20USD"),
    "disputes of an order with two": ("dispute", "list", "--where", f"order:{DRILL}"),
    "disputes, few fields": ("dispute", "list", "--all", "--fields", "state,dispute"),
}


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("output", ["tsv", "csv", "ndjson", "ids"])
@pytest.mark.parametrize("way", ["-", "--orders-from"])
def test_a_list_of_disputes_is_fed_back(cli: Cli, listed: str, output: str, way: str) -> None:
    busy(cli)
    content = cli.ok(*LISTS[listed], "-o", output).stdout
    expected = cli.ok(*LISTS[listed], "-o", "ids").stdout.split()
    assert expected
    if way == "-":
        result = cli.ok("dispute", "message", "-", "fed back", stdin=content)
    else:
        result = cli.ok("dispute", "message", "fed back", way, cli.file("list", content))
    assert changed(result) == expected
    assert texts(cli).count("fed back") == len(expected)


@pytest.mark.parametrize("output", ["tsv", "csv", "ndjson", "ids"])
def test_a_list_of_orders_is_fed_back(cli: Cli, output: str) -> None:
    imported(cli)
    listed = ("orders", "list", "--where", "-seller:~barn")
    content = cli.ok(*listed, "-o", output).stdout
    expected = cli.ok(*listed, "-o", "ids").stdout.split()
    done = cli.ok("dispute", "open", "-", "--reason", "late", stdin=content)
    assert [row["order"] for row in done.rows()] == expected
    assert sorted(expected) == sorted([LAMP, KETTLE, SHOES, MUG])
    told = cli.ok("dispute", "message", "-", "fed back", stdin=content)
    assert sorted(changed(told)) == ["D1", "D2", "D3", "D4"]


@pytest.mark.parametrize("output", ["tsv", "csv", "ndjson"])
def test_a_list_of_disputes_names_the_goods_where_orders_are_wanted(cli: Cli, output: str) -> None:
    """What was opened about a line is opened again about that line, not about another one of its order."""
    imported(cli).ok("dispute", "open", DRILL, "--line", "2", "--reason", "late")
    cli.ok("dispute", "lapse", "D1", "--yes")
    content = cli.ok("dispute", "list", "--all", "-o", output).stdout
    assert cli.ok("dispute", "open", "-", "--reason", "late", stdin=content).row()["dispute"] == "D2"
    assert cli.ok("dispute", "show", "D2").pairs()["line"] == "2"


@pytest.mark.parametrize("output", ["tsv", "csv", "ndjson", "ids"])
def test_what_a_change_reports_is_fed_back(cli: Cli, output: str) -> None:
    three(cli)
    content = cli.ok("dispute", "escalate", *IDS, "-o", output).stdout
    assert changed(cli.ok("dispute", "message", "-", "fed back", stdin=content)) == list(IDS)


@pytest.mark.parametrize("output", ["tsv", "csv", "ndjson", "ids"])
def test_what_a_batch_reports_is_fed_back(cli: Cli, output: str) -> None:
    three(cli)
    lines = "".join(json.dumps({"op": "escalate", "order": name}) + "\n" for name in IDS)
    content = cli.ok("batch", "-o", output, stdin=lines).stdout
    assert changed(cli.ok("dispute", "message", "-", "fed back", stdin=content)) == list(IDS)


def test_one_that_is_refused_stops_all_and_keep_going_does_the_others(cli: Cli) -> None:
    three(cli).ok("dispute", "escalate", "D2")
    before = cli.kept()
    words = ("dispute", "revise", *IDS, "--amount", "5")
    refused = cli.run(*words)
    assert refused.code == 4
    assert "D2" in refused.stderr
    assert cli.kept() == before
    going = cli.run(*words, "--keep-going")
    assert going.code == 7
    assert [(row["dispute"], row["status"]) for row in going.rows()] == [
        ("D1", "changed"),
        ("D2", "refused"),
        ("D3", "changed"),
    ]
    assert "D2" in going.stderr


def test_one_that_is_not_there_stops_all_and_keep_going_does_the_others(cli: Cli) -> None:
    three(cli)
    before = cli.kept()
    words = ("dispute", "message", "D1", "D9", "D3", "hello")
    assert cli.run(*words).code == 3
    assert cli.kept() == before
    going = cli.run(*words, "--keep-going")
    assert going.code == 7
    assert [row["status"] for row in going.rows()] == ["changed", "error", "changed"]


@pytest.mark.parametrize("verb", ["accept", "lapse", "cancel"])
def test_many_that_can_not_be_undone_need_yes(cli: Cli, verb: str) -> None:
    words, _, _ = ready(cli, verb)
    before = cli.kept()
    more = REASON if verb == "cancel" else ()
    for content, names in (("", IDS), ("D1\nD2\nD3\n", ("-",))):
        result = cli.run(*words, *names, *more, stdin=content)
        assert result.code == (0 if verb == "cancel" else 6)
        if verb == "cancel":
            assert states(cli) == ["cancel_requested"] * 3
        else:
            assert cli.kept() == before


def test_the_same_dispute_by_several_names_is_changed_once(cli: Cli) -> None:
    three(cli)
    content = f"D1\n{LAMP}\naliexpress:{LAMP}\nd1\n"
    assert changed(cli.ok("dispute", "message", "-", "once", stdin=content)) == ["D1"]
    assert texts(cli) == ["once"]


def test_several_of_one_shop_are_confirmed_as_the_hint_says(cli: Cli) -> None:
    """That another of them waits for its confirmation too is no news about the first one."""
    imported(cli).ok("dispute", "open", LAMP, SHOES, "--reason", "late")
    asked = cli.ok("dispute", "cancel", "D1", "D2", *REASON)
    assert "dispcli dispute confirm D1 D2 --yes" in asked.stderr
    result = cli.run("dispute", "confirm", "D1", "D2", "--yes")
    assert result.code == 0, result.stderr
    assert states(cli) == ["cancelled", "cancelled"]


EMPTY = {"nothing": "", "blank lines": "\n \n\r\n", "a header": "dispute\torder\tstate\n"}


@pytest.mark.parametrize("content", EMPTY)
def test_naming_nothing_is_nothing_to_do(cli: Cli, content: str) -> None:
    three(cli)
    before = cli.kept()
    result = cli.ok("dispute", "lapse", "-", "--yes", stdin=EMPTY[content])
    assert "nothing to do" in result.stderr
    assert cli.kept() == before


def test_a_filter_that_leaves_nothing_is_nothing_to_do(cli: Cli) -> None:
    result = three(cli).ok("dispute", "lapse", "--yes", "--where", "state:cancelled")
    assert "nothing to do" in result.stderr
    assert states(cli) == ["opened"] * 3


def test_what_is_meant_is_said_in_one_way_only(cli: Cli) -> None:
    three(cli)
    before = cli.kept()
    name = cli.file("ids", "D1\n")
    for words in (
        ("D1", "--from", name),
        ("D1", "--where", "is:open"),
        ("--from", name, "--where", "is:open"),
        ("D1", "-"),
        ("-", "D1"),
        (),
    ):
        result = cli.run("dispute", "escalate", *words, stdin="D2\n")
        assert result.code == 2, words
    assert cli.kept() == before


def test_standard_input_is_not_read_for_two_things(cli: Cli) -> None:
    three(cli)
    assert cli.run("dispute", "cancel", "-", "--reason", "-", stdin="D1\n").code == 2
    assert cli.run("dispute", "message", "-", "-", stdin="D1\n").code == 2


@pytest.mark.parametrize(
    "content",
    [
        f"order\n{LAMP[:-1]}\n",
        LAMP[-4:],
        '{"dispute":"D9"}',
        '{"order":"D1","dispute":"D9"}',
    ],
)
def test_a_file_names_things_exactly(cli: Cli, content: str) -> None:
    three(cli)
    before = cli.kept()
    for tty in (False, True):
        assert cli.run("dispute", "escalate", "--from", cli.file("ids", content), tty=tty).code == 3
    assert cli.kept() == before


# Inputs that name nothing in some line, and that line.
BROKEN: dict[str, tuple[str | bytes, int]] = {
    "no JSON": ('{"dispute":"D1"}\n{"dispute":\n', 2),
    "a key twice": ('{"dispute":"D1"}\n{"dispute":"D2","dispute":"D3"}\n', 2),
    "a number for a name": ('{"dispute":"D1"}\n{"order":8190000000000001}\n', 2),
    "no name": ('{"dispute":"D1"}\n{"state":"opened"}\n', 2),
    "an empty cell": ("dispute,state\nD1,opened\n,opened\n", 3),
    "a short row": ("dispute,state\nD1\n", 2),
    "a long row": ("dispute,state\nD1,opened,more\n", 2),
    "an open quote": ('dispute,state\n"D1,opened\nD2,opened\n', 2),
    "invalid UTF-8": (b"D1\n\xff\xfe\n", 2),
    "a NUL": (b"D1\nD\x002\n", 2),
    "a word too long": ("D1\n" + "9" * 200 + "\n", 2),
    "several words": ("D1\nD2 D3\n", 2),
    "a line of words": (f"order,line\n{LAMP},one\n", 2),
    "a line below one": (f"order,line\n{LAMP},0\n", 2),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_line_that_names_nothing_stops_all_of_them(cli: Cli, case: str) -> None:
    content, line = BROKEN[case]
    three(cli)
    before = cli.kept()
    result = cli.run("dispute", "escalate", "-", stdin=content)
    assert result.code == 9
    assert f":{line}" in result.stderr
    assert "Traceback" not in result.stderr
    assert cli.kept() == before


def test_a_column_that_stands_twice_is_refused(cli: Cli) -> None:
    three(cli)
    result = cli.run("dispute", "escalate", "-", stdin="dispute,state,dispute\nD1,opened,D2\n")
    assert result.code == 9
    assert "'dispute' stands twice" in result.stderr
    assert states(cli) == ["opened"] * 3


def test_an_operation_id_for_many_makes_the_repeat_safe(cli: Cli) -> None:
    three(cli)
    words = ("dispute", "message", *IDS, "hello", "--operation-id", "op-1")
    assert changed(cli.ok(*words)) == list(IDS)
    cli.ok("dispute", "message", "D2", "in between")
    assert changed(cli.ok(*words)) == []
    assert texts(cli).count("hello") == 3


@pytest.mark.parametrize(
    "content",
    ["\ufeffD1\nD2\n", "D1\r\nD2\r\n", "\n  D1  \n\nD2", "dispute;state\r\nD1;opened\r\nD2;opened\r\n"],
)
def test_marks_line_ends_and_blanks_are_no_part_of_a_name(cli: Cli, content: str) -> None:
    three(cli)
    assert changed(cli.ok("dispute", "escalate", "-", stdin=content)) == ["D1", "D2"]


def test_a_list_in_utf_16_is_read_too(cli: Cli) -> None:
    three(cli)
    assert changed(cli.ok("dispute", "escalate", "-", stdin="D1\r\nD3\r\n".encode("utf-16"))) == ["D1", "D3"]


def test_a_silent_pipe_that_is_named_is_waited_for_and_one_that_is_not_named_is_not(cli: Cli) -> None:
    three(cli)
    assert cli.call("dispute", "escalate", "D1", stdin=None).code == 0


def test_a_thousand_orders_are_changed_together(cli: Cli) -> None:
    numbers = [f"82{count:012}" for count in range(1001)]
    cli.ok("import", cli.file("many.csv", csv_of(*(row(number) for number in numbers))))
    count = commits(cli)
    opened = cli.ok("dispute", "open", "--where", "is:undisputed", "--reason", "late", "-o", "ids")
    assert len(opened.stdout.split()) == 1001
    assert commits(cli) == count + 1
    done = cli.ok("dispute", "cancel", "-", *REASON, "--yes", stdin=opened.stdout)
    assert len(changed(done)) == 1001
    assert set(states(cli)) == {"cancelled"}
    assert len(done.stderr.splitlines()) < 3100


def test_a_filter_whose_quotes_were_lost_is_put_together_again(cli: Cli) -> None:
    three(cli)
    result = cli.run("dispute", "lapse", "--where", "state:opened", "seller:barn")
    assert result.code == 2
    assert "--where 'state:opened seller:barn'" in result.stderr


def test_a_json_document_is_told_as_one_and_not_line_by_line(cli: Cli) -> None:
    three(cli)
    document = cli.ok("dispute", "list", "-o", "json").stdout
    result = cli.run("dispute", "message", "-", "hello", stdin=document)
    assert result.code == 9
    assert "-o ids" in result.stderr
    assert result.stderr.count("\n") < 4
