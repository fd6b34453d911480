"""Modules that come with Typer but hardly ever do anything are loaded once they have something to do.

Importing Typer takes a fifth fewer instructions so.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

SELDOM_USED: Mapping[str, Sequence[str]] = {
    "difflib": ("get_close_matches",),
    "gettext": ("gettext", "ngettext"),
    "ipaddress": (),
    "linecache": (),
    "ntpath": (),
    "shutil": ("get_terminal_size",),
    "subprocess": (),
    "textwrap": (),
    "tokenize": (),
    "urllib.parse": ("quote_from_bytes",),
}
"""Modules of the standard library, none of them a package, and the functions that are imported from them by
name (`from difflib import get_close_matches`). The others are imported as a whole (`import textwrap`)."""


class Deferred(ModuleType):
    """A module whose code runs when something is asked of it.

    The standard library's `LazyLoader` loads at the second `import`, which looks at what the first one left,
    and at each function that is imported by name. Unlike that, this is for programs of one thread.
    """

    def __getattr__(self, name: str) -> Any:
        """Load the module for the sake of what it does not have yet."""
        if name == "__path__":  # importing by name looks whether this is a package
            raise AttributeError(name)
        self.load()
        return getattr(self, name)

    def load(self) -> None:
        """Run the module's code: from now on it is like any other.

        Raises what the code raises; then nothing has been loaded, and the next use tries again.
        """
        waiting = dict(vars(self))
        self.__class__ = ModuleType  # type: ignore[assignment]
        try:
            self.__spec__.loader.exec_module(self)  # type: ignore[union-attr]
        except BaseException:
            vars(self).clear()
            vars(self).update(waiting)
            self.__class__ = Deferred
            raise


def defer(seldom_used: Mapping[str, Sequence[str]]) -> None:
    """Let these modules wait for their use, but not those that are loaded already, or that aren't there."""
    for name, functions in seldom_used.items():
        if name not in sys.modules and (spec := find_spec(name)):
            module = module_from_spec(spec)
            for function in functions:
                setattr(module, function, _loading(module, function))
            module.__class__ = Deferred
            sys.modules[name] = module
            package, _, own_name = name.rpartition(".")
            if package:
                setattr(sys.modules[package], own_name, module)


def _loading(module: ModuleType, name: str) -> Callable[..., Any]:
    """Stands for a function of the module until the module is loaded, and passes its calls on to it."""

    def call(*given: Any, **named: Any) -> Any:
        if isinstance(module, Deferred):
            module.load()
        return getattr(module, name)(*given, **named)

    return call
