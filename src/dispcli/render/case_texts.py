"""A case as plain texts that a person reads: what it is about, what happened, what was said.

Text from outside is made harmless: these files may be shown on a terminal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dispcli.core.dispute_views import DisputeView
from dispcli.core.events import Event
from dispcli.core.evidence import Piece
from dispcli.core.facts import Message, told
from dispcli.core.moments import is_day
from dispcli.render.inert import visible

_Row = tuple[str, str | None]


def case_texts(view: DisputeView, packed: Mapping[str, Piece], lost: Sequence[Piece]) -> Mapping[str, str]:
    """The texts by file name. `packed` are the files that come with them, by their names there."""
    case = view.case
    return {
        "summary.txt": _text(_summary(view, packed, lost)),
        "timeline.txt": _text(line for event in case.history for line in _step(event)),
        "messages.txt": _text(line for event, message in case.messages for line in _said(event, message)),
    }


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{visible(line)}\n" for line in lines)


def _summary(view: DisputeView, packed: Mapping[str, Piece], lost: Sequence[Piece]) -> Iterator[str]:
    case, dispute = view.case, view.case.dispute
    yield f"Dispute {dispute.name} about order {case.order.number} ({case.order.marketplace})"
    yield f"as recorded up to {_when(dispute.updated_at)}"
    yield from _rows("", _facts(view))
    yield from _rows(
        "The seller's answers", [(_on(event), told(offer)) for event, offer in case.history.offers]
    )
    yield from _rows(
        "Settlements", [(_on(event), told(settlement)) for event, settlement in case.history.settlements]
    )
    yield from _rows("Files", [(name, _file(piece)) for name, piece in packed.items()])
    yield from _rows("Files that are missing or altered", [(p.file.name, _file(p)) for p in lost])


def _facts(view: DisputeView) -> list[_Row]:
    case, dispute, order = view.case, view.case.dispute, view.case.order
    due = view.deadline
    return [
        ("about", case.title if case.line else f"{case.title} (whole order)"),
        ("seller", order.seller.name if order.seller else None),
        ("paid", str(order.total) if order.total else None),
        ("claim", told(dispute.claim)),
        ("state", f"{dispute.state}: {dispute.outcome}" if dispute.outcome else str(dispute.state)),
        ("ordered", _when(order.placed)),
        ("shipped", _when(order.shipped)),
        ("delivered", _when(order.delivered)),
        ("protection ends", _when(order.protection_ends)),
        ("opened", _when(dispute.opened_at)),
        ("due", f"{due.party}, {_when(due.at)} ({due.basis})" if due else None),
        ("platform's id", dispute.platform_id),
        ("page", view.page),
    ]


def _rows(heading: str, rows: Sequence[_Row]) -> Iterator[str]:
    """Names and values in two columns; nothing where there are none."""
    known = [(name, value) for name, value in rows if value]
    if not known:
        return
    yield ""
    if heading:
        yield heading
    longest = max(len(name) for name, _ in known)
    for name, value in known:
        yield f"  {name:<{longest}}  {value}"


def _file(piece: Piece) -> str:
    return f"{piece.file.media_type}, {piece.file.size} bytes, kept {_when(piece.at)}"


def _step(event: Event) -> Iterator[str]:
    """A line, and what was said with it below."""
    fact = event.fact
    detail = "" if fact is None or isinstance(fact, Message) else told(fact)
    parts = (event.reason, detail, f"accepted risks: {', '.join(event.accepted)}" if event.accepted else "")
    state = f"{event.to_state}: {event.outcome}" if event.outcome else str(event.to_state)
    more = "; ".join(part for part in parts if part)
    state += f": {more}" if more else ""
    yield f"{event.seq:>3}  {_on(event)}  {event.action} by {event.party}, {state}"
    for text in (event.note, fact.text if isinstance(fact, Message) else None):
        yield from _indented(text or "", "       ")


def _said(event: Event, message: Message) -> Iterator[str]:
    yield f"{_on(event)}  {message.speaker}"
    yield from _indented(message.text, "    ")
    yield ""


def _indented(text: str, margin: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{margin}{line}"


def _on(event: Event) -> str:
    return _when(event.moment) or ""


def _when(moment: str | None) -> str | None:
    """A day, or an instant that says that it is UTC."""
    if moment is None or is_day(moment):
        return moment
    return moment.replace("T", " ").replace("Z", " UTC")
