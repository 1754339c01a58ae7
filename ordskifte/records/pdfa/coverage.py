"""Which characters the fonts have. Asked before rendering: PDF/A refuses a document with a missing glyph."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

from fontTools.ttLib import TTFont

FONT_SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")
DIRECTION: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Marks that turn the direction of what follows. Foreign ones are shown by name, never carried out."""
SPACES: Final = {"\t": " ", "\r": "", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_QUIET: Final = frozenset(map(chr, (0x00AD, 0x034F, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)))


def _harmless(character: str) -> bool:
    """Needs no glyph of its own: joiners, variation selectors, the tags of flags."""
    point = ord(character)
    return character in _QUIET or 0xFE00 <= point <= 0xFE0F or 0xE0020 <= point <= 0xE007F


@dataclass(frozen=True, slots=True)
class Coverage:
    """The code points that some font has: one bit each, 136 KiB for all of Unicode."""

    bits: bytes

    @classmethod
    def of(cls, points: Iterable[int]) -> Self:
        bits = bytearray(0x110000 // 8)
        for point in points:
            bits[point >> 3] |= 1 << (point & 7)
        return cls(bytes(bits))

    def without(self, characters: Iterable[str]) -> "Coverage":
        bits = bytearray(self.bits)
        for character in characters:
            bits[ord(character) >> 3] &= ~(1 << (ord(character) & 7))
        return Coverage(bytes(bits))

    def holds(self, point: int) -> bool:
        return bool(self.bits[point >> 3] >> (point & 7) & 1)

    def has(self, character: str) -> bool:
        if character in DIRECTION or unicodedata.category(character) in ("Co", "Cn", "Cs"):
            return False  # private use and unassigned: PDF/A refuses them, whatever a font may hold there
        return character == "\n" or self.holds(ord(character)) or _harmless(character)

    def shown(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The text as the document shows it, and the code points that are named in it instead of drawn.

        White space is folded to spaces and line feeds. A character is composed or taken apart (NFC, NFD) when only
        that form has glyphs.
        """
        text = text.replace("\r\n", "\n")
        text = unicodedata.normalize("NFC", text)
        if all(character not in SPACES and self.has(character) for character in set(text)):
            return text, ()
        parts: list[str] = []
        named: list[str] = []
        for character in text:
            character = SPACES.get(character, character)
            if not character or self.has(character):
                parts.append(character)
                continue
            apart = unicodedata.normalize("NFD", character)
            if apart != character and all(map(self.has, apart)):
                parts.append(apart)
            else:
                named.append(name_of(character))
                parts.append(f"⟨{name_of(character)}⟩" if self.has("⟨") else f"<{name_of(character)}>")
        return "".join(parts), tuple(named)


def name_of(character: str) -> str:
    """U+1D4D7, the way code charts write it."""
    return f"U+{ord(character):04X}"


def covered(paths: Iterable[Path]) -> Coverage:
    """What these font files have."""
    return Coverage.of(point for path in paths for point in code_points(path))


def font_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in FONT_SUFFIXES) if folder.is_dir() else []


def code_points(path: Path) -> list[int]:
    """The code points one font file has. Of a collection (.ttc) its first font; the others differ in shape."""
    number = 0 if path.suffix.lower() in (".ttc", ".otc") else -1
    with TTFont(path, lazy=True, fontNumber=number) as font:
        return list(font.getBestCmap() or ())


def built_in() -> Coverage:
    """What typst's own fonts have, read from our list of ranges (`tools/typst_coverage.py` makes it)."""
    text = files("ordskifte.records.pdfa").joinpath("built_in.txt").read_text()
    return Coverage.of(point for line in text.splitlines() if line[:1] != "#" for point in _range(line))


def _range(line: str) -> Iterator[int]:
    first, _, last = line.partition("-")
    yield from range(int(first, 16), int(last or first, 16) + 1)
