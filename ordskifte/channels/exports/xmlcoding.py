"""Which encoding an XML file is in, and its text as far as that encoding gives any."""

import codecs
import re
from typing import Final

import charset_normalizer

from ordskifte.channels.exports.xmlstream import Bytes

_CHUNK: Final = 1 << 16
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["']""")
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
)
# In these a byte that looks like `<` may be half a letter: the file is recoded as a whole before it is cut.
_SHIFTING: Final = re.compile(r"utf_?(16|32|7)|iso2022|hz\Z|cp037|cp500|cp1026|cp1140|cp273|cp424|cp875")


def _latin_where_broken(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 is nearly always windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("ordskifte-latin", _latin_where_broken)


_WESTERN: Final = frozenset("æøåÆØÅéÉèÈêëóòôöÖäÄüÜáÁàíïñçß«»“”‘’–—…•§°´ \xa0ŠšŽžđ€")


def _guessed(head: bytes) -> str:
    """The encoding of a file that does not say: UTF-8 if it can be, else our letters, else what it looks like."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last letter may be cut
        return "utf_8"
    except UnicodeDecodeError:
        foreign = [letter for letter in head.decode("cp1252", "replace") if letter > "\x7f"]
        if sum(letter in _WESTERN for letter in foreign) >= len(foreign) * 0.9:
            return "cp1252"
    best = charset_normalizer.from_bytes(head).best()
    return codecs.lookup(best.encoding).name.replace("-", "_") if best else "cp1252"


def encoding_of(head: bytes) -> tuple[str, bool]:
    """(Python's codec name, can it be cut as bytes) of an XML file, by its mark or declaration; UTF-8 when unknown."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, False
    found = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    try:
        name = codecs.lookup(found[1].decode("ascii")).name.replace("-", "_") if found else _guessed(head)
    except LookupError:
        name = "utf_8"
    if name.startswith(("utf_16", "utf_32")):  # it was read as ASCII, so it is not
        name = "utf_8"
    return name, _SHIFTING.match(name) is None


class Recoded:
    """A stream in another encoding, as UTF-8."""

    def __init__(self, stream: Bytes, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read(self, size: int = _CHUNK, /) -> bytes:
        while chunk := self._stream.read(size):
            text = self._decoder.decode(chunk)
            if text:
                return text.encode("utf-8", "replace")
        return self._decoder.decode(b"", final=True).encode("utf-8", "replace")


def decoded(raw: bytes, encoding: str) -> tuple[str, bool]:
    """The text, and whether bytes in it had to be repaired."""
    try:
        return raw.decode(encoding), False
    except UnicodeDecodeError:
        return raw.decode(encoding, "ordskifte-latin" if encoding in ("utf_8", "ascii") else "replace"), True
