"""Install the project as a user would, with pip, pipx and uv, and run what was installed.

Not a test of pytest's: it builds three environments, so `make installs` runs it once in the gate.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def run(*words: str | Path, env: dict[str, str] | None = None) -> str:
    """The output of a command that has to succeed."""
    done = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **(env or {})},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Three installations, each asked for its version and for an empty list."""
    with tempfile.TemporaryDirectory(prefix="dispcli-installs-") as folder:
        base = Path(folder)
        for tool in ("pipx", "uv"):
            run(sys.executable, "-m", "venv", base / f"{tool}-tool")
            run(base / f"{tool}-tool" / "bin" / "python", "-m", "pip", "install", "--quiet", tool)
        run(sys.executable, "-m", "venv", base / "pip")
        run(base / "pip" / "bin" / "python", "-m", "pip", "install", "--quiet", PROJECT)
        pipx = {"PIPX_HOME": str(base / "pipx"), "PIPX_BIN_DIR": str(base / "pipx-bin")}
        run(base / "pipx-tool" / "bin" / "pipx", "install", "--python", sys.executable, PROJECT, env=pipx)
        uv = {"UV_TOOL_DIR": str(base / "uv"), "UV_TOOL_BIN_DIR": str(base / "uv-bin")}
        uv.update(UV_CACHE_DIR=str(base / "uv-cache"), UV_NATIVE_TLS="true")
        run(base / "uv-tool" / "bin" / "uv", "tool", "install", "--python", sys.executable, PROJECT, env=uv)
        for name, place in (("pip", "pip/bin"), ("pipx", "pipx-bin"), ("uv", "uv-bin")):
            program = base / place / "dispcli"
            version = run(program, "--version").strip()
            run(program, "orders", "list", env={"XDG_DATA_HOME": str(base / name / "data")})
            print(f"{name}: {version}")


if __name__ == "__main__":
    main()
