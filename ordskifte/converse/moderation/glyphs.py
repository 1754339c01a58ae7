"""Which characters the PDF's own fonts can draw. What they cannot is named by its code point, never left out."""

import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

import typst

STANDARDS: Final = ["a-2a", "ua-1"]
"""The typesetter refuses a character it cannot draw in these, so that none is lost unseen."""

_ONE: Final = (
    b'#set document(title: "x")\n#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: "nb")\n'
    b"#text(sys.inputs.char)"
)
_PLAIN: Final = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) - {"\u00ad"}


@cache
def fonts() -> Any:
    """The fonts that come with the typesetter, and no others: the same document on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


@lru_cache(maxsize=10_000)
def drawn(char: str) -> bool:
    """Whether the fonts have this character and a reader can see it."""
    if char in _PLAIN or char == "\n":
        return True
    if unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"):
        return False
    try:
        typst.compile(_ONE, font_paths=fonts(), sys_inputs={"char": f"a{char}"}, pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True


def drawable(text: str) -> str:
    """The text with every character that cannot be drawn, or not be seen, named: `[U+1F92C SERIOUS FACE ...]`."""
    return "".join(char if drawn(char) else _named(char) for char in text.replace("\r\n", "\n"))


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"[U+{ord(char):04X}{' ' + name if name else ''}]"
