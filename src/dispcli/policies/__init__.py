"""Marketplaces' rules and words as data: TOML files, compiled ahead into values so that nothing is parsed."""

from functools import lru_cache
from typing import TYPE_CHECKING

from dispcli.core.policy import Policy

if TYPE_CHECKING:
    from dispcli.core.words import Words

NEUTRAL = "neutral"
"""The policy of a marketplace that has none of its own."""


def known() -> tuple[str, ...]:
    """The marketplaces that have a policy."""
    from dispcli.policies.compiled import POLICIES

    return tuple(name for name in POLICIES if name != NEUTRAL)


@lru_cache
def policy_for(marketplace: str) -> Policy:
    """The marketplace's policy, or the neutral one."""
    from dispcli.policies.compiled import POLICIES

    return POLICIES.get(marketplace, POLICIES[NEUTRAL])


def words_for(marketplace: str) -> "Words":
    """The marketplace's words, or the neutral ones."""
    from dispcli.policies.compiled_words import WORDS

    return WORDS.get(marketplace, WORDS[NEUTRAL])
