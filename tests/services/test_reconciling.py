"""Random files between random steps of a person: what an import may do to a ledger, and what never."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispcli.core.facts import Claim, Due, Message, Offer, Settlement
from dispcli.core.machine import Change, Intent, decide
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.recording import Stamp
from dispcli.core.states import FINAL, Action, Outcome, Party, State
from dispcli.core.told import Sight, ToldDispute, ToldRefund
from dispcli.core.words import Standing
from dispcli.ledger.ledger import Ledger
from dispcli.services.brought import Brought
from dispcli.services.importing import Importer, gather
from tests.ledger.builders import AT, append, dispute_in, dump, open_dispute, order, problems, writing

NUMBER = "3069099405659913"
LINES = (NewLine("Desk lamp", platform_id="L1"), NewLine("Bulb", platform_id="L2"))
CLAIM = Claim("late", "refund", Money(10_00, "USD"))
PROGRESS = (State.OPENED, State.ANSWERED, State.ESCALATED, State.AGREED, State.RETURNING, State.SETTLING)
WORDS: dict[str, tuple[Standing, ...]] = {
    **{state: (Standing(state),) for state in (*PROGRESS, State.CANCELLED)},
    "refunded": (Standing(State.RESOLVED, Outcome.REFUNDED),),
    "rejected": (Standing(State.RESOLVED, Outcome.REJECTED),),
    "processing": tuple(map(Standing, PROGRESS)),
    "ended": (Standing(State.RESOLVED), Standing(State.CANCELLED)),
    "pondering": (),
}
ONE_STATE = [word for word, standings in WORDS.items() if len(standings) == 1]


def day(number: int) -> str:
    return f"2026-11-{number:02}T10:00:00Z"


def told(word: str, seen: int, **more: object) -> ToldDispute:
    facts = {
        "marketplace": "aliexpress",
        "order": NUMBER,
        "platform_id": "P1",
        "claim": CLAIM,
        "opened": day(5),
        "sight": Sight(word, WORDS[word]),
        "seen_at": day(seen),
        "line": LINES[0],
    }
    return ToldDispute(**(facts | more))


def bring(path: Path, *things: ToldDispute | ToldRefund) -> list[Brought]:
    """Have these imported as one file."""
    with Ledger.open(path) as ledger:
        importer = Importer(ledger, Stamp(AT, "ada", "import"), rehearse=False)
        with importer.transaction():
            return importer.store(gather(things), "import f")


def act(path: Path, action: Action, party: Party, **said: object) -> None:
    """What a person records, wherever the rules allow it."""
    with writing(path) as ledger:
        for dispute_id in (1, 2):
            if found := dispute_in(ledger, dispute_id):
                change = decide(found.position, Intent(action, party, **said))
                if isinstance(change, Change):
                    append(ledger, found, [change])


def ends(path: Path) -> dict[int, tuple[str, str | None]]:
    """The disputes that are final, and how they ended."""
    rows = dump(path)["disputes"]
    with Ledger.open(path) as ledger, ledger.reading():
        found = [dispute_in(ledger, row[0]) for row in rows]
    return {one.id: (one.state, one.outcome) for one in found if one and one.state in FINAL}


moments = st.integers(6, 24)
happenings = st.one_of(
    st.builds(
        lambda action, n: Intent(action[0], action[1], fact=action[2], to=action[3], happened_at=day(n)),
        st.sampled_from(
            [
                (Action.ANSWER, Party.SELLER, Offer("refund", Money(5_00, "USD")), None),
                (Action.ANSWER, Party.SELLER, Offer(), None),
                (Action.REVISE, Party.BUYER, Claim("damaged", "refund"), None),
                (Action.ACCEPT, Party.BUYER, None, None),
                (Action.CONCEDE, Party.SELLER, None, None),
                (Action.ESCALATE, Party.BUYER, None, None),
                (Action.DECIDE, Party.PLATFORM, None, State.AGREED),
                (Action.NOTE, Party.SELLER, Message(Party.SELLER, "please wait"), None),
            ]
        ),
        moments,
    ),
)


@st.composite
def files(draw: st.DrawFn) -> ToldDispute:
    """A dispute as some file tells it: a word, an age, a past, dates that are told as of the file's time."""
    seen = draw(moments)
    past = sorted(draw(st.lists(happenings, max_size=3)), key=lambda intent: intent.happened_at or "")
    if draw(st.booleans()):
        past.append(
            Intent(Action.NOTE, Party.PLATFORM, fact=Due(Party.BUYER, day(28)), happened_at=day(seen))
        )
    if draw(st.booleans()):
        offer = Offer("refund", Money(draw(st.sampled_from([3_00, 4_00])), "USD"))
        past.append(Intent(Action.ANSWER, Party.SELLER, fact=offer, happened_at=day(seen)))
    return told(
        draw(st.sampled_from(list(WORDS))),
        seen,
        platform_id=draw(st.sampled_from(["P1", "P1", "P2"])),
        opened=day(draw(st.integers(1, 6))),
        line=draw(st.sampled_from([LINES[0], LINES[0], LINES[1], None])),
        aliases=draw(st.sampled_from([(), ("R1",), ("P1",)])),
        history=tuple(past),
    )


refunds = st.builds(
    lambda n, minor, name: ToldRefund("aliexpress", NUMBER, Money(minor, "USD"), name, day(n), day(n)),
    moments,
    st.sampled_from([5_00, 10_00]),
    st.sampled_from(["R-1", "R-2"]),
)
acts = st.tuples(
    st.sampled_from(
        [
            (Action.ANSWER, Party.SELLER, {"fact": Offer("refund", Money(7_00, "USD"))}),
            (Action.CONCEDE, Party.SELLER, {}),
            (Action.ESCALATE, Party.BUYER, {}),
            (Action.REQUEST_CANCEL, Party.BUYER, {"reason": "received-ok"}),
            (Action.KEEP, Party.BUYER, {}),
            (Action.CONFIRM_CANCEL, Party.BUYER, {}),
            (Action.LAPSE, Party.TIME, {"outcome": Outcome.EXPIRED}),
            (Action.REVISE, Party.BUYER, {"fact": CLAIM}),
            (Action.NOTE, Party.BUYER, {"fact": Settlement("refund", "received", Money(5_00, "USD"))}),
        ]
    ),
    st.none() | st.integers(4, 20).map(day),
)


def play(path: Path, steps: list) -> None:
    """The steps; after each import, that the same again adds nothing and what was final is as it was."""
    for step in steps:
        if isinstance(step, tuple) and len(step) == 2:
            (action, party, more), when = step
            act(path, action, party, happened_at=when, **more)
            continue
        before = ends(path)
        bring(path, step)
        assert before.items() <= ends(path).items()
        once = dump(path)
        again = bring(path, step)
        assert dump(path) == once
        assert all(one.fate in ("same", "conflict") for one in again)
    assert problems(path) == []


@settings(max_examples=150)
@given(by_hand=st.sampled_from([None, "hand", "alias"]), steps=st.lists(files() | refunds | acts, max_size=8))
def test_twice_is_once_and_what_is_final_stays(by_hand: str | None, steps: list) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with writing(path) as ledger:
            order_id = ledger.add_order(order(NUMBER, lines=LINES), AT)
            if by_hand:
                open_dispute(ledger, order_id, 1, platform_id="R1" if by_hand == "alias" else None)
        play(path, steps)


def after(*things: ToldDispute) -> list[tuple[str, str | None]]:
    """How the disputes stand in a new ledger that is told these, one file after the other."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with writing(path) as ledger:
            ledger.add_order(order(NUMBER, lines=LINES), AT)
        for thing in things:
            bring(path, thing)
        with Ledger.open(path) as ledger, ledger.reading():
            found = [dispute_in(ledger, row[0]) for row in dump(path)["disputes"]]
        return [(one.state, one.outcome) for one in found if one]


@pytest.mark.parametrize("later", ONE_STATE)
@pytest.mark.parametrize("earlier", [word for word in ONE_STATE if WORDS[word][0].state not in FINAL])
def test_the_newer_of_two_files_counts_in_whichever_order_they_come(earlier: str, later: str) -> None:
    older, newer = told(earlier, 10), told(later, 12)
    shown = WORDS[later][0]
    assert after(older, newer) == after(newer, older) == [(shown.state, shown.outcome)]


@pytest.mark.parametrize("word", WORDS)
def test_a_dispute_whose_order_or_line_is_not_known_is_a_mistake(tmp_path: Path, word: str) -> None:
    path = tmp_path / "ledger.db"
    with writing(path) as ledger:
        ledger.add_order(order(NUMBER, lines=LINES), AT)
    (lost,) = bring(path, told(word, 10, order="999999"))
    assert lost.problem == "dispute P1: its order 999999 is not known"
    (strange,) = bring(path, told(word, 10, line=NewLine("Vase", platform_id="L9")))
    assert strange.problem == f"dispute P1: order {NUMBER} has no such line"
    assert dump(path)["disputes"] == []
