"""dispcli agenda: what is on it, and every way it leaves the program."""

import json
import shlex
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, LAMP, answered, busy, imported, opened
from tests.imports.files import see

TOMORROW = {"DISPCLI_NOW": "2026-11-23T12:00:00Z"}
LATE = {"DISPCLI_NOW": "2027-02-01T12:00:00Z"}


def codes(cli: Cli, *words: str, env: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    rows = cli.ok("agenda", *words, env=env).rows()
    return [(row["target"], row["code"], row["urgency"]) for row in rows]


def test_the_most_urgent_comes_first(cli: Cli) -> None:
    assert codes(busy(cli), "--waiting", "--days", "30") == [
        ("D1", "answer-offer", "today"),
        ("D5", "confirm-or-keep", "today"),
        ("D6", "press-button", "today"),
        ("D2", "seller-answers", "soon"),
        ("D5", "seller-answers", "soon"),
        ("D3", "ruling", "week"),
        ("D4", "refund-arrives", "later"),
    ]
    assert [target for target, *_ in codes(cli)] == ["D1", "D5", "D6"]


def test_once_the_time_of_others_is_over_it_needs_me(cli: Cli) -> None:
    late = {target: (code, urgency) for target, code, urgency in codes(busy(cli), "--overdue", env=LATE)}
    assert late["D2"] == ("seller-answers", "overdue")
    assert late["D3"] == ("ruling", "overdue")
    assert late["D4"] == ("refund-arrives", "overdue")


@pytest.mark.parametrize(
    ("marketplace", "proposed"),
    [
        ("aliexpress", ("dispcli dispute concede D1", "dispcli dispute escalate D1")),
        ("ebay", ("dispcli dispute escalate D1", "")),
        ("amazon", ("dispcli dispute escalate D1", "")),
        ("temu", ("dispcli dispute escalate D1", "")),
    ],
)
def test_what_a_sellers_silence_means_is_for_the_marketplace_to_say(
    cli: Cli, marketplace: str, proposed: tuple[str, str]
) -> None:
    number = "8190000000000009"
    cli.ok("orders", "add", number, "--title", "Fan", "--price", "USD 9", "--marketplace", marketplace)
    cli.ok("dispute", "open", number, "--reason", "defective")
    cli.ok("dispute", "set", "D1", "--by", "seller", "--due", "2026-11-30")
    rows = cli.ok("agenda", "--overdue", "--fields", "code,action,otherwise", env=LATE).rows()
    found = {row["code"]: (row["action"], row["otherwise"]) for row in rows}
    assert found["seller-answers"] == proposed


def test_what_silence_means_can_be_said_in_an_own_file(cli: Cli) -> None:
    opened(cli).write_policy("aliexpress", '[windows.seller_answers]\nthen = "escalate"\n')
    (row,) = cli.ok("agenda", "--overdue", "--fields", "action,otherwise", env=LATE).rows()
    assert row == {"action": "dispcli dispute escalate D1", "otherwise": ""}
    assert "then escalate" in cli.ok("policy", "show", "-o", "table").stdout


@pytest.mark.parametrize(
    ("remedy", "promised", "what", "kind"),
    [
        ("replacement", ("--kind", "replacement"), "replacement", ""),
        ("refund", ("--kind", "replacement"), "replacement", " --kind replacement"),
        ("return_and_refund", (), "refund", ""),
    ],
)
def test_what_is_owed_stays_on_it_until_it_has_come(
    cli: Cli, remedy: str, promised: tuple[str, ...], what: str, kind: str
) -> None:
    opened(cli).ok("dispute", "revise", "D1", "--remedy", remedy)
    cli.ok("dispute", "concede", "D1")
    if remedy == "return_and_refund":
        assert [code for _, code, _ in codes(cli)] == ["send-return"]
        cli.ok("dispute", "ship-return", "D1")
    else:
        cli.ok("dispute", "settlement", "D1", "promised", *promised)

    def waiting() -> list[dict[str, str]]:
        rows = cli.ok("agenda", "--fields", "code,basis,action,otherwise").rows()
        return [row for row in rows if row["code"] == f"{what}-arrives"]

    (row,) = waiting()
    received = f"dispcli dispute settlement D1 received{kind}"
    assert row == {
        "code": f"{what}-arrives",
        "basis": "recorded",
        "action": received,
        "otherwise": "dispcli dispute escalate D1",
    }
    cli.ok(*shlex.split(received)[1:], "--yes")
    assert waiting() == []
    assert cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["state"] == "resolved"


@pytest.mark.parametrize("way", [(), ("ship-return",)], ids=["agreed", "returning"])
def test_the_rest_of_what_came_in_part_stays_on_it(cli: Cli, way: tuple[str, ...]) -> None:
    opened(cli, LAMP, "--amount", "30")
    if way:
        cli.ok("dispute", "revise", "D1", "--remedy", "return_and_refund")
    cli.ok("dispute", "concede", "D1")
    for step in way:
        cli.ok("dispute", step, "D1")
    cli.ok("dispute", "settlement", "D1", "received", "10")
    row = cli.ok("agenda", "--waiting", "--days", "40", "--fields", "target,code,amount").row()
    assert row == {"target": "D1", "code": "refund-arrives", "amount": "20.00"}
    told = cli.ok("dispute", "advise", "D1").stdout
    assert "no deadline is known" not in told
    assert "the refund has to arrive by" in told or "the refund is awaited since 2026-11-22" in told
    draft = cli.ok("dispute", "draft", "D1", "refund").stdout
    assert "USD 20.00 is still missing: of USD 30.00 that we agreed on, USD 10.00 has arrived." in draft


@pytest.mark.parametrize("moves", [(), (("answer", "D1", "--offer", "20"),)], ids=["opened", "answered"])
def test_nothing_is_pressed_for_where_all_that_is_owed_is_here(
    cli: Cli, moves: tuple[tuple[str, ...], ...]
) -> None:
    opened(cli, LAMP, "--amount", "25")
    for words in moves:
        cli.ok("dispute", *words)
    assert codes(cli, "--overdue", env=LATE) != []
    cli.ok("dispute", "settlement", "D1", "received", "25")
    assert codes(cli, "--waiting", "--days", "30") == codes(cli, "--overdue", env=LATE) == []
    advice = cli.ok("dispute", "advise", "D1", "--json", env=LATE).json()["advice"]
    assert advice["recommendation"] == "cancel-is-fine"
    assert [stake["code"] for stake in advice["if_kept"]] == ["no-deadline"]
    cli.ok("dispute", "settlement", "D1", "promised", "40")
    assert ("D1", "refund-arrives", "overdue") in codes(cli, "--overdue", env=LATE)


def test_a_ruling_that_is_late_may_have_gone_either_way(cli: Cli) -> None:
    opened(cli).ok("dispute", "escalate", "D1")
    (row,) = cli.ok("agenda", "--overdue", "--fields", "code,action,otherwise", env=LATE).rows()
    assert row == {
        "code": "ruling",
        "action": "dispcli dispute decide D1 agreed",
        "otherwise": "dispcli dispute decide D1 rejected",
    }


def test_what_i_had_to_do_in_time_was_likelier_done_than_not(cli: Cli) -> None:
    opened(cli).ok("dispute", "revise", "D1", "--remedy", "return_and_refund")
    cli.ok("dispute", "concede", "D1")
    told = ("--fields", "code,basis,action,otherwise")
    expected = {
        "code": "send-return",
        "action": "dispcli dispute ship-return D1",
        "otherwise": "dispcli dispute lapse D1",
    }
    (row,) = cli.ok("agenda", "--overdue", *told, env=LATE).rows()
    assert row == expected | {"basis": "estimated"}
    unsure = "no date for it was told or entered; what the rules say is only an estimate"
    asked = cli.run("dispute", "lapse", "D1", env=LATE, tty=True, stdin="n\n")
    assert asked.code == 5
    assert unsure in asked.stderr
    cli.ok("dispute", "set", "D1", "--by", "buyer", "--due", "2026-12-01")
    (row,) = cli.ok("agenda", "--overdue", *told, env=LATE).rows()
    assert row == expected | {"basis": "entered"}
    assert unsure not in cli.run("dispute", "lapse", "D1", env=LATE, tty=True, stdin="n\n").stderr


def test_every_command_it_proposes_can_be_given(cli: Cli) -> None:
    """What is proposed is possible now; what it can't know is left to be said."""
    busy(cli)
    cli.env |= LATE
    cli.ok("orders", "set", LAMP, "--delivered", "2027-01-31")
    cli.ok(
        "orders", "add", "8190000000000009", "--title", "Fan", "--price", "USD 9", "--placed", "2027-01-01"
    )
    cli.ok("orders", "set", "8190000000000009", "--status", "shipped", "--protection-ends", "+5d")
    cli.ok(
        "orders", "add", "8190000000000010", "--title", "Fan", "--price", "USD 9", "--placed", "2027-01-01"
    )
    cli.ok("orders", "set", "8190000000000010", "--status", "delivered", "--delivered", "2027-01-20")
    cli.ok("dispute", "set", "D1", "--due", "+2d")
    entries = cli.ok("agenda", "--json").json()["agenda"]
    commands = {entry[name] for entry in entries for name in ("action", "otherwise") if entry[name]}
    for command in commands:
        program, *words = shlex.split(command.replace("REASON", "late"))
        assert program == "dispcli"
        tried = cli.run(*words, "--dry-run", "--yes", "--json")
        # Whether a cancel should be confirmed is for the checks to say.
        assert tried.code == 0 or tried.error()["code"] == "facts-changed", command
    verbs = {" ".join(command.split()[1:3]) for command in commands}
    assert verbs >= {"dispute accept", "dispute confirm", "dispute keep", "dispute done", "dispute open"}
    assert verbs >= {"dispute concede", "dispute decide", "dispute settlement", "dispute escalate"}


def test_nothing_of_it_moves_a_dispute(cli: Cli) -> None:
    before = busy(cli).kept()
    cli.ok("agenda", env=LATE)
    cli.ok("agenda", "--count", env=LATE)
    assert cli.kept() == before


def test_orders_without_a_dispute_are_on_it(cli: Cli) -> None:
    imported(cli).ok("orders", "set", DRILL, "--delivered", "2026-11-10")
    cli.ok("orders", "add", "12-34", "--title", "Fan", "--price", "USD 9", "--marketplace", "paypal",
           "--placed", "2026-06-01")  # fmt: skip
    cli.ok("orders", "set", "12-34", "--status", "paid")
    assert codes(cli) == [
        (f"aliexpress:{DRILL}", "open-dispute", "week"),
        ("paypal:12-34", "open-dispute", "week"),
    ]
    assert cli.ok("agenda", "-o", "ids").stdout.split() == [f"aliexpress:{DRILL}", "paypal:12-34"]
    row = cli.ok("agenda", "--fields", "due,dispute,order,basis,window,action").rows()[0]
    assert row == {
        "due": "2026-11-26T07:59:59Z",
        "dispute": "",
        "order": DRILL,
        "basis": "estimated",
        "window": "open",
        "action": f"dispcli dispute open aliexpress:{DRILL} --reason REASON",
    }


def test_the_lines_that_no_dispute_is_about_stay_on_it(cli: Cli) -> None:
    imported(cli).ok("orders", "set", DRILL, "--status", "shipped", "--protection-ends", "+2d")

    def waiting() -> list[tuple[str, str, str]]:
        rows = cli.ok("agenda", "--fields", "dispute,title,amount,action").rows()
        return [(row["title"], row["amount"], row["action"]) for row in rows if not row["dispute"]]

    def lines() -> list[list[str]]:
        return [item["lines"] for item in cli.ok("agenda", "--json").json()["agenda"]]

    command = f"dispcli dispute open aliexpress:{DRILL}"
    assert waiting() == [("Cordless drill", "69.00", f"{command} --whole-order --reason not-received")]
    assert lines() == [[]]
    cli.ok("dispute", "open", DRILL, "--line", "1", "--reason", "not-received")
    cli.ok("dispute", "lapse", "D1", "--yes")
    assert waiting() == [("Drill bits, 24 pieces", "9.00", f"{command} --line 2 --reason not-received")]
    assert lines() == [["2"]]
    cli.ok(*shlex.split(waiting()[0][2])[1:])
    assert waiting() == []


def test_what_has_not_come_by_its_promised_day_is_on_it_until_it_is_too_late_to_open(cli: Cli) -> None:
    imported(cli).ok("orders", "set", LAMP, "--status", "shipped", "--promised", "2026-11-20")
    told = ("--fields", "due,code,basis,window,action")
    (row,) = cli.ok("agenda", *told).rows()
    assert row == {
        "due": "2026-12-06T07:59:59Z",
        "code": "open-dispute",
        "basis": "estimated",
        "window": "open",
        "action": f"dispcli dispute open aliexpress:{LAMP} --reason not-received",
    }
    assert "1 today" in cli.ok("agenda", "--count", env={"DISPCLI_NOW": "2026-12-06T06:00:00Z"}).stdout
    assert cli.ok("agenda", env={"DISPCLI_NOW": "2026-12-06T09:00:00Z"}).rows() == []
    cli.ok("orders", "set", LAMP, "--protection-ends", "2027-01-31")
    assert cli.ok("agenda").rows() == []
    assert [code for _, code, _ in codes(cli, "--days", "90")] == ["protection-ends"]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (("--status", "shipped"), True),
        (("--status", "delivered"), False),
        (("--status", "cancelled"), False),
        (("--status", "shipped", "--delivered", "2026-11-20"), False),
    ],
)
def test_protection_of_what_never_arrived_is_on_it(cli: Cli, told: tuple[str, ...], shown: bool) -> None:
    imported(cli).ok("orders", "set", LAMP, "--protection-ends", "+2d", *told)
    rows = cli.ok("agenda").rows()
    ends = [(row["code"], row["basis"]) for row in rows if row["code"] == "protection-ends"]
    assert ends == ([("protection-ends", "entered")] if shown else [])


def test_a_date_the_platform_gives_goes_before_its_rules(cli: Cli) -> None:
    see(cli, "WAITING_FOR_BUYER_RESPONSE", "2026-11-13T10:00:00Z")
    told = ("--fields", "due,code,basis", "-o", "csv")
    assert cli.ok("agenda", *told).stdout.splitlines()[1:] == [
        "2026-11-23T10:00:00Z,answer-offer,estimated",
        "2026-11-30T10:00:00Z,escalate,estimated",
    ]
    see(
        cli,
        "WAITING_FOR_BUYER_RESPONSE",
        "2026-11-14T10:00:00Z",
        buyer_response_due_date="2026-11-25T10:00:00Z",
    )
    assert cli.ok("agenda", *told).stdout.splitlines()[1] == "2026-11-25T10:00:00Z,answer-offer,given"
    cli.ok("dispute", "set", "D1", "--due", "2026-11-24")
    assert cli.ok("agenda", *told).stdout.splitlines()[1] == "2026-11-24,answer-offer,entered"


def test_a_filter_leaves_the_disputes_it_holds_for(cli: Cli) -> None:
    busy(cli).ok("orders", "set", "8190000000000004", "--status", "shipped")
    wide = ("--waiting", "--days", "60")
    assert {target for target, *_ in codes(cli, *wide, "--where", 'seller:"Tool Barn"')} == {"D3", "D4"}
    assert {target for target, *_ in codes(cli, *wide, "--where", "state:cancelled")} == {"D6"}
    assert {target for target, *_ in codes(cli, *wide, "--where", "title:~shoes")} == {"D5"}
    assert codes(cli, *wide, "--where", "title:~nothing") == []
    assert cli.run("agenda", "--where", "state:open").code == 2


def test_a_limit_is_told(cli: Cli) -> None:
    busy(cli)
    assert len(codes(cli, "--limit", "1")) == 1
    assert cli.ok("agenda", "--limit", "1", "--json").json()["more"] is True
    assert "There are more" in cli.ok("agenda", "--limit", "1", tty=True).stderr
    assert "3 items · 3 today" in cli.ok("agenda", "--limit", "1", tty=True).stderr


def test_a_person_reads_the_days_that_a_program_reads(cli: Cli) -> None:
    """A few seconds more or less than whole days make no other day of it, in either place."""
    busy(cli)
    for hour in (0, 7, 12, 23):
        env = {"DISPCLI_NOW": f"2026-11-22T{hour:02}:30:00Z"}
        rows = cli.ok("agenda", "--waiting", "--days", "60", env=env).rows()
        shown = cli.ok("agenda", "--waiting", "--days", "60", "-o", "table", env=env).stdout
        lines = [line.split() for line in shown.splitlines() if line.startswith("  in ")]
        days = [row["days_left"] for row in rows if int(row["days_left"]) > 1]
        assert [line[1].removesuffix("d") for line in lines if line[1].endswith("d")] == days
        assert days


def test_what_has_no_date_is_told_so(cli: Cli) -> None:
    shown = answered(cli).ok("agenda", "-o", "table", env=LATE).stdout
    assert "answer the seller (no date is known)" in shown
    cli.ok("dispute", "set", "D1", "--due", "2027-01-31")
    assert (
        "your time to answer the seller is over (entered)" in cli.ok("agenda", "-o", "table", env=LATE).stdout
    )


def test_an_empty_agenda_says_so(cli: Cli) -> None:
    shown = imported(cli).ok("agenda", tty=True)
    assert (shown.stdout, shown.stderr) == ("", "Nothing needs you in the next 14 days.\n")
    assert cli.ok("agenda", "--overdue", tty=True).stderr == "Nothing is overdue.\n"
    assert cli.ok("agenda").stdout.startswith("due\t")
    assert cli.ok("agenda", "--exit-status").code == 0


def test_without_a_ledger_there_is_nothing_to_do(cli: Cli) -> None:
    assert "no ledger yet" in cli.ok("agenda", "--exit-status").stderr
    assert (cli.ok("agenda", "--count").stdout, cli.ok("agenda", "--count").stderr) == ("", "")
    assert cli.kept() == {}


def test_the_groups_are_in_colour(cli: Cli) -> None:
    busy(cli)
    env = TOMORROW | {"FORCE_COLOR": "1"}
    shown = cli.ok("agenda", "-o", "table", "--waiting", env=env).stdout
    assert "\x1b[1;31mOverdue\x1b[0m" in shown
    assert "\x1b" not in cli.ok("agenda", "-o", "table", env=TOMORROW | {"NO_COLOR": "1"}).stdout


def test_commands_are_never_cut(cli: Cli) -> None:
    imported(cli).ok("orders", "set", DRILL, "--delivered", "2026-11-10")
    command = f"dispcli dispute open aliexpress:{DRILL} --reason REASON"
    shown = cli.ok("agenda", "-o", "table", env={"COLUMNS": "40"}).stdout
    assert command in [line.strip() for line in shown.splitlines()]


def test_a_number_from_a_file_runs_nothing_when_it_is_copied(cli: Cli) -> None:
    number = "1';touch${IFS}pwned;#$(id)"
    cli.ok("orders", "add", number, "--marketplace", "elsewhere", "--title", "Fan", "--price", "USD 9")
    cli.ok("orders", "set", number, "--status", "shipped", "--protection-ends", "+2d")
    (row,) = cli.ok("agenda").rows()
    assert shlex.split(row["action"])[:4] == ["dispcli", "dispute", "open", f"elsewhere:{number}"]


# --- a line for prompts, a code for cron ---


@pytest.mark.parametrize(
    ("env", "line"),
    [({}, "3 today\n"), (TOMORROW, "3 overdue\n"), ({"DISPCLI_NOW": "2026-11-24T07:59:59Z"}, "3 overdue\n")],
)
def test_the_line_for_prompts_counts_what_presses(cli: Cli, env: dict[str, str], line: str) -> None:
    assert busy(cli).ok("agenda", "--count", env=env).stdout == line


def test_a_second_too_late_is_overdue(cli: Cli) -> None:
    """D2 was opened on the 18th: five days are over when the 23rd is, where AliExpress keeps its clock."""
    busy(cli)
    at = {"DISPCLI_NOW": "2026-11-24T08:00:00Z"}
    assert cli.ok("agenda", "--count", env=at).stdout == "5 overdue\n"


def test_the_line_for_prompts_is_empty_where_nothing_presses(cli: Cli) -> None:
    assert imported(cli).ok("agenda", "--count").stdout == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 10),
        (("--count",), 10),
        (("--ics", "-"), 10),
        (("--json",), 10),
        (("--limit", "1"), 10),
        (("--overdue",), 0),
        (("--where", "state:opened"), 0),
    ],
)
def test_cron_is_told_by_the_exit_code(cli: Cli, words: tuple[str, ...], code: int) -> None:
    assert busy(cli).run("agenda", "--exit-status", *words).code == code
    assert cli.run("agenda", *words).code == 0


def test_what_others_may_still_do_today_is_nothing_for_cron(cli: Cli) -> None:
    opened(cli).ok("dispute", "set", "D1", "--due", "2026-11-22", "--by", "seller")
    assert codes(cli, "--waiting") == [("D1", "seller-answers", "today")]
    assert cli.run("agenda", "--waiting", "--exit-status").code == 0


# --- calendars and exports ---


def test_a_calendar_is_written_whole_and_not_over_another(cli: Cli, tmp_path: Path) -> None:
    busy(cli)
    file = tmp_path / "agenda.ics"
    assert cli.ok("agenda", "--ics", str(file), "--days", "30").stderr == f"7 dates written to {file}\n"
    first = Calendar.from_ical(file.read_bytes())
    assert len(first.walk("VEVENT")) == 7
    assert cli.run("agenda", "--ics", str(file)).code == 2
    cli.ok("agenda", "--ics", str(file), "--force", "--days", "30", env=TOMORROW)
    again = Calendar.from_ical(file.read_bytes())
    uids = [[str(event["uid"]) for event in found.walk("VEVENT")] for found in (first, again)]
    assert uids[0] == uids[1]
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".csv" and path.is_file()] == [
        "agenda.ics"
    ]


def test_a_calendar_goes_through_a_pipe_unchanged(cli: Cli) -> None:
    done = busy(cli).call("agenda", "--ics", "-")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith("BEGIN:VCALENDAR\r\n")
    assert done.stdout.replace("\r\n", "").count("\n") == 0
    assert len(Calendar.from_ical(done.stdout).walk("VEVENT")) == 6


@pytest.mark.parametrize(
    "words",
    [
        ("--count", "--ics", "-"),
        ("--ics", "-", "--json"),
        ("--ics", "-", "--fields", "due"),
        ("--count", "-o", "tsv"),
        ("--count", "--limit", "5"),
        ("--ics", "-", "--limit", "0"),
        ("--ics", "nosuch/folder/a.ics"),
        ("--ics", "."),
        ("--days", "-1"),
        ("--days", "x"),
        ("-o", "yaml"),
        ("--fields", "nosuch"),
    ],
)
def test_what_does_not_go_together_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert answered(cli).run("agenda", *words).code == 2


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "ndjson"])
def test_it_is_exported_as_it_is_listed(cli: Cli, format: str) -> None:
    busy(cli)
    listed = cli.ok("agenda", "--waiting", "-o", format).stdout
    exported = cli.ok("export", "agenda", "--waiting", "--format", format).stdout
    if format == "json":
        assert json.loads(listed)["agenda"] == json.loads(exported)["agenda"]
    elif format == "ndjson":
        assert [json.loads(line)["code"] for line in exported.splitlines()] == [
            json.loads(line)["code"] for line in listed.splitlines()
        ]
    else:
        assert exported == listed


def test_it_is_exported_as_a_spreadsheet(cli: Cli, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    busy(cli).ok("export", "agenda", "-o", str(tmp_path / "agenda.xlsx"))
    rows = list(openpyxl.load_workbook(tmp_path / "agenda.xlsx").active.values)
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(row["target"], row["code"]) for row in named] == [
        ("D1", "answer-offer"),
        ("D5", "confirm-or-keep"),
        ("D6", "press-button"),
    ]
