"""What was said in a dispute, as it is exported."""

from dispcli.core.disputes import Case
from dispcli.core.exports import ExportedMessage


def conversation(case: Case) -> tuple[ExportedMessage, ...]:
    """Everything that was said, in the order it was said."""
    order = case.order
    seller = order.seller.name if order.seller else None
    said = [
        ExportedMessage(
            marketplace=order.marketplace,
            number=order.number,
            seller=seller,
            dispute_id=event.dispute_id,
            seq=event.seq,
            at=event.moment,
            speaker=message.speaker,
            text=message.text,
            recorded_at=event.at,
        )
        for event, message in case.messages
    ]
    return tuple(sorted(said, key=lambda message: message.at))
