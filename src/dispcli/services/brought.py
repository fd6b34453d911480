"""What became of one thing that a file told."""

from dispcli.namedtuples import NamedTuple

Name = tuple[str, str]
"""A marketplace and the number an order has there."""


class Brought(NamedTuple):
    """What became of one thing a file told.

    `kind` is order, dispute or refund; `name` the order it is about; `fate` new, changed, same or conflict.
    `unknown_word` is a word of the platform nobody knows, `problem` why it could not be stored, `remark`
    what the person who imports should know.
    """

    kind: str
    name: Name
    fate: str
    unknown_word: str | None = None
    problem: str | None = None
    remark: str | None = None
