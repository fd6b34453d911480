"""The text of a JSON input, taken piece by piece: as much of it is kept as one value needs."""

import codecs
import re
from typing import BinaryIO

from dispcli.errors import BadInput
from dispcli.formats.encodings import encoding_of

MAX_VALUE = 16 * 1024 * 1024
"""The longest single value accepted, in characters: an answer, or one element of a list of any length."""

CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,63}\((?=\s*[\[{])", re.ASCII)
"""What web pages have put around the answers they load as scripts: `mtopjsonp1({...})`."""

LONGEST_CALLBACK = 256
"""So many characters, blanks too, are looked at for one."""

_AT_ONCE = 256 * 1024
_MOST_AT_ONCE = 4 * 1024 * 1024
_BLANKS = re.compile(r"[ \t\r\n]*")


class JsonText:
    """Text that comes as it is asked for: UTF-8, or what its byte order mark says.

    `text` is what is there, `at` the place from which it is read on; what lies before is forgotten when
    more comes. Every method that asks for more raises BadInput for what is no clean text.
    """

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.text = ""
        self.at = 0
        self._name = name
        self._stream = stream
        self._line = self._column = 1
        start = stream.read(_AT_ONCE)
        mark, self._encoding = encoding_of(start)
        self._decoder = codecs.getincrementaldecoder(self._encoding)()
        self._take(start[len(mark) :])

    def more(self) -> bool:
        """Whether there was more to come. Raises BadInput where one value has become too long."""
        if len(self.text) - self.at > MAX_VALUE:
            told = f"one value is longer than {MAX_VALUE // 2**20} MiB"
            raise BadInput(f"{self.place(self.at)}: {told}", hint="save it in several answers")
        self._forget()
        data = self._stream.read(min(max(_AT_ONCE, len(self.text)), _MOST_AT_ONCE))
        self._take(data)
        return bool(data)

    def require(self, length: int) -> None:
        """Have so many characters, or all that are left."""
        while len(self.text) - self.at < length and self.more():
            pass

    def next_mark(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            blanks = _BLANKS.match(self.text, self.at)
            self.at = blanks.end() if blanks else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def place(self, at: int) -> str:
        """`file:line:column` of a place in the text."""
        start = self.text.rfind("\n", 0, at)
        column = at - start if start >= 0 else self._column + at
        return f"{self._name}:{self._line + self.text.count(chr(10), 0, at)}:{column}"

    def _forget(self) -> None:
        passed = self.text[: self.at]
        start = passed.rfind("\n")
        self._column = len(passed) - start if start >= 0 else self._column + len(passed)
        self._line += passed.count("\n")
        self.text, self.at = self.text[self.at :], 0

    def _take(self, data: bytes) -> None:
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as problem:
            line = self._line + self.text.count("\n") + problem.object[: problem.start].count(b"\n")
            raise BadInput(f"{self._name}:{line}: not {self._encoding} text") from None
        if "\x00" in text:
            line = self._line + self.text.count("\n") + text[: text.index("\x00")].count("\n")
            raise BadInput(f"{self._name}:{line}: a NUL character; this is not a text file")
        self.text += text
