"""Marketplaces' rules and words as data: TOML files, compiled ahead into values so that nothing is parsed."""

from typing import TYPE_CHECKING

from dispcli.core.policy import Policy

if TYPE_CHECKING:
    from dispcli.core.words import Words

NEUTRAL = "neutral"
"""The policy of a marketplace that has none of its own."""


class Policies:
    """The rules of every marketplace, as they hold for one run."""

    def known(self) -> tuple[str, ...]:
        """The marketplaces that have a policy."""
        from dispcli.policies.compiled import POLICIES

        return tuple(name for name in POLICIES if name != NEUTRAL)

    def policy_for(self, marketplace: str) -> Policy:
        """The marketplace's policy, or the neutral one."""
        from dispcli.policies.compiled import POLICIES

        return POLICIES.get(marketplace, POLICIES[NEUTRAL])


SHIPPED = Policies()
"""The rules as they are shipped."""


def words_for(marketplace: str) -> "Words":
    """The marketplace's words, or the neutral ones."""
    from dispcli.policies.compiled_words import WORDS

    return WORDS.get(marketplace, WORDS[NEUTRAL])
