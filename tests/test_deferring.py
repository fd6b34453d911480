"""A deferred module does nothing until it is used, and then what the module always does."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dispcli.deferring import SELDOM_USED, Deferred, defer

Make = Callable[[str, str], str]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes a module that says on standard output when its code runs; returns its name."""
    made = []
    monkeypatch.syspath_prepend(tmp_path)

    def make(name: str, code: str) -> str:
        path = tmp_path.joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"print('{name} runs')\n{code}\n", encoding="utf-8")
        made.extend([name, name.partition(".")[0]])
        return name

    yield make
    for name in made:
        sys.modules.pop(name, None)


def test_importing_does_nothing_until_something_is_asked(
    module: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    defer({module("waiting", "answer = 42"): ()})
    import waiting  # type: ignore[import-not-found]
    import waiting as again

    assert again is waiting
    assert capsys.readouterr().out == ""
    assert waiting.answer == 42
    assert waiting.answer == 42
    assert capsys.readouterr().out == "waiting runs\n"
    assert not isinstance(waiting, Deferred)
    with pytest.raises(AttributeError, match=r"module 'waiting' has no attribute 'question'"):
        _ = waiting.question


def test_a_function_imported_by_name_loads_the_module_when_it_is_called(
    module: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "def joined(*words, by): return by.join(words)\nothers = 'known'"
    defer({module("joining", code): ("joined",)})
    from joining import joined  # type: ignore[import-not-found]

    assert capsys.readouterr().out == ""
    assert joined("a", "b", by="-") == "a-b"
    assert joined("c", by="-") == "c"
    assert capsys.readouterr().out == "joining runs\n"

    from joining import joined as real
    from joining import others

    assert (real.__module__, real("d", "e", by=""), others) == ("joining", "de", "known")


def test_anything_else_imported_by_name_loads_it_at_once(
    module: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    defer({module("telling", "def told(): return 'told'\nword = 'said'"): ("told",)})
    from telling import word  # type: ignore[import-not-found]

    assert (word, capsys.readouterr().out) == ("said", "telling runs\n")


def test_a_module_that_can_not_be_loaded_says_so_at_each_use(module: Make) -> None:
    defer({module("failing", "early = 1\ndef never(): ...\nimport nosuchmodule"): ("never",)})
    import failing  # type: ignore[import-not-found]

    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="nosuchmodule"):
            failing.never()
        with pytest.raises(ModuleNotFoundError, match="nosuchmodule"):
            _ = failing.early


def test_a_module_in_a_package_is_found_there(module: Make, capsys: pytest.CaptureFixture[str]) -> None:
    module("parcel.__init__", "")
    defer({module("parcel.label", "text = 'fragile'"): ()})
    import parcel.label  # type: ignore[import-not-found]

    assert capsys.readouterr().out == "parcel.__init__ runs\n"
    assert parcel.label.text == "fragile"


def test_what_is_loaded_or_missing_is_left_alone() -> None:
    before = sys.modules["subprocess"]
    defer({"subprocess": (), "nosuchmodule": ()})
    assert sys.modules["subprocess"] is before
    assert "nosuchmodule" not in sys.modules


_AS_EVER = """
import importlib, sys
from dispcli.deferring import SELDOM_USED, defer
kept = {name: sys.modules.pop(name, None) for name in SELDOM_USED}
defer(SELDOM_USED)
for name, functions in SELDOM_USED.items():
    module = importlib.import_module(name)
    standing_in = [getattr(module, function) for function in functions]
    module.load()
    deferred = {key for key in vars(module) if key not in ("__builtins__", "__warningregistry__")}
    del sys.modules[name]
    usual = importlib.import_module(name)
    print(name, sorted(deferred ^ {key for key in vars(usual) if key in deferred or key[:2] != "__"}))
    for function, stand_in in zip(functions, standing_in, strict=True):
        given = {"get_close_matches": ("canel", ["cancel", "keep"]), "ngettext": ("1", "2", 2)}
        given |= {"gettext": ("word",), "quote_from_bytes": (b"a b",), "get_terminal_size": ()}
        real = getattr(usual, function)
        print(function, stand_in(*given[function]) == real(*given[function]))
"""


def test_the_deferred_modules_of_the_standard_library_are_as_ever() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _AS_EVER], capture_output=True, check=False, text=True, timeout=60
    )
    assert told.stderr == ""
    lines = [
        line
        for name, functions in SELDOM_USED.items()
        for line in [f"{name} []", *(f"{function} True" for function in functions)]
    ]
    assert told.stdout.splitlines() == lines
