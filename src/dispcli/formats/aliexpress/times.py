"""How AliExpress' answers tell time: epoch milliseconds, and text of the US Pacific clock."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dispcli.core.moments import instant, parse_instant
from dispcli.core.zones import pacific_hour_comes_twice, pacific_moment
from dispcli.formats.values import optional

_EPOCH = re.compile(r"[0-9]{1,15}", re.ASCII)
_LATEST = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp()) * 1000


def epoch_instant(values: Mapping[str, Any], name: str) -> str | None:
    """Epoch milliseconds, a number or its text, as UTC instant. Raises ValueError for anything else."""
    text = optional(values, name)
    if text is None:
        return None
    if not _EPOCH.fullmatch(text) or int(text) > _LATEST:
        raise ValueError(f"{name} {text[:40]!r} is not a time in epoch milliseconds")
    return instant(datetime.fromtimestamp(int(text) // 1000, UTC))


def pacific(values: Mapping[str, Any], name: str) -> str | None:
    """A time without a zone as UTC instant. Raises ValueError."""
    text = optional(values, name)
    try:
        return pacific_moment(text) if text else None
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None


def comes_twice(values: Mapping[str, Any], name: str) -> bool:
    """Whether a time without a zone may be one of two: the later one is taken for it."""
    text = optional(values, name)
    return text is not None and pacific_hour_comes_twice(text)


def moment(values: Mapping[str, Any], name: str, epoch: str) -> str | None:
    """A time that is told twice: where the epoch stands beside the text, it wins. Raises ValueError."""
    return epoch_instant(values, epoch) or pacific(values, name)


def newest(*moments: str | None) -> str:
    """The latest of days and instants, as UTC instant; at least one must be told."""
    return instant(max(parse_instant(told) for told in moments if told))
