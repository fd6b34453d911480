"""How a text is encoded: UTF-8, or what the mark at its beginning says."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def encoding_of(start: bytes) -> tuple[bytes, str]:
    """The mark a text begins with, empty where it has none, and its encoding."""
    return next(((mark, encoding) for mark, encoding in _MARKS if start.startswith(mark)), (b"", "utf-8"))
