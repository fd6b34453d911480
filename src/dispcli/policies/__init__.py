"""Marketplaces' rules as data: one TOML file each, compiled ahead so that start-up reads no TOML."""

from functools import cache

from dispcli.core.policy import Policy, parse_policy

NEUTRAL = "neutral"
"""The policy of a marketplace that has none of its own."""


def known() -> tuple[str, ...]:
    """The marketplaces that have a policy."""
    from dispcli.policies.compiled import POLICIES

    return tuple(name for name in POLICIES if name != NEUTRAL)


@cache
def policy_for(marketplace: str) -> Policy:
    """The marketplace's policy, or the neutral one."""
    from dispcli.policies.compiled import POLICIES

    return parse_policy(POLICIES.get(marketplace, POLICIES[NEUTRAL]))
