"""The transition table as a Mermaid state diagram."""

from dispcli.core.machine import TRANSITIONS
from dispcli.core.states import FINAL, Action

_EVERYWHERE = (Action.NOTE, Action.OBSERVE)
"""What is possible in (nearly) every state would hide the rest."""


def mermaid() -> str:
    """A `stateDiagram-v2`; notes and what imports observe are told in a line, not drawn."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (source, action), move in TRANSITIONS.items():
        if action in _EVERYWHERE:
            continue
        for target in move.targets:
            arrows.setdefault((source or "[*]", target), []).append(action)
    lines = ["stateDiagram-v2", "    %% every state takes notes; imports may observe any state"]
    lines += [
        f"    {source} --> {target}: {', '.join(actions)}" for (source, target), actions in arrows.items()
    ]
    lines += [f"    {state} --> [*]" for state in sorted(FINAL)]
    return "\n".join(lines) + "\n"
