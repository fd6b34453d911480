"""A policy as a list of values, each with where it is known from: to be shown, and to be compared."""

from collections.abc import Mapping

from dispcli.core.policy import Policy, Source, Window
from dispcli.namedtuples import NamedTuple


class PolicyValue(NamedTuple):
    """One value by its key, told in words. `own`: the user's own file says it."""

    key: str
    told: str
    source: Source | None
    own: bool

    @property
    def origin(self) -> str:
        """own or shipped."""
        return "own" if self.own else "shipped"


class PolicySummary(NamedTuple):
    """A policy in a list."""

    policy: Policy
    origin: str
    values: int
    second_hand: int
    seen: str | None

    def window(self, name: str) -> str | None:
        """How long a window is, and from when."""
        window = self.policy.windows.get(name)
        return f"{length_told(window)} from {window.after}" if window else None


class PolicyChange(NamedTuple):
    """What a user's own file makes of a value; None where there is none."""

    policy: Policy
    key: str
    shipped: str | None
    own: str | None


def summary_of(policy: Policy, *, shipped: bool) -> PolicySummary:
    """What a list tells of a policy; `shipped`: one is shipped for this marketplace."""
    sources = [value.source for value in values_of(policy) if value.source is not None]
    return PolicySummary(
        policy,
        "shipped" if policy.file is None else "changed" if shipped else "own",
        len(sources),
        sum(source.second_hand for source in sources),
        min((source.seen for source in sources if source.seen), default=None),
    )


def values_of(policy: Policy, section: str = "") -> tuple[PolicyValue, ...]:
    """Every value of a section, or of all, with its source.

    The name has none, and the help pages are sources themselves.
    """
    told = _told(policy).items()
    return tuple(_value(policy, key, words) for key, words in told if key.startswith(section))


def changes_of(policy: Policy, base: Policy) -> tuple[PolicyChange, ...]:
    """What differs from the policy it is laid over."""
    before, after = _told(base), _told(policy)
    return tuple(
        PolicyChange(policy, key, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )


def window_told(window: Window) -> str:
    """A window in words: who, how long, from when, what its passing means; and what else there is to it."""
    then = f", then {window.then}" if window.then else ""
    note = f" ({window.note})" if window.note else ""
    return f"{window.by}: {length_told(window)} from {window.after}{then}{note}"


def length_told(window: Window) -> str:
    """How long a window is."""
    if window.hours:
        return f"{window.hours} hour{'s' if window.hours > 1 else ''}"
    return f"{window.days} {'business ' if window.business_days else ''}day{'s' if window.days > 1 else ''}"


def _value(policy: Policy, key: str, told: str) -> PolicyValue:
    section, _, name = key.partition(".")
    source = policy.sources.get(key) or policy.sources.get(section)
    if section == "windows":
        window = policy.windows[name]
        source = Source(window.source, window.url, window.seen, window.second_hand)
    return PolicyValue(key, told, source, key in policy.own)


def _told(policy: Policy) -> dict[str, str]:
    single = {
        "name": policy.name,
        "zone": policy.zone,
        "hosts": ", ".join(policy.hosts),
        "order_page": policy.order_page,
        "reopening": "yes" if policy.reopening else "no",
        "cancel_steps": " ".join(policy.cancel_steps),
        "help_pages": ", ".join(page.url or page.text for page in policy.help_pages) or None,
    }
    rules = policy.evidence
    limits = {
        f"evidence.{name}": str(limit)
        for name, limit in rules._asdict().items()
        if name != "formats" and limit
    }
    formats = {"evidence.formats": ", ".join(rules.formats)} if rules.formats else {}
    windows = {f"windows.{name}": window_told(window) for name, window in policy.windows.items()}
    claims = {slug: policy.claim_codes.get(slug, ()) for slug in policy.claims}
    return {
        **{key: told for key, told in single.items() if told is not None},
        **windows,
        **_codes("claims", claims),
        **_codes("cancel_reasons", policy.cancel_reasons),
        **formats,
        **limits,
    }


def _codes(section: str, reasons: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        f"{section}.{slug}": ", ".join(codes) or "known, without a code" for slug, codes in reasons.items()
    }
