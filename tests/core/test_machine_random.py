from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import sampled_from

from dispcli.core.facts import Message
from dispcli.core.machine import Change, Intent, Position, decide
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import CLAIM, event_of, replayed

# A model small enough to be checked by eye: who does it, where from, where to. No target: see `land`.
MODEL = {
    "open": ("buyer", "none", "opened"),
    "revise": ("buyer", "opened answered", "opened"),
    "answer": ("seller", "opened answered cancel_requested", "answered"),
    "concede": ("seller", "opened answered escalated cancel_requested", "agreed"),
    "accept": ("buyer", "answered", "agreed"),
    "escalate": ("buyer platform", "opened answered agreed returning", "escalated"),
    "decide": ("platform", "escalated cancel_requested", None),
    "ship_return": ("buyer", "agreed", "returning"),
    "issue": ("seller platform", "agreed returning", "settling"),
    "receive": ("buyer", "agreed returning settling", "resolved"),
    "lapse": ("time", "opened answered agreed returning cancel_requested", "resolved"),
    "request_cancel": ("buyer", "opened answered escalated cancel_requested", "cancel_requested"),
    "keep": ("buyer", "cancel_requested", None),
    "confirm_cancel": ("buyer", "cancel_requested", "cancelled"),
    "observe": ("import", "opened answered escalated agreed returning settling cancel_requested", None),
    "note": ("buyer seller platform time import", None, None),
}
ENDINGS = {
    "decide": ("rejected",),
    "receive": ("refunded", "partly_refunded", "returned_and_refunded", "replaced"),
    "lapse": ("expired",),
    "observe": tuple(Outcome),
}
TARGETS = {
    "decide": ("agreed", "resolved"),
    "observe": (
        "opened",
        "answered",
        "escalated",
        "agreed",
        "returning",
        "settling",
        "cancelled",
        "resolved",
    ),
}
FINAL = ("cancelled", "resolved")
STATES = ("opened", "answered", "escalated", "agreed", "returning", "settling", "cancel_requested", *FINAL)


class AnyoneDoesAnything(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.state, self.origin, self.outcome = "none", None, None
        self.events, self.facts = [], []

    def land(self, action, party, to, outcome):
        """Where the model says it leads; None when it must be refused."""
        parties, sources, target = MODEL[action]
        if party not in parties.split() or self.state not in (sources or " ".join(STATES)).split():
            return None
        if action in ("note", "keep"):
            return self.state if action == "note" else self.origin
        if target is None:
            stays = (self.state,) if action == "observe" else ()
            target = to if to in (*TARGETS[action], *stays) else None
        return None if target == "resolved" and outcome not in ENDINGS[action] else target

    def follow(self, action, target, outcome):
        """Move the model."""
        if target == "cancel_requested" != self.state:
            self.origin = self.state
        if target != "cancel_requested":
            self.origin = None
        if target == "resolved" and action != "note":
            self.outcome = outcome
        self.state = State(target)

    def tell(self, action, party, to, outcome):
        target = self.land(action, party, to, outcome)
        fact = CLAIM if action == "open" else Message(party, f"message {len(self.facts)}")
        position = None if self.state == "none" else Position(self.state, self.origin)
        decision = decide(position, Intent(action, party, to=to, outcome=outcome, fact=fact))
        assert isinstance(decision, Change) == (target is not None), decision
        if isinstance(decision, Change):
            assert decision.to_state == target
            self.events.append(event_of(decision, len(self.events) + 1))
            self.facts.append(fact)
            self.follow(action, target, outcome)

    @rule(
        action=sampled_from(Action),
        party=sampled_from(Party),
        to=sampled_from((None, *State)),
        outcome=sampled_from((None, *Outcome)),
    )
    def anyone_says_anything(self, action, party, to, outcome):
        self.tell(action, party, to, outcome)

    @precondition(lambda self: self.state != "none")
    @rule(
        action=sampled_from([action for action in Action if action not in ("lapse", "observe")]),
        to=sampled_from((State.AGREED, State.RESOLVED)),
        outcome=sampled_from((Outcome.REJECTED, Outcome.REFUNDED, Outcome.REPLACED)),
    )
    def the_right_party_acts(self, action, to, outcome):
        self.tell(action, Party(MODEL[action][0].split()[0]), to, outcome)

    @precondition(lambda self: self.state == "none")
    @rule()
    def the_buyer_opens(self):
        self.tell(Action.OPEN, Party.BUYER, None, None)

    @precondition(lambda self: self.state in FINAL)
    @rule(action=sampled_from([action for action in Action if action != "note"]), party=sampled_from(Party))
    def nothing_moves_what_is_final(self, action, party):
        before = self.state
        self.tell(action, party, State.OPENED, Outcome.REFUNDED)
        assert self.state == before

    @invariant()
    def the_history_alone_makes_the_same_dispute(self):
        if self.events:
            dispute = replayed(self.events)
            assert (dispute.state, dispute.origin, dispute.outcome) == (self.state, self.origin, self.outcome)
            assert dispute.version == len(self.events)

    @invariant()
    def every_fact_is_in_exactly_one_event(self):
        assert [event.fact for event in self.events] == self.facts

    @invariant()
    def nothing_but_notes_follows_the_end(self):
        ends = [event.to_state in FINAL for event in self.events]
        tail = self.events[ends.index(True) + 1 :] if True in ends else []
        assert all(event.action == "note" for event in tail)


TestRandom = AnyoneDoesAnything.TestCase
TestRandom.settings = settings(max_examples=100, stateful_step_count=30)
