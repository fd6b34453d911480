"""A marketplace's rules and where all of them are known from, drawn for a terminal."""

from datetime import datetime

from rich.console import Console

from dispcli.core.policy import Policy
from dispcli.core.policy_values import values_of
from dispcli.render.details import policy as rules
from dispcli.render.details.parts import section


def draw(console: Console, policy: Policy, now: datetime) -> None:
    """The rules, and below them where every value is known from, and whether the user's own file says it."""
    rules.draw(console, policy, now)
    values = [value for value in values_of(policy) if not value.key.startswith("windows.")]
    section(console, "Where the other values are known from", [rules.value_row(value) for value in values])
