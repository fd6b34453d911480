"""`--resume NAME`: run again, it goes on where it ended; what was done must stand in the input unchanged."""

import fcntl
import os
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from tests.batch.batches import (
    BAD,
    Operation,
    cancel,
    items,
    message,
    messages,
    ndjson,
    select,
    states,
    statuses,
    texts,
    told,
)
from tests.cli.harness import Cli, Result, command
from tests.cli.samples import KETTLE, answered

MODES = {"atomic": (), "keep-going": ("--keep-going",)}
DEADLINE = 30
AB = [message("a"), message("b")]
REFUSED = {"op": "keep", "order": "D1"}
OPEN_KETTLE = {"op": "open", "order": KETTLE, "reason": "late"}

every_mode = pytest.mark.parametrize("mode", MODES.values(), ids=MODES)


def resumed(cli: Cli, content: str | bytes, *more: str, name: str = "monday") -> Result:
    return cli.run("batch", "--resume", name, *more, stdin=content)


def well(result: Result) -> Result:
    assert result.code == 0, result
    return result


def nothing_more(result: Result, before: int) -> None:
    """It ended well, did nothing, and says that all was done before."""
    assert (result.code, result.stdout) == (0, ""), result
    assert result.stderr == f"0 lines; {before} were read before, and are left out\n"


def bookmark(cli: Cli, name: str = "monday") -> int | None:
    """How far the batch has come."""
    found = select(cli.ledger, "SELECT name, lines FROM batches")
    return dict(found).get(name)


class Fed:
    """The program, reading a pipe that is written piece by piece."""

    def __init__(self, process: "subprocess.Popen[bytes]", reading: int, writing: int) -> None:
        self.process = process
        self._reading, self._writing = reading, writing

    def write(self, piece: str | bytes) -> None:
        """Write this, and wait until the program has taken it: what is written next comes apart from it."""
        os.write(self._writing, piece.encode() if isinstance(piece, str) else piece)
        until = time.monotonic() + DEADLINE
        while self._unread() and self.process.poll() is None:
            assert time.monotonic() < until, "it doesn't read"
            time.sleep(0.001)

    def _unread(self) -> int:
        told = fcntl.ioctl(self._reading, termios.FIONREAD, struct.pack("i", 0))
        return int(struct.unpack("i", told)[0])

    def end(self) -> Result:
        """No more is written; how it ends."""
        os.close(self._writing)
        self._writing = -1
        return self.ended()

    def ended(self) -> Result:
        out, err = self.process.communicate(timeout=DEADLINE)
        return Result(self.process.returncode, out.decode(), err.decode())

    def close(self) -> None:
        self.process.kill()
        os.close(self._reading)
        if self._writing >= 0:
            os.close(self._writing)


@contextmanager
def feeding(cli: Cli, *args: str) -> Iterator[Fed]:
    reading, writing = os.pipe()
    with subprocess.Popen(
        command("batch", "--resume", "monday", *args),
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=cli.env,
        cwd=cli.home,
    ) as process:
        fed = Fed(process, reading, writing)
        try:
            yield fed
        finally:
            fed.close()


def in_pieces(cli: Cli, *pieces: str | bytes, mode: tuple[str, ...] = ()) -> Result:
    with feeding(cli, *mode) as fed:
        for piece in pieces:
            fed.write(piece)
        return fed.end()


# --- the same again, and more ---


@every_mode
def test_the_same_again_does_nothing_twice(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    lines = ndjson(*AB, OPEN_KETTLE, cancel())
    assert statuses(well(resumed(cli, lines, "--yes", *mode))) == ["changed"] * 4
    before = cli.kept()
    for _ in range(2):
        nothing_more(resumed(cli, lines, "--yes", *mode), 4)
    assert cli.kept() == before
    assert texts(cli) == ["a", "b"]
    assert states(cli) == ["cancelled", "opened"]


@every_mode
def test_without_the_name_the_same_lines_are_done_again(cli: Cli, mode: tuple[str, ...]) -> None:
    """What the name is for."""
    answered(cli)
    well(resumed(cli, ndjson(*AB), *mode))
    assert statuses(cli.run("batch", *mode, stdin=ndjson(*AB))) == ["changed", "changed"]
    assert texts(cli) == ["a", "b", "a", "b"]


@every_mode
def test_a_file_and_a_pipe_are_the_same_input(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    name = cli.file("steps.ndjson", ndjson(*AB))
    well(cli.call("batch", name, "--resume", "monday", *mode))
    nothing_more(resumed(cli, ndjson(*AB), *mode), 2)


@every_mode
def test_of_an_input_that_has_grown_only_the_new_lines_are_done(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    lines = [*AB, message("c"), OPEN_KETTLE, message("d", KETTLE)]
    for done, until in ((0, 1), (1, 2), (2, 3), (3, 5)):
        result = well(resumed(cli, ndjson(*lines[:until]), *mode))
        assert told(result, "line", "status") == [(line, "changed") for line in range(done + 1, until + 1)]
        assert ("read before" in result.stderr) is bool(done)
        assert bookmark(cli) == until
    assert texts(cli) == ["a", "b", "c", "d"]
    nothing_more(resumed(cli, ndjson(*lines), *mode), 5)


@every_mode
def test_a_last_line_without_an_end_may_get_one_and_more_lines(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB).rstrip(), *mode))
    assert told(well(resumed(cli, ndjson(*AB, message("c")), *mode)), "line") == [3]
    assert texts(cli) == ["a", "b", "c"]


@every_mode
@pytest.mark.parametrize("done", [1, 999, 1000, 1001, 1500, 2500])
def test_it_goes_on_in_the_midst_of_many_lines(cli: Cli, done: int, mode: tuple[str, ...]) -> None:
    answered(cli)
    lines = messages(2600)
    well(resumed(cli, ndjson(*lines[:done]), *mode))
    result = well(resumed(cli, ndjson(*lines), *mode))
    assert told(result, "line") == list(range(done + 1, 2601))
    assert result.stderr.endswith(f"; {done} were read before, and are left out\n")
    assert texts(cli) == [operation["text"] for operation in lines]


@pytest.mark.parametrize("first", MODES)
@pytest.mark.parametrize("second", MODES)
def test_how_it_was_run_before_does_not_matter(cli: Cli, first: str, second: str) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB), *MODES[first]))
    assert told(well(resumed(cli, ndjson(*AB, message("c")), *MODES[second])), "line") == [3]
    nothing_more(resumed(cli, ndjson(*AB, message("c")), *MODES[first]), 3)


# --- another input ---

DONE = ndjson(message("a"), OPEN_KETTLE, message("b"))
OTHERS = {
    "the first line": DONE.replace('"a"', '"A"'),
    "the last line": DONE.replace('"b"', '"B"'),
    "the order of the lines": "".join(reversed(DONE.splitlines(keepends=True))),
    "a space": DONE.replace('"op": "open"', '"op":  "open"'),
    "a line before": ndjson(message("z")) + DONE,
    "a blank line before": f"\n{DONE}",
    "a line in between": DONE.replace("\n", "\n" + ndjson(message("z")), 1),
    "a line less in between": DONE.replace(ndjson(OPEN_KETTLE), ndjson(message("z"))),
    "a longer last line": f"{DONE.rstrip()} {{}}\n",
    "something else": ndjson(*messages(3, KETTLE)),
    "a table": "op,order,text\nmessage,D1,a\nmessage,D1,b\n",
}


@every_mode
@pytest.mark.parametrize("grown", [False, True], ids=["as long", "grown"])
@pytest.mark.parametrize("case", OTHERS)
def test_another_beginning_is_refused(cli: Cli, case: str, grown: bool, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, DONE, *mode))
    before = cli.kept()
    more = "message,D1,new\n" if case == "a table" else ndjson(message("new"))
    result = resumed(cli, OTHERS[case] + (more if grown else ""), *mode)
    assert (result.code, result.stdout) == (4, "")
    assert "the first 3 lines are not those that batch 'monday' has done" in result.stderr
    assert cli.kept() == before


@every_mode
def test_another_beginning_is_refused_however_far_back_it_is(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    lines = ndjson(*messages(2500))
    well(resumed(cli, lines, *mode))
    before = cli.kept()
    result = resumed(cli, lines.replace('"message 0"', '"another"') + ndjson(message("new")), *mode)
    assert (result.code, result.stdout) == (4, "")
    assert cli.kept() == before


FEWER = {
    "a line less": ndjson(*AB),
    "the first line": ndjson(message("a")),
    "half of the last line": ndjson(*AB) + ndjson(message("c"))[:20],
    "a blank last line": f"{ndjson(*AB)}\n",
    "nothing": "",
    "a blank line": "\n",
    "other lines": ndjson(message("x")),
}


@every_mode
@pytest.mark.parametrize("case", FEWER)
def test_fewer_lines_are_refused(cli: Cli, case: str, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB, message("c")), *mode))
    before = cli.kept()
    result = resumed(cli, FEWER[case], *mode)
    assert (result.code, result.stdout) == (4, "")
    assert "'monday'" in result.stderr
    assert cli.kept() == before


@every_mode
def test_what_is_refused_is_an_error_for_programs(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB), *mode))
    error = resumed(cli, ndjson(message("x"), message("y")), "-o", "ndjson", *mode).error()
    assert (error["code"], error["exit_code"]) == ("other-batch", 4)
    assert "another name" in error["hint"]


@every_mode
def test_after_a_refusal_the_right_input_goes_on(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB), *mode))
    assert resumed(cli, ndjson(message("x"), message("y")), *mode).code == 4
    assert told(well(resumed(cli, ndjson(*AB, message("c")), *mode)), "line") == [3]


@pytest.mark.parametrize("name", ["", "a\nb", "\x1b[31m", "x" * 129])
def test_what_is_no_name_is_wrong_usage(cli: Cli, name: str) -> None:
    answered(cli)
    before = cli.kept()
    assert resumed(cli, ndjson(*AB), name=name).code == 2
    assert cli.kept() == before


# --- blank lines, and pieces ---

BLANKS = {
    "at once": (ndjson(*AB) + "\n\n",),
    "apart": (ndjson(*AB), "\n\n"),
    "each apart": (*map(ndjson, AB), "\n", "\n"),
    "one with the last line": (ndjson(*AB) + "\n", "\n"),
    "the end of the last line apart": (ndjson(*AB).rstrip(), "\n\n\n"),
    "with spaces": (ndjson(*AB), "\n  ", "\n"),
}
PLAIN = [case for case in BLANKS if case not in ("with spaces", "each apart")]


@every_mode
@pytest.mark.parametrize("first", BLANKS)
def test_blank_lines_at_the_end_may_come_at_once_or_apart(
    cli: Cli, first: str, mode: tuple[str, ...]
) -> None:
    answered(cli)
    assert statuses(well(in_pieces(cli, *BLANKS[first], mode=mode))) == ["changed", "changed"]
    for again in [first] if first == "with spaces" else ["at once", "apart"]:
        nothing_more(in_pieces(cli, *BLANKS[again], mode=mode), 2)
    more = "".join(BLANKS[first]) + ndjson(message("c"))
    assert told(well(resumed(cli, more, *mode)), "line") == [5]
    assert texts(cli) == ["a", "b", "c"]


@every_mode
@pytest.mark.parametrize("follower", ["", "\n", ndjson(message("c"))], ids=["nothing", "one", "a line"])
def test_how_blank_lines_came_makes_no_difference_to_what_may_follow(
    cli: Cli, follower: str, mode: tuple[str, ...]
) -> None:
    """Here the input that comes next has other blank lines at that place, or none."""
    answered(cli)
    codes = {}
    for case in PLAIN:
        name = ("--resume", case)
        well(in_pieces(cli, *BLANKS[case], mode=(*mode, *name)))
        codes[case] = cli.run("batch", *mode, *name, stdin=ndjson(*AB) + follower).code
    assert len(set(codes.values())) == 1, codes


@every_mode
@pytest.mark.parametrize("content", ["", "\n", "\n\n  \n"])
def test_an_input_that_begins_blank_goes_on_when_lines_come(
    cli: Cli, content: str, mode: tuple[str, ...]
) -> None:
    answered(cli)
    assert well(resumed(cli, content, *mode)).stdout == ""
    assert statuses(well(resumed(cli, content + ndjson(*AB), *mode))) == ["changed", "changed"]
    nothing_more(resumed(cli, content + ndjson(*AB), *mode), 2)
    assert texts(cli) == ["a", "b"]


LINES = ndjson(*AB, message("über und unter"), message("c"))


@every_mode
@pytest.mark.parametrize("size", [1, 7, 40, 71])
def test_lines_may_come_in_any_pieces(cli: Cli, size: int, mode: tuple[str, ...]) -> None:
    """Wherever the input is cut, the same lines are done and known again."""
    answered(cli)
    content = LINES.encode()
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert statuses(well(in_pieces(cli, *pieces, mode=mode))) == ["changed"] * 4
    nothing_more(in_pieces(cli, *pieces, mode=mode), 4)
    nothing_more(resumed(cli, LINES, *mode), 4)
    grown = well(in_pieces(cli, *pieces, ndjson(message("d")), mode=mode))
    assert told(grown, "line") == [5]


TABLE = 'op,order,text\nmessage,D1,a\nmessage,D1,"two\nor ""three""\n\nlines"\nmessage,D1,b\n'
ROWS = ["a", 'two\nor "three"\n\nlines', "b"]
CUTS = {
    "after the header": ("op,order,text\n",),
    "after each line": tuple(TABLE.splitlines(keepends=True))[:-1],
    "before the quote": (TABLE[: TABLE.index('"two')],),
    "in the quoted cell": (TABLE[: TABLE.index("wo\n")],),
    "after its first line": (TABLE[: TABLE.index("or ")],),
    "in a doubled quote": (TABLE[: TABLE.index('"three')],),
    "at its blank line": (TABLE[: TABLE.index("\nlines")],),
    "before the quote ends": (TABLE[: TABLE.index('"\nmessage,D1,b')],),
    "after the quote": (TABLE[: TABLE.index('"\nmessage,D1,b') + 1],),
}


def cut(case: str) -> list[str]:
    """The table in these pieces."""
    beginnings = CUTS[case]
    return [*beginnings, TABLE[len("".join(beginnings)) :]]


@every_mode
@pytest.mark.parametrize("case", CUTS)
def test_a_quoted_cell_over_several_lines_may_come_in_pieces(
    cli: Cli, case: str, mode: tuple[str, ...]
) -> None:
    answered(cli)
    assert "".join(cut(case)) == TABLE
    assert told(well(in_pieces(cli, *cut(case), mode=mode)), "line", "status") == [
        (2, "changed"),
        (3, "changed"),
        (7, "changed"),
    ]
    assert texts(cli) == ROWS
    nothing_more(in_pieces(cli, *cut(case), mode=mode), 3)
    nothing_more(resumed(cli, TABLE, *mode), 3)
    grown = well(in_pieces(cli, *cut(case), 'message,D1,"c\n', 'd"\n', mode=mode))
    assert told(grown, "line") == [8]
    assert texts(cli) == [*ROWS, "c\nd"]


@pytest.mark.parametrize("case", CUTS)
def test_what_is_stopped_in_a_quoted_cell_goes_on_with_its_row(cli: Cli, case: str) -> None:
    """Until the row is whole it is not done, so the bookmark stands before it."""
    answered(cli)
    *beginnings, _ = cut(case)
    with feeding(cli, "--keep-going") as fed:
        for piece in beginnings:
            fed.write(piece)
        if "message,D1,a\n" in "".join(beginnings):
            assert b'"line":2' in fed.process.stdout.readline()
        fed.process.send_signal(signal.SIGINT)
        assert fed.ended().code == 130
    done = len(texts(cli))
    assert texts(cli) == ROWS[:done]
    assert told(well(resumed(cli, TABLE, "--keep-going")), "line") == [2, 3, 7][done:]
    assert texts(cli) == ROWS


# --- a last line without a line end ---

LONGER = {"op": "message", "order": "D1", "text": "x" * 1024 * 1024}


class Cut(NamedTuple):
    """An input, how much of it was there at first, a line that is not whole, what it tells at last."""

    content: str
    beginning: str
    line: int
    texts: list[str]


def upto(content: str, before: str, line: int, texts: list[str]) -> Cut:
    return Cut(content, content[: content.rindex(before)], line, texts)


CSV = "op,order,text\nmessage,D1,a\n"
TSV = CSV.replace(",", "\t")
NOT_WHOLE = {
    "an object": upto(ndjson(*AB), 'ge"', 2, ["a", "b"]),
    "an object that says nothing yet": upto(ndjson(*AB), '"op"', 2, ["a", "b"]),
    "the first cell": upto(f"{CSV}message,D1,long\n", "ge,", 3, ["a", "long"]),
    "the last cell": upto(f"{CSV}message,D1,long\n", "ng", 3, ["a", "long"]),
    "the last cell of TSV": upto(f"{TSV}message\tD1\tlong\n", "ng", 3, ["a", "long"]),
    "nothing but the line end": upto(f"{CSV}message,D1,long\n", "\n", 3, ["a", "long"]),
    "an order that would be another": upto("op,text,order\nmessage,a,D1\nmessage,b,D12\n", "2", 3, ["a"]),
    "an open quote": upto(TABLE, "or ", 3, ROWS),
    "a line too long": upto(ndjson(message("a"), message("x" * 1024 * 1024)), "\n", 2, ["a"]),
}


@pytest.mark.parametrize("case", NOT_WHOLE)
def test_what_is_not_whole_yet_is_told_each_time_and_done_once_it_is(cli: Cli, case: str) -> None:
    content, beginning, line, in_the_end = NOT_WHOLE[case]
    answered(cli)
    for _ in range(2):
        result = resumed(cli, beginning, "--keep-going")
        assert (result.code, told(result, "line", "status")[-1]) == (7, (line, "invalid"))
        assert texts(cli) == in_the_end[:1]
    assert told(resumed(cli, content, "--keep-going"), "line")[0] == line
    assert texts(cli) == in_the_end
    assert resumed(cli, content, "--keep-going").stdout == ""


@pytest.mark.parametrize("case", NOT_WHOLE)
def test_of_all_or_nothing_it_is_nothing_until_the_last_line_is_whole(cli: Cli, case: str) -> None:
    answered(cli)
    result = resumed(cli, NOT_WHOLE[case].beginning)
    assert (result.code, statuses(result)[-1]) == (9, "invalid")
    assert (texts(cli), bookmark(cli)) == ([], None)


GROWN = {
    "objects": ndjson(message("a é"), message("b\nc"), message("last")),
    "CSV": 'op,order,text\r\nmessage,D1,a é\r\nmessage,D1,"b\nc"\r\nmessage,D1,last\r\n',
    "TSV": "op\torder\ttext\nmessage\tD1\ta é\nmessage\tD1\tb\\nc\nmessage\tD1\tlast\n",
}


@pytest.mark.parametrize("form", GROWN)
def test_wherever_it_was_cut_off_the_next_run_does_exactly_the_rest(cli: Cli, form: str) -> None:
    answered(cli)
    content = GROWN[form].encode()
    for place in range(len(content)):
        before = len(texts(cli))
        resumed(cli, content[:place], "--keep-going", name=f"cut at {place}")
        well(resumed(cli, content, "--keep-going", name=f"cut at {place}"))
        assert texts(cli)[before:] == ["a é", "b\nc", "last"], place


def test_a_line_that_is_not_whole_yet_says_so(cli: Cli) -> None:
    answered(cli)
    for case in NOT_WHOLE.keys() - {"an open quote"}:
        result = resumed(cli, NOT_WHOLE[case].beginning, "--keep-going", name=case)
        assert told(result, "message")[-1].endswith(
            "it has no line end yet; it is read again when it has one"
        ), case


def test_a_line_that_is_not_whole_yet_is_not_among_those_that_failed(cli: Cli) -> None:
    """It would be done twice: once mended, once by the next run."""
    answered(cli)
    target = cli.home.parent / "failed"
    content = ndjson(message("a"), REFUSED) + '{"op":"mess'
    assert resumed(cli, content, "--keep-going", "--failed", str(target)).code == 7
    assert target.read_text() == ndjson(REFUSED)


@every_mode
def test_a_whole_object_needs_no_line_end(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    content = ndjson(*AB)
    well(resumed(cli, content[:-1], *mode))
    assert (texts(cli), bookmark(cli)) == (["a", "b"], 2)
    nothing_more(resumed(cli, content, *mode), 2)


@every_mode
def test_a_line_that_was_done_and_has_gone_on_is_refused(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    content = ndjson(*AB)
    well(resumed(cli, content[:-1], *mode))
    result = resumed(cli, content[:-1] + '{"op":"done"}\n' + ndjson(message("c")), *mode)
    assert result.code == 4
    assert "the first 2 lines are not those that batch 'monday' has done" in result.stderr
    assert texts(cli) == ["a", "b"]


@every_mode
def test_without_a_name_a_last_row_needs_no_line_end(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    cli.ok("batch", *mode, stdin="op,order,text\nmessage,D1,a\nmessage,D1,b")
    assert texts(cli) == ["a", "b"]


# --- what moves the bookmark, and what doesn't ---


@every_mode
def test_two_names_are_two_batches(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    well(resumed(cli, ndjson(*AB), *mode))
    assert statuses(well(resumed(cli, ndjson(message("x")), *mode, name="tuesday"))) == ["changed"]
    assert statuses(well(resumed(cli, ndjson(*AB), *mode, name="Monday"))) == ["changed", "changed"]
    nothing_more(resumed(cli, ndjson(*AB), *mode), 2)
    assert told(well(resumed(cli, ndjson(message("x"), message("y")), *mode, name="tuesday")), "line") == [2]
    assert resumed(cli, ndjson(message("x")), *mode).code == 4
    assert texts(cli) == ["a", "b", "x", "a", "b", "y"]


@every_mode
def test_a_dry_run_does_not_move_it(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    before = cli.kept()
    for _ in range(2):
        tried = well(resumed(cli, ndjson(*AB), "--dry-run", *mode))
        assert told(tried, "line", "dry_run") == [(1, True), (2, True)]
        assert cli.kept() == before
    well(resumed(cli, ndjson(*AB), *mode))
    before = cli.kept()
    for _ in range(2):
        tried = well(resumed(cli, ndjson(*AB, message("c")), "--dry-run", *mode))
        assert told(tried, "line", "dry_run") == [(3, True)]
        assert cli.kept() == before
    assert resumed(cli, ndjson(message("x"), message("y")), "--dry-run", *mode).code == 4
    assert told(well(resumed(cli, ndjson(*AB, message("c")), *mode)), "line") == [3]
    assert texts(cli) == ["a", "b", "c"]


FAILURES: dict[str, tuple[str, int]] = {
    "refused": (ndjson(REFUSED), 4),
    "not there": (ndjson(message("nobody", "D9")), 4),
    "no JSON": (f"{BAD}\n", 9),
    "not confirmed": (ndjson(cancel()), 6),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failed_atomic_batch_does_not_move_it(cli: Cli, case: str) -> None:
    line, code = FAILURES[case]
    answered(cli)
    for done, lines in ((0, AB), (2, [*AB, message("c")])):
        before = cli.kept()
        for _ in range(2):
            assert resumed(cli, ndjson(*lines) + line).code == code
            assert cli.kept() == before
        result = well(resumed(cli, ndjson(*lines)))
        assert told(result, "line") == list(range(done + 1, len(lines) + 1))
    assert texts(cli) == ["a", "b", "c"]


def test_what_was_not_confirmed_goes_on_when_it_is(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(*AB, cancel())
    assert resumed(cli, lines).code == 6
    assert statuses(well(resumed(cli, lines, "--yes"))) == ["changed"] * 3
    nothing_more(resumed(cli, lines, "--yes"), 3)


@pytest.mark.parametrize("case", [case for case in FAILURES if case != "not confirmed"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_keep_going_batch_with_lines_that_fail_moves_it(cli: Cli, case: str, place: int) -> None:
    line, _ = FAILURES[case]
    answered(cli)
    lines = ndjson(*AB).splitlines(keepends=True)
    lines.insert(place, line)
    first = resumed(cli, "".join(lines), "--keep-going")
    assert first.code == 7
    assert [item["line"] for item in items(first) if item["status"] != "changed"] == [place + 1]
    before = cli.kept()
    nothing_more(resumed(cli, "".join(lines), "--keep-going"), 3)
    nothing_more(resumed(cli, "".join(lines), "--keep-going", "--yes"), 3)
    assert cli.kept() == before
    assert told(well(resumed(cli, "".join(lines) + ndjson(message("c")), "--keep-going")), "line") == [4]
    assert texts(cli) == ["a", "b", "c"]


@pytest.mark.parametrize("apart", [False, True], ids=["at once", "apart"])
def test_what_nobody_has_agreed_to_is_not_passed_over(cli: Cli, apart: bool) -> None:
    """Unlike what failed it can be done as it is: with --yes the next run does it, and what came with it."""
    answered(cli)
    pieces = [ndjson(message("a")), ndjson(message("b"), cancel()), ndjson(message("c"))]
    first = in_pieces(cli, *(pieces if apart else ["".join(pieces)]), mode=("--keep-going",))
    assert first.code == 6
    assert "--yes" in first.stderr
    done = 1 if apart else 0
    assert told(first, "line") == [1] * done
    assert (texts(cli), states(cli)) == (["a"] * done, ["answered"])
    assert bookmark(cli) == (done or None)
    before = cli.kept()
    assert resumed(cli, "".join(pieces), "--keep-going").code == 6
    assert cli.kept() == before
    again = well(resumed(cli, "".join(pieces), "--keep-going", "--yes"))
    assert told(again, "line", "status") == [(line, "changed") for line in range(done + 1, 5)]
    assert (texts(cli), states(cli)) == (["a", "b", "c"], ["cancelled"])


def test_a_line_that_failed_is_not_tried_again_though_it_could_be_done_now(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), message("b", KETTLE))
    assert resumed(cli, lines, "--keep-going").code == 7
    cli.ok("dispute", "open", KETTLE, "--reason", "late")
    nothing_more(resumed(cli, lines, "--keep-going"), 2)
    assert texts(cli) == ["a"]


def test_lines_that_all_fail_move_it_too(cli: Cli) -> None:
    answered(cli)
    assert resumed(cli, ndjson(REFUSED, REFUSED), "--keep-going").code == 7
    assert bookmark(cli) == 2
    assert told(well(resumed(cli, ndjson(REFUSED, REFUSED, *AB), "--keep-going")), "line") == [3, 4]


@every_mode
def test_lines_that_change_nothing_move_it_too(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli).ok("batch", stdin=ndjson(message("a")))
    assert statuses(well(resumed(cli, ndjson(message("a")), *mode))) == ["unchanged"]
    nothing_more(resumed(cli, ndjson(message("a")), *mode), 1)


def test_lines_that_were_done_before_are_not_among_those_that_failed(cli: Cli) -> None:
    answered(cli)
    lines: list[Operation] = [message("a"), REFUSED]
    grown = [*lines, message("b"), REFUSED]
    for place, (lines_now, left) in enumerate(((lines, [REFUSED]), (lines, []), (grown, [REFUSED]))):
        target = cli.home.parent / f"failed-{place}"
        result = resumed(cli, ndjson(*lines_now), "--keep-going", "--failed", str(target))
        assert result.code == (7 if left else 0)
        assert target.read_text() == ndjson(*left)
