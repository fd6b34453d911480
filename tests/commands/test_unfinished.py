"""A file that is written beside its place: whose fault it is where it can't be finished."""

import errno
import os
from pathlib import Path

import pytest

from dispcli.commands.unfinished import Unfinished


@pytest.mark.parametrize("refusal", [errno.EIO, errno.ENOSPC])
def test_what_can_not_be_read_meanwhile_is_not_told_of_the_file(tmp_path: Path, refusal: int) -> None:
    problem = OSError(refusal, os.strerror(refusal))

    def write() -> None:
        with Unfinished(tmp_path / "a.zip") as file:
            file.stream.write(b"what was read so far")
            raise problem

    with pytest.raises(OSError, match=os.strerror(refusal)) as told:
        write()
    assert told.value is problem
    assert list(tmp_path.iterdir()) == []
