"""The code of the machine and of the checks, mutated by mutmut in a copy of the tree.

Run it with `python -m tests.mutation.code`; it ends with 1 when a mutant goes unnoticed. Three classes
of mutants do not count: those that only change the wording of a sentence; those that do the same as the
code (EQUIVALENT); and those of the function that builds the table at import, before mutmut can choose a
mutant: the table itself is mutated cell by cell in `tests.mutation.transition_table`.
"""

import ast
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
MODULES = ("machine", "checks", "owed")
KILLED = (1, 3)
"""How pytest ends when a test fails, or when collecting does; anything else noticed nothing."""

EQUIVALENT = {
    "if not any((fact.stage != 'XXreceivedXX' for fact in noted)):": "what only arrived is told apart below",
    "if not any((fact.stage != 'RECEIVED' for fact in noted)):": "the same",
    "return Found('', '', ask.reason or 'XXXX')": "a reason that presses is never empty",
    "kind = _SAYS_RECEIVED.get(ask.reason or 'XXXX')": "no reason is no key, whatever stands for it",
}
"""Lines of mutants that do the same as the code they stand for, and why."""

CONFIG = """\
[mutmut]
source_paths = src
only_mutate =
    src/dispcli/core/machine.py
    src/dispcli/core/checks.py
    src/dispcli/core/owed.py
pytest_add_cli_args_test_selection = tests/core
use_git_change_detection = false
"""


def mutate(tree: Path) -> None:
    """Run mutmut in a copy of the parts it needs."""
    for part in ("src", "tests"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    (tree / "setup.cfg").write_text(CONFIG)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2"]
    run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"mutmut failed:\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}")


def results(tree: Path) -> Iterator[tuple[str, str]]:
    """Each mutant with what became of it: killed, survived, wording, at import, equivalent."""
    for module in MODULES:
        source = tree / "mutants/src/dispcli/core" / f"{module}.py"
        codes = json.loads(source.with_suffix(".py.meta").read_text())["exit_code_by_key"]
        tree_of = {node.name: node for node in ast.parse(source.read_text()).body if hasattr(node, "name")}
        for key, code in codes.items():
            name = key.rpartition(".")[2]
            original = tree_of[name.rpartition("_")[0].removesuffix("_mutmut") + "_mutmut_orig"]
            yield f"{module}.{name}", _verdict(name, code, original, tree_of[name])


def _verdict(name: str, code: int | None, original: ast.FunctionDef, mutant: ast.FunctionDef) -> str:
    if name.startswith("x__cells__"):
        return "at import"
    before, after = _without_sentences(original), _without_sentences(mutant)
    if before == after:
        return "wording"
    if code in KILLED:
        return "killed"
    changed = [line.strip() for line in after if line not in before]
    return "equivalent" if changed and all(line in EQUIVALENT for line in changed) else "survived"


def _without_sentences(function: ast.FunctionDef) -> list[str]:
    """The lines of the function's body, with every text of more than one word blanked."""
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            node.value = ""
    return ast.unparse(function.body).splitlines()


def main() -> int:
    """Mutate, tell the score and the survivors."""
    with TemporaryDirectory() as tree:
        mutate(Path(tree))
        verdicts = dict(results(Path(tree)))
        count = Counter(verdicts.values())
        survivors = [name for name, verdict in verdicts.items() if verdict == "survived"]
        counted = count["killed"] + count["survived"]
        aside = ", ".join(f"{count[verdict]} {verdict}" for verdict in ("wording", "at import", "equivalent"))
        print(f"code: {count['killed']} of {counted} mutants killed; not counted: {aside}")
        for name in survivors:
            shown = f"dispcli.core.{name}"
            command = [sys.executable, "-m", "mutmut", "show", shown]
            print(subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False).stdout)
    return bool(survivors)


if __name__ == "__main__":
    sys.exit(main())
