"""What an operation says, in a few letters: enough to tell whether a repeat says the same."""

from collections.abc import Iterable
from hashlib import sha256

from dispcli.core.facts import kind_of, to_data
from dispcli.core.machine import Intent


def fingerprint(intents: Iterable[Intent], *about: object) -> str:
    """SHA-256 over every field of the intents, and whatever else they are about."""
    parts = [str(part) for part in about]
    for intent in intents:
        fields = intent._asdict()
        fact = fields.pop("fact")
        parts += [f"{name}={value}" for name, value in fields.items() if value is not None]
        if fact is not None:
            parts.append(kind_of(fact))
            parts += [f"{name}={value}" for name, value in sorted(to_data(fact).items())]
        parts.append("")
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
