"""An input as it is given: that it can't be read is told as that, wherever it is noticed."""

from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING

from dispcli.errors import BadInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def readable(name: str, stream: BufferedReader) -> BufferedReader:
    """The stream, whose reading raises BadInput with that name; closing it leaves `stream` open."""
    return BufferedReader(_Given(name, stream))


class _Given(RawIOBase):
    """Gives what there is at once, as the stream itself would."""

    def __init__(self, name: str, stream: BufferedReader) -> None:
        self._name = name
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        try:
            return self._stream.readinto1(buffer)
        except OSError as problem:
            raise BadInput(f"{self._name}: can't be read: {problem.strerror}") from None

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()
