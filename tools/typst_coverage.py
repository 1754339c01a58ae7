"""Write which code points typst's built-in fonts have (records/pdfa/built_in.txt). Run after an update of typst.

typst has no call that tells. Its fonts lie whole inside its library; this finds them there and reads their tables.
"""

import io
import struct
import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "ordskifte" / "records" / "pdfa" / "built_in.txt"
USED = ("Libertinus Serif Regular", "DejaVu Sans Mono", "NewComputerModern10-Regular")


def embedded(library: bytes) -> Iterator[TTFont]:
    """Every whole font in the library's bytes."""
    for tag in (b"OTTO", b"\x00\x01\x00\x00"):
        at = library.find(tag)
        while at >= 0:
            if end := _end_of(library, at):
                yield TTFont(io.BytesIO(library[at : at + end]))
            at = library.find(tag, at + 4)


def _end_of(library: bytes, at: int) -> int:
    """Length of the font that starts here, or 0 when none does."""
    (tables,) = struct.unpack(">H", library[at + 4 : at + 6])
    if not 5 <= tables <= 40:
        return 0
    end = 0
    for number in range(tables):
        entry = at + 12 + 16 * number
        name, _check, offset, length = struct.unpack(">4sLLL", library[entry : entry + 16])
        if not all(32 <= byte < 127 for byte in name) or at + offset + length > len(library):
            return 0
        end = max(end, offset + length)
    return end


def ranges(points: set[int]) -> Iterator[str]:
    """`0020-007E` lines."""
    first = last = None
    for point in sorted(points):
        if last is not None and point == last + 1:
            last = point
            continue
        if first is not None:
            yield f"{first:04X}" if first == last else f"{first:04X}-{last:04X}"
        first = last = point
    if first is not None:
        yield f"{first:04X}" if first == last else f"{first:04X}-{last:04X}"


def listing() -> str:
    """The file's whole text for the typst that is installed."""
    spec = find_spec("typst")
    assert spec
    assert spec.submodule_search_locations
    (library,) = Path(next(iter(spec.submodule_search_locations))).glob("*.so")
    points: set[int] = set()
    for font in embedded(library.read_bytes()):
        if font["name"].getDebugName(4) in USED:
            points.update(font.getBestCmap())
    head = f"# Code points of typst {version('typst')}'s built-in fonts: {', '.join(USED)}."
    return "\n".join([head, *ranges(points)]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(listing())
    sys.stdout.write(f"{TARGET.name}: {len(TARGET.read_text().splitlines()) - 1} ranges\n")
