"""Writing a ZIP that is whole, or given up."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def zip_into(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """A new ZIP, with its end once all is written."""
    packing = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
    try:
        yield packing
    except BaseException:
        packing.fp = None  # left to itself it would write its end, into a file that is closed by then
        raise
    packing.close()
