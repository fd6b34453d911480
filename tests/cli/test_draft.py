"""Texts to send, as a person and a script get them; templates of one's own, and their mistakes."""

from pathlib import Path

import pytest

from dispcli.services.drafts.shipped import KINDS, source_of
from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, SHOPPER, answered, busy, imported, item, json_of, opened
from tests.cli.test_hostile_text import HOSTILE, steering


def own(cli: Cli, kind: str, text: str | bytes) -> Path:
    """A template of the user's own."""
    path = cli.config.parent / "drafts" / f"{kind}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tty", [False, True], ids=["pipe", "terminal"])
def test_a_draft_is_the_text_and_nothing_else(cli: Cli, kind: str, tty: bool) -> None:
    busy(cli)
    if kind == "refund":
        cli.ok("dispute", "settlement", "D1", "promised", "25")
    before = cli.kept()
    result = cli.ok("dispute", "draft", "D1", kind, tty=tty)
    assert result.stderr == ""
    assert (
        result.stdout == cli.ok("dispute", "draft", "D1", kind, "-o", "json").json()["draft"]["text"] + "\n"
    )
    assert cli.kept() == before


def test_a_text_that_tells_of_a_cancel_warns_of_what_blocks_it(cli: Cli) -> None:
    answered(cli).ok("dispute", "settlement", "D1", "promised", "10.00")
    result = cli.ok("dispute", "draft", "D1", "cancelled")
    assert result.stdout.startswith("Hello, I am cancelling")
    assert result.stderr == (
        "warning: D1 is not cancelled, and the checks speak against it: refund-not-received\n"
        "hint: before you send this: dispcli dispute advise D1\n"
    )
    assert cli.ok("dispute", "draft", "D1", "agreed").stderr == ""
    risk = ("--accept-risk", "refund-not-received")
    cli.ok("dispute", "cancel", "D1", "--reason", "agreement", *risk)
    assert cli.ok("dispute", "draft", "D1", "cancelled").stderr == "", (
        "the risk was accepted with the request"
    )
    cli.ok("dispute", "confirm", "D1", "--yes", *risk)
    assert cli.ok("dispute", "draft", "D1", "cancelled").stderr == ""


def test_a_text_that_tells_of_a_cancel_warns_where_none_is_possible(cli: Cli) -> None:
    answered(cli).ok("dispute", "accept", "D1", "--yes")
    assert cli.ok("dispute", "draft", "D1", "cancelled").stderr.startswith(
        "warning: D1 is not cancelled, and a solution stands"
    )


def test_a_refund_that_nobody_has_promised_is_not_said_to_be_on_its_way(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25")
    draft = ("dispute", "draft", "D1", "refund")
    result = cli.ok(*draft)
    assert result.stdout == (
        f"Hello,\n\nFor order {LAMP} (Desk lamp, brass) I have asked for a refund of USD 25.00. "
        "Please tell me whether and when I get it.\n"
    )
    assert result.stderr == (
        "warning: nothing was promised, agreed on or sent in D1 yet\n"
        "hint: to ask for an answer: dispcli dispute draft D1 remind\n"
    )
    cli.ok("dispute", "concede", "D1")
    result = cli.ok(*draft)
    assert "I am to get a refund of USD 25.00. It has not arrived." in result.stdout
    assert result.stderr == ""


def test_no_money_is_pressed_for_before_the_goods_are_sent_back(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25", "--remedy", "return_and_refund").ok("dispute", "concede", "D1")
    cli.ok("dispute", "set", "D1", "--due", "2026-11-20", "--by", "seller")
    agenda = {row["code"]: row["what"] for row in cli.ok("agenda", "--fields", "code,what").rows()}
    assert agenda == {"must-act": "somebody has not acted in time", "send-return": "send the goods back"}
    assert "Your time to answer ended" not in cli.ok("dispute", "draft", "D1", "remind").stdout
    draft = ("dispute", "draft", "D1", "refund")
    result = cli.ok(*draft)
    assert result.stderr == (
        "warning: the goods of D1 are to be sent back first\n"
        "hint: once they are on their way: dispcli dispute ship-return D1\n"
    )
    assert result.stdout == (
        f"Hello,\n\nFor order {LAMP} (Desk lamp, brass) we agreed on 2026-11-22 that I send the goods back "
        "for a refund of USD 25.00. Please tell me where to send them.\n"
    )
    cli.ok("dispute", "ship-return", "D1")
    assert "I am to get a refund of USD 25.00. It has not arrived." in cli.ok(*draft).stdout


def test_a_seller_who_gave_in_is_not_told_that_their_time_to_answer_ended(cli: Cli) -> None:
    opened(cli, LAMP, "--remedy", "replacement").ok("dispute", "concede", "D1")
    cli.ok("dispute", "set", "D1", "--due", "2026-11-20", "--by", "seller")
    assert "Your time to answer ended" not in cli.ok("dispute", "draft", "D1", "remind").stdout
    advice = cli.ok("dispute", "advise", "D1").stdout
    assert "the replacement had to arrive by 2026-11-20 (entered): press for it" in advice


@pytest.mark.parametrize("moves", [(), (("answer", "D1", "--offer", "20"),)], ids=["opened", "answered"])
def test_feedback_and_advice_agree_that_it_is_settled(cli: Cli, moves: tuple[tuple[str, ...], ...]) -> None:
    opened(cli, LAMP, "--amount", "20")
    for words in moves:
        cli.ok("dispute", *words)
    feedback = ("dispute", "draft", "D1", "feedback")
    assert cli.ok(*feedback).stdout.endswith("It is not settled yet.\n")
    cli.ok("dispute", "settlement", "D1", "received", "20", "--at", "2026-11-21")
    assert cli.ok(*feedback).stdout.endswith("The refund of USD 20.00 arrived on 2026-11-21.\n")
    because = cli.ok("dispute", "advise", "D1", "--json").json()["advice"]["because"]
    assert [reason["code"] for reason in because] == ["settled"]
    for kind in ("remind", "extend"):
        assert cli.ok("dispute", "draft", "D1", kind).stderr == "warning: all that is owed in D1 is here\n"


def test_a_refund_is_not_asked_for_without_a_word_once_it_was_refused_for_good(cli: Cli) -> None:
    opened(cli).ok("dispute", "lapse", "D1", "--yes")
    assert cli.ok("dispute", "draft", "D1", "refund").stderr == "warning: D1 is over: resolved\n"


def test_a_reminder_does_not_blame_who_has_been_heard_from_since(cli: Cli) -> None:
    opened(cli).ok("dispute", "set", "D1", "--due", "2026-11-20", "--by", "seller")
    remind = ("dispute", "draft", "D1", "remind")
    assert "I have had no answer from you. Your time to answer ended on 2026-11-20." in cli.ok(*remind).stdout
    cli.ok("dispute", "message", "D1", "We are looking into it.", "--at", "2026-11-21")
    assert "I last heard from you on 2026-11-21. Please answer in the dispute.\n" in cli.ok(*remind).stdout


def test_the_reason_of_a_request_that_was_taken_back_is_not_told(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "received-ok")
    assert "are fine" in cli.ok("dispute", "draft", "D1", "cancelled").stdout
    cli.ok("dispute", "keep", "D1")
    assert "are fine" not in cli.ok("dispute", "draft", "D1", "cancelled").stdout


@pytest.mark.parametrize("kind", ["extend", "remind"])
def test_a_text_that_asks_for_something_warns_once_the_dispute_is_over(cli: Cli, kind: str) -> None:
    answered(cli)
    assert cli.ok("dispute", "draft", "D1", kind).stderr == ""
    cli.ok("dispute", "lapse", "D1", "--yes")
    assert cli.ok("dispute", "draft", "D1", kind).stderr == "warning: D1 is over: resolved\n"


def test_the_program_itself_prints_a_draft_into_a_pipe(cli: Cli) -> None:
    result = answered(cli).call("dispute", "draft", "D1", "cancelled")
    assert result == (
        0,
        f"Hello, I am cancelling my dispute about order {LAMP} (Desk lamp, brass). "
        "The matter is settled for me. Thank you.\n",
        "",
    )


def test_a_draft_as_json_tells_what_it_was_made_of(cli: Cli) -> None:
    busy(cli)
    draft = cli.ok("dispute", "draft", "D1", "summary", "--json").json()["draft"]
    assert (draft["kind"], draft["template"], draft["dispute"], draft["order"]) == (
        "summary",
        "dispcli",
        "D1",
        LAMP,
    )
    fields = {field["name"]: field["value"] for field in draft["fields"]}
    assert fields["seller"] == "Bright Things Store"
    assert fields["tracking"] is None
    assert {"name": "messages", "rows": 1} in draft["lists"]
    assert {"name": "evidence", "rows": 0} in draft["lists"]


def test_what_was_sent_can_be_kept(cli: Cli) -> None:
    busy(cli)
    text = cli.ok("dispute", "draft", "D1", "remind").stdout
    cli.ok("dispute", "message", "D1", "-", "--from", "buyer", stdin=text)
    assert cli.ok("dispute", "messages", "D1", "--json").json()["messages"][-1]["text"] == text.strip()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("D1",), "KIND is missing"),
        (("D1", "nosuch"), "no such draft: 'nosuch'"),
        (("D1", "../config"), "no such draft: '../config'"),
        (("D1", "Summary"), "no such draft: 'Summary'"),
        (("D1", "summary", "--template", "x.txt"), "KIND and --template exclude each other"),
        (("D1", "summary", "-o", "tsv"), "no such output: tsv"),
        (("D1", "summary", "-o", "text", "--json"), "no such output: text"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_wrong_line_is_told_what_there_is(cli: Cli, words: tuple[str, ...], told: str) -> None:
    result = answered(cli).run("dispute", "draft", *words)
    assert (result.code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "text, json" in result.stderr if "output" in told else "cancelled, agreed, extend" in result.stderr


def test_a_kind_is_looked_for_before_the_dispute(cli: Cli) -> None:
    assert cli.run("dispute", "draft", "D1", "nosuch").code == 2
    assert cli.run("dispute", "draft", "D1", "summary").code == 3


def test_protection_can_be_asked_for_without_a_dispute(cli: Cli) -> None:
    imported(cli)
    draft = cli.ok("dispute", "draft", KETTLE, "extend", "--json").json()["draft"]
    assert (draft["dispute"], draft["order"]) == (None, KETTLE)
    assert draft["text"].startswith(
        f"Hello,\n\nMy order {KETTLE} (Electric kettle 1.7 L) of 2026-10-20 has not"
    )
    assert "(Drill bits" in cli.ok("dispute", "draft", DRILL, "extend", "--line", "2").stdout


def test_more_time_for_what_came_damaged_is_not_asked_for_as_if_it_were_missing(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", KETTLE, "--reason", "damaged")
    told = cli.ok("dispute", "draft", "D1", "extend").stdout
    assert f"Our matter about order {KETTLE} (Electric kettle 1.7 L) is not settled yet." in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((KETTLE, "remind"), f"order {KETTLE} has no dispute"),
        ((KETTLE, "extend", "--line", "9"), "there is no line 9"),
        (("99999", "extend"), "no order or dispute is known as '99999'"),
        (("D9", "extend"), "there is no dispute D9"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_what_is_not_there_is_told(cli: Cli, words: tuple[str, ...], told: str) -> None:
    result = imported(cli).run("dispute", "draft", *words)
    assert (result.code, result.stdout) == (3, "")
    assert told in result.stderr


def test_several_disputes_are_never_chosen_from(cli: Cli) -> None:
    result = busy(cli).run("dispute", "draft", DRILL, "extend")
    assert result.code == 3
    assert "D3" in result.stderr


# --- templates of one's own ---


def test_a_template_of_one_s_own_takes_the_place_of_ours(cli: Cli) -> None:
    path = own(answered(cli), "remind", "# mine\r\n\r\nBestellung $order, $$ok\r\n")
    result = cli.ok("dispute", "draft", "D1", "remind")
    assert result.stdout == f"Bestellung {LAMP}, $ok\n"
    assert cli.ok("dispute", "draft", "D1", "remind", "--json").json()["draft"]["template"] == str(path)
    assert "I opened a dispute" in cli.ok("dispute", "draft", "D1", "remind", "--no-config").stdout


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def test_a_new_name_is_a_new_kind(cli: Cli, mark: bytes) -> None:
    path = own(answered(cli), "mahnung-2", mark + "# Für später\n$seller: größer\n".encode())
    own(cli, "no kind", "x")
    assert cli.ok("dispute", "draft", "D1", "mahnung-2").stdout == "Bright Things Store: größer\n"
    assert "mahnung-2" in cli.run("dispute", "draft", "D1", "nosuch").stderr
    kinds = [row for row in cli.ok("help", "drafts").rows() if row["of"] == "kind"]
    assert [row["name"] for row in kinds] == [*KINDS, "mahnung-2"]
    assert (kinds[-1]["meaning"], kinds[-1]["origin"]) == ("Für später", str(path))
    assert cli.run("dispute", "draft", "D1", "mahnung-2", "--no-config").code == 2


def test_templates_stand_beside_the_configuration_file_that_is_named(cli: Cli, tmp_path: Path) -> None:
    answered(cli)
    folder = tmp_path / "elsewhere" / "drafts"
    folder.mkdir(parents=True)
    (folder / "remind.txt").write_text("there: $order\n")
    config = folder.parent / "mine.toml"
    config.write_text('actor = "ada"\n')
    env = {"DISPCLI_CONFIG": str(config)}
    assert cli.ok("dispute", "draft", "D1", "remind", env=env).stdout == f"there: {LAMP}\n"


def test_a_template_can_be_given_for_once(cli: Cli) -> None:
    answered(cli)
    path = cli.file("once.txt", "$state, $offered\n")
    assert cli.ok("dispute", "draft", "D1", "--template", path).stdout == "answered, USD 10.00\n"
    assert cli.ok("dispute", "draft", "D1", "--template", "-", stdin="$claim").stdout == "not as described\n"
    assert cli.ok("dispute", "draft", "D1", "--template", path, "--json").json()["draft"]["kind"] == "once"


def test_a_file_that_is_called_as_we_are_is_a_file_all_the_same(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(cli.file("dispcli", "$state: $order")).parent)
    told = answered(cli).ok("dispute", "draft", "D1", "--template", "dispcli").stdout
    assert told == f"answered: {LAMP}\n"


def test_a_template_with_nothing_to_say_says_so(cli: Cli) -> None:
    result = answered(cli).ok("dispute", "draft", "D1", "--template", "-", stdin="$tracking\n[$outcome]\n")
    assert result.stdout == ""
    assert result.stderr == "warning: -: every line of the template names something that is not known here\n"


def test_every_mistake_of_a_template_is_told_at_once(cli: Cli) -> None:
    path = own(answered(cli), "remind", "# mine\n$ordr costs $5\n[$?state=open x]\n")
    result = cli.run("dispute", "draft", "D1", "remind")
    assert (result.code, result.stdout) == (9, "")
    assert result.stderr.splitlines() == [
        f"error: {path}: the template is wrong",
        f"  {path}:2:1: no such field: 'ordr'; did you mean 'order'?",
        f"  {path}:2:13: a $ without a field; the sign itself is $$",
        f"  {path}:3:2: state is never 'open' (one of: opened, answered, escalated, agreed, returning, "
        "settling, cancel_requested, cancelled, resolved)",
        "hint: see 'dispcli help drafts'; --no-config leaves out files of your own",
    ]
    assert cli.ok("dispute", "draft", "D1", "remind", "--no-config").stdout
    assert cli.ok("dispute", "draft", "D1", "refund").stdout, "one wrong file is no other's"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the text is empty"),
        (b"a\nb\xff", ":2: not utf-8 text (byte 3)"),
        (b"a\x00", ":1: a NUL character"),
        (b"x" * 64 * 1024 + b"y", "longer than 64 KiB"),
    ],
    ids=["empty", "Latin-1", "NUL", "too long"],
)
def test_a_template_that_is_no_text_is_told(cli: Cli, content: bytes, told: str) -> None:
    path = own(answered(cli), "remind", content)
    result = cli.run("dispute", "draft", "D1", "remind")
    assert (result.code, result.stdout) == (9, "")
    assert result.stderr.startswith(f"error: {path}")
    assert told in result.stderr
    meaning = next(row["meaning"] for row in cli.ok("help", "drafts").rows() if row["name"] == "remind")
    assert meaning.startswith(str(path)), "help goes on, and says so"


def test_a_template_that_leads_nowhere_is_told(cli: Cli) -> None:
    path = own(answered(cli), "remind", "x")
    path.unlink()
    path.symlink_to("nowhere")
    result = cli.run("dispute", "draft", "D1", "remind")
    assert (result.code, result.stderr) == (9, f"error: {path}: No such file or directory\n")


# --- what is offered after a cancel ---

CANCEL = ("dispute", "cancel", "D1", "--reason", "agreement", "--yes")


def test_a_cancel_offers_the_same_text(cli: Cli) -> None:
    answered(cli)
    asked = cli.ok(*CANCEL, "--json")
    message = asked.json()["changes"][0]["seller_message"]
    assert message == (
        f"Hello, I have cancelled my dispute about order {LAMP} (Desk lamp, brass). "
        "We have come to an agreement, as written in our messages. Thank you."
    )
    assert f"For the seller: {message}\n" in asked.stderr
    assert cli.ok("dispute", "draft", "D1", "cancelled").stdout == f"{message}\n"


def test_a_cancel_offers_the_user_s_own_text(cli: Cli) -> None:
    own(answered(cli), "cancelled", "Erledigt: $order.\n\n[$?cancel_reason=agreement Wie vereinbart.]\n")
    result = cli.ok(*CANCEL)
    assert result.row()["seller_message"] == f"Erledigt: {LAMP}.\\n\\nWie vereinbart."
    assert f"For the seller: Erledigt: {LAMP}.\n\nWie vereinbart.\n" in result.stderr


def test_only_the_message_is_printed_where_it_is_asked_for(cli: Cli) -> None:
    own(answered(cli), "cancelled", "Erledigt: $order.\n\nDanke.\n")
    assert cli.ok(*CANCEL, "--message").stdout == f"Erledigt: {LAMP}.\n\nDanke.\n"


@pytest.mark.parametrize("words", [CANCEL, ("dispute", "confirm", "D1", "--yes")], ids=["cancel", "confirm"])
def test_a_wrong_template_stops_a_cancel_before_anything_is_written(cli: Cli, words: tuple[str, ...]) -> None:
    answered(cli)
    if "confirm" in words:
        cli.ok("dispute", "cancel", "D1", "--reason", "agreement", "--no-input")
    own(cli, "cancelled", "$nosuch\n")
    before = cli.kept()
    result = cli.run(*words)
    assert result.code == 9
    assert "cancelled.txt:1:1: no such field" in result.stderr
    assert cli.kept() == before
    assert cli.ok(*words, "--no-config").row()["to"] == "cancelled"


# --- text from outside ---


@pytest.mark.parametrize("name", HOSTILE)
def test_text_from_outside_steers_nothing(cli: Cli, name: str) -> None:
    title = HOSTILE[name].strip()
    cli.ok("import", cli.file("hostile.json", json_of(item(title=title, storeName="S", attributes=title))))
    cli.ok("dispute", "open", LAMP, "--reason", "late", "--note", title)
    cli.ok("dispute", "message", "D1", "--", f"m {title}")
    for words in (("draft", "D1", "summary"), ("messages", "D1")):
        assert steering(cli.ok("dispute", *words, tty=True, env={"NO_COLOR": "1"}).stdout) == set(), words
    piped = cli.ok("dispute", "draft", "D1", "summary").stdout
    assert not set(piped) & set("\x1b\x9b\x07\x08\r\u202e\u2066\u2028")
    assert (
        cli.ok("dispute", "draft", "D1", "summary", "--json").json()["draft"]["text"].count("TIMELINE") == 1
    )


def test_an_emoji_stays_in_one_piece_in_a_pipe(cli: Cli) -> None:
    opened(cli).ok("dispute", "message", "D1", "sorry ❤️ 👩‍👩‍👧")
    assert "sorry ❤️ 👩‍👩‍👧\n" in cli.ok("dispute", "draft", "D1", "summary").stdout


@pytest.mark.parametrize("text", ["$order", "${order}", "[$title]", "$*messages", "{order}", "$$", "]", "|"])
def test_a_seller_s_text_brings_no_fields(cli: Cli, text: str) -> None:
    opened(cli).ok("dispute", "message", "D1", text)
    assert f", seller: {text}\n" in cli.ok("dispute", "draft", "D1", "summary").stdout


# --- the conversation ---


def talked(cli: Cli) -> Cli:
    opened(cli).ok("dispute", "message", "D1", "--from", "buyer", "--at", "2026-11-20", "Where is it?")
    cli.ok("dispute", "message", "D1", "--at", "2026-11-18T09:30", "Hello,\n\nplease wait.")
    return cli


def test_the_conversation_is_in_the_order_it_was_said(cli: Cli) -> None:
    rows = talked(cli).ok("dispute", "messages", "D1").rows()
    assert [(row["at"], row["from"], row["text"]) for row in rows] == [
        ("2026-11-18T09:30:00Z", "seller", "Hello,\\n\\nplease wait."),
        ("2026-11-20", "buyer", "Where is it?"),
    ]


def test_the_conversation_has_the_rows_of_the_export(cli: Cli) -> None:
    talked(cli)
    exported = cli.ok("export", "messages", "--format", "json").json()["messages"]
    shown = cli.ok("dispute", "messages", "D1", "--json").json()["messages"]
    assert [row["seq"] for row in shown] == [3, 2]
    assert sorted(shown, key=lambda row: row["seq"]) == sorted(exported, key=lambda row: row["seq"])


def test_a_terminal_shows_every_text_whole(cli: Cli) -> None:
    long = "word " * 60 + "end"
    talked(cli).ok("dispute", "message", "D1", long)
    shown = cli.ok("dispute", "messages", "D1", tty=True, env={"NO_COLOR": "1", "COLUMNS": "60"})
    assert shown.stdout.startswith(
        "2026-11-18 09:30  seller\n  Hello,\n\n  please wait.\n\n2026-11-20  buyer\n"
    )
    assert " ".join(shown.stdout.split()).endswith(long)
    assert max(map(len, shown.stdout.splitlines())) <= 60
    assert shown.stderr == "3 messages\n"


def test_a_terminal_shows_a_table_where_fields_are_chosen(cli: Cli) -> None:
    shown = talked(cli).ok(
        "dispute", "messages", "D1", "--fields", "from,seq", tty=True, env={"NO_COLOR": "1"}
    )
    assert [line.split() for line in shown.stdout.splitlines()] == [
        ["FROM", "SEQ"],
        ["seller", "3"],
        ["buyer", "2"],
    ]


def test_nothing_said_is_an_empty_list(cli: Cli) -> None:
    opened(cli)
    assert cli.ok("dispute", "messages", "D1").rows() == []
    assert cli.ok("dispute", "messages", "D1", tty=True).stderr == "0 messages\n"


# --- help ---


@pytest.mark.parametrize("kind", KINDS)
def test_help_prints_a_template_to_begin_with(cli: Cli, kind: str) -> None:
    printed = cli.ok("help", "drafts", kind).stdout
    assert printed == source_of(kind)
    answered(cli)
    ours = cli.ok("dispute", "draft", "D1", kind).stdout
    own(cli, kind, printed)
    assert cli.ok("dispute", "draft", "D1", kind).stdout == ours


def test_help_tells_where_templates_of_one_s_own_go(cli: Cli) -> None:
    shown = cli.ok("help", "drafts", tty=True, env={"COLUMNS": "200", "NO_COLOR": "1"}).stdout
    assert shown.endswith(f"Keep it in           {cli.config.parent / 'drafts'}\n")
    assert (
        "the seller's newest answer: refund, partial_refund, return_and_refund, replacement, refusal" in shown
    )


@pytest.mark.parametrize(
    ("field", "words"), [("$answer_days", "0, 1"), ("$days_late", "1"), ("$quantity", "1")]
)
def test_a_number_is_not_said_to_be_one_of_two(cli: Cli, field: str, words: str) -> None:
    meanings = [row["meaning"] for row in cli.ok("help", "drafts").rows() if row["name"] == field]
    assert any(told.endswith(f": a number, which can be compared with {words}") for told in meanings)


@pytest.mark.parametrize("place", range(7))
def test_the_grammar_shown_can_be_used(cli: Cli, place: int) -> None:
    from dispcli.commands.help.drafts import GRAMMAR

    answered(cli)
    example, _ = GRAMMAR[place]
    text = cli.ok("dispute", "draft", "D1", "--template", "-", stdin=f"x {example} y").stdout
    assert text.startswith("x ")
    assert text.endswith(" y\n")


def test_an_import_of_orders_reads_no_template(cli: Cli) -> None:
    own(cli, "cancelled", "$nosuch")
    assert cli.ok("import", cli.file("shopper.csv", SHOPPER)).row()["orders_new"] == "5"
