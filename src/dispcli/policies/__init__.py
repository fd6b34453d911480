"""Marketplaces' rules as data: one TOML file each, compiled ahead into values so that nothing is parsed."""

from dispcli.core.policy import Policy

NEUTRAL = "neutral"
"""The policy of a marketplace that has none of its own."""


def known() -> tuple[str, ...]:
    """The marketplaces that have a policy."""
    from dispcli.policies.compiled import POLICIES

    return tuple(name for name in POLICIES if name != NEUTRAL)


def policy_for(marketplace: str) -> Policy:
    """The marketplace's policy, or the neutral one."""
    from dispcli.policies.compiled import POLICIES

    return POLICIES.get(marketplace, POLICIES[NEUTRAL])
