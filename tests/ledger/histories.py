"""Random legal histories: whatever the table allows, with any facts and any words."""

from hypothesis import strategies as st

from dispcli.core.checks import BLOCKING
from dispcli.core.events import Recorded
from dispcli.core.facts import (
    REMEDIES,
    SETTLEMENT_KINDS,
    SETTLEMENT_STAGES,
    Claim,
    Done,
    Due,
    DueRemoved,
    EvidenceRemoved,
    KnownAs,
    Message,
    Offer,
    Replaced,
    Settlement,
    Sighting,
    Upheld,
)
from dispcli.core.machine import TRANSITIONS, Intent
from dispcli.core.money import Money
from dispcli.core.states import Action, Party, State
from tests.evidence.stores import FILES, evidence

texts = st.text(st.characters(codec="utf-8"), max_size=12)
amounts = st.none() | st.builds(Money, st.integers(-(10**16), 10**16), st.sampled_from(["USD", "JPY", "KWD"]))
days = st.none() | st.sampled_from(["2026-11-19", "2026-11-19T08:00:00Z"])
claims = st.builds(Claim, texts, st.sampled_from(REMEDIES), amounts, st.none() | texts)
parties = st.sampled_from([party for move in TRANSITIONS.values() for party in move.by])
facts = st.one_of(
    st.none(),
    st.builds(Offer, st.none() | st.sampled_from(REMEDIES), amounts),
    st.builds(
        Settlement,
        st.sampled_from(SETTLEMENT_KINDS),
        st.sampled_from(SETTLEMENT_STAGES),
        amounts,
        st.none() | texts,
    ),
    st.builds(Message, parties, texts),
    st.builds(evidence, st.sampled_from(list(FILES.values())), texts, texts),
    st.builds(EvidenceRemoved, st.sampled_from(list(FILES))),
    st.builds(Due, parties, st.sampled_from(["2026-12-01", "2026-12-01T09:00:00Z"])),
    st.builds(Done),
    st.builds(Sighting, texts),
    st.builds(Replaced, st.just(1)),
    st.builds(KnownAs, texts),
    st.just(Upheld()),
)
taken_back = st.builds(DueRemoved, st.sampled_from([Party.BUYER, Party.SELLER, Party.PLATFORM]))
"""What the buyer alone can note, and nobody with any other move."""

basis = st.text(st.characters(exclude_categories=["C"]), max_size=30)
findings = st.lists(
    st.builds(Recorded, st.sampled_from(BLOCKING), st.sampled_from(["block", "warn"]), basis, st.booleans()),
    max_size=2,
).map(tuple)


@st.composite
def steps(draw, position):
    """A move that the table allows from here, with any fact that fits and everything else at random."""
    cells = [(action, move) for (state, action), move in TRANSITIONS.items() if state == position.state]
    action, move = draw(st.sampled_from(cells))
    to = position.origin if action is Action.KEEP else draw(st.sampled_from(move.targets))
    outcome = draw(st.sampled_from(move.outcomes)) if to is State.RESOLVED and move.outcomes else None
    party = draw(st.sampled_from(move.by))
    notes = facts | taken_back if action is Action.NOTE and party is Party.BUYER else facts
    return Intent(
        action,
        party,
        to=to,
        outcome=outcome,
        reason=draw(texts) if action is Action.REQUEST_CANCEL else draw(st.none() | texts),
        note=draw(st.none() | texts),
        fact=draw(claims) if action is Action.REVISE else draw(notes),
        happened_at=draw(days),
    )
