"""Marketplaces' rules and words as data: TOML files, compiled ahead into values so that nothing is parsed."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from dispcli.core.policy import Policy

if TYPE_CHECKING:
    from pathlib import Path

    from dispcli.core.lateness import Clocks
    from dispcli.core.words import Words

NEUTRAL = "neutral"
"""The policy of a marketplace that has none of its own."""


class Policies:
    """The rules of every marketplace, as they hold for one run: what is shipped, and the user's own files.

    An own file is read when its marketplace is first asked for; nothing else of the folder is.
    """

    def __init__(self, own: Mapping[str, "Path"] = MappingProxyType({})) -> None:
        self._files = own
        self._read: dict[str, Policy] = {}

    def known(self) -> tuple[str, ...]:
        """The marketplaces that have a policy, and `neutral`."""
        from dispcli.policies.compiled import MAKERS

        return tuple(sorted({*MAKERS, *self._files}))

    @property
    def neutral(self) -> "Path | None":
        """The user's own file of the neutral policy, on which those of unknown marketplaces build."""
        return self._files.get(NEUTRAL)

    def files(self) -> "tuple[Path, ...]":
        """The user's own files."""
        return tuple(self._files.values())

    def all(self) -> tuple[Policy, ...]:
        """Every policy. Raises BadInput with the mistakes of all own files."""
        return tuple(self.of(self.known()).values())

    def of(self, marketplaces: Iterable[str]) -> dict[str, Policy]:
        """The policies of these marketplaces. Raises BadInput with the mistakes of all their own files."""
        wanted = tuple(marketplaces)
        if unread := {name for name in map(self._file_of, wanted) if name} - self._read.keys():
            from dispcli.policies.own import own_policies

            read = own_policies([self._files[name] for name in sorted(unread)], self.neutral)
            self._read.update((policy.marketplace, policy) for policy in read)
        return {marketplace: self.policy_for(marketplace) for marketplace in wanted}

    def policy_for(self, marketplace: str) -> Policy:
        """The marketplace's policy, or the neutral one. Raises BadInput for an own file with mistakes."""
        return self._own(marketplace) if marketplace in self._files else self.without_own(marketplace)

    def without_own(self, marketplace: str) -> Policy:
        """What would hold without an own file of this marketplace: of an unknown one, the neutral policy."""
        return shipped_policy(marketplace) or self.policy_for(NEUTRAL)

    def clock_of(self, marketplace: str) -> str:
        """The clock of a marketplace, an IANA name. Raises BadInput for an own file with mistakes."""
        return self.policy_for(marketplace).zone

    def clocks(self, marketplaces: Iterable[str]) -> "Clocks":
        """The clocks of these marketplaces. Raises BadInput with the mistakes of all their own files."""
        from dispcli.core.lateness import Clocks

        return Clocks({marketplace: policy.zone for marketplace, policy in self.of(marketplaces).items()})

    def _file_of(self, marketplace: str) -> str | None:
        """Which own file says what holds for a marketplace, if any does."""
        name = marketplace if marketplace in self._files or shipped_policy(marketplace) else NEUTRAL
        return name if name in self._files else None

    def _own(self, marketplace: str) -> Policy:
        if marketplace not in self._read:
            from dispcli.policies.own import own_policy

            self._read[marketplace] = own_policy(self._files[marketplace], self.neutral)
        return self._read[marketplace]


SHIPPED = Policies()
"""The rules as they are shipped."""


@cache
def shipped_policy(marketplace: str) -> Policy | None:
    """The policy that is shipped for just this marketplace; None where there is none."""
    from dispcli.policies.compiled import MAKERS

    make = MAKERS.get(marketplace)
    return make() if make else None


def words_for(marketplace: str) -> "Words":
    """The marketplace's words, or the neutral ones."""
    from dispcli.policies.compiled_words import WORDS

    return WORDS.get(marketplace, WORDS[NEUTRAL])
