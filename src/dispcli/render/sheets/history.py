"""A dispute's history, what the checks find, and the reasons there are."""

from dispcli.core.events import Event
from dispcli.core.facts import kind_of, told
from dispcli.render.fields import Field, Kind, Sheet
from dispcli.render.times import local


def _kind(event: Event) -> str | None:
    return kind_of(event.fact) if event.fact is not None else None


def _details(event: Event) -> str | None:
    return told(event.fact) if event.fact is not None else None


def _details_here(event: Event) -> str | None:
    return told(event.fact, local) if event.fact is not None else None


EVENTS = Sheet(
    "events",
    (
        Field("dispute", lambda e: f"D{e.dispute_id}", Kind.ID, "short stable id"),
        Field("seq", lambda e: e.seq, Kind.COUNT, "number in the history, from 1", "#"),
        Field("at", lambda e: e.at, Kind.MOMENT, "when it was recorded", "RECORDED"),
        Field("action", lambda e: e.action, about="what happened", heading="ACTION"),
        Field("from", lambda e: e.from_state, about="state before"),
        Field("to", lambda e: e.to_state, about="state after", heading="STATE"),
        Field("outcome", lambda e: e.outcome, about="how it ended"),
        Field("party", lambda e: e.party, about="whose doing it was", heading="BY"),
        Field("actor", lambda e: e.actor, about="who recorded it", heading="RECORDED BY", flex=3),
        Field("source", lambda e: e.source, Kind.SENTENCE, "command or file it came from", "FROM", 4),
        Field("happened_at", lambda e: e.happened_at, Kind.MOMENT, "when it is said to have happened"),
        Field("reason", lambda e: e.reason, about="reason given", heading="REASON", flex=2),
        Field("note", lambda e: e.note, Kind.SENTENCE, "text given", "NOTE", 2),
        Field("fact", _kind, about="kind of fact it carries"),
        Field("details", _details, Kind.SENTENCE, "the fact in a few words", "DETAILS", 1, _details_here),
        Field("accepted_risks", lambda e: e.accepted, Kind.LIST, "risks accepted by name"),
        Field("operation_id", lambda e: e.operation_id, Kind.ID, "operation it belongs to"),
    ),
)


FINDINGS = Sheet(
    "findings",
    (
        Field("code", lambda f: f.code, Kind.ID, "stable code", "CHECK"),
        Field("level", lambda f: f.level, about="block, warn or info", heading="LEVEL"),
        Field("message", lambda f: f.message, Kind.SENTENCE, "what was found", "FOUND", 1),
        Field("advice", lambda f: f.advice, Kind.SENTENCE, "what to do about it", "ADVICE", 2),
    ),
    "code",
)


REASONS = Sheet(
    "reasons",
    (
        Field("code", lambda r: r[1], Kind.ID, "stable code", "CODE"),
        Field("use", lambda r: r[0], about="cancel or claim", heading="FOR"),
        Field("meaning", lambda r: r[2], Kind.SENTENCE, "what it means", "MEANING", 1),
    ),
    "code",
)
