"""The folders of the evidence: for their owner alone, and never links to somewhere else."""

import os
import stat
from pathlib import Path

from dispcli.errors import LedgerTrouble


def make_folder(folder: Path) -> bool:
    """Whether the folder had to be made, for its owner alone.

    Raises OSError, and LedgerTrouble for something else by its name.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        require_own(folder)
        return False
    return True


def require_own(folder: Path) -> None:
    """Raises LedgerTrouble for a link or a file by its name, and for a folder that others can write."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise LedgerTrouble(f"{folder} is not a folder", hint="move it away", code="evidence-store")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise LedgerTrouble(
            f"{folder} can be written by others",
            hint=f"close it to others: chmod 700 {folder}",
            code="evidence-store",
        )


def sync_folder(folder: Path) -> None:
    """A name is safe on the disk once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_if_empty(folder: Path) -> None:
    """The folder goes, unless something is in it."""
    try:
        folder.rmdir()
    except OSError:
        pass
