"""Small exports made on the spot, and what a reader says of them."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ordskifte.channels.contract import Arrival, Item, Other, Problem, Reader
from ordskifte.channels.exports.source import Export, open_export

Content = bytes | str | object


def folder(root: Path, files: Mapping[str, Content]) -> Export:
    """The files in a folder; what is no text or bytes is written as JSON."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content))
    return open_export(root)


def zipped(path: Path, files: Mapping[str, Content]) -> Path:
    """The files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, as_bytes(content))
    return path


def as_bytes(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.encode() if isinstance(content, str) else json.dumps(content, ensure_ascii=False).encode()


def read(reader: Reader, export: Export) -> list[Item]:
    """All that the reader says of the files it claims."""
    names = reader.claim(export)
    return list(reader.read(export, names)) if names else []


def arrivals(items: list[Item]) -> list[Arrival]:
    return [item for item in items if isinstance(item, Arrival)]


def others(items: list[Item]) -> list[str]:
    return [item.kind for item in items if isinstance(item, Other)]


def problems(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.where, item.why) for item in items if isinstance(item, Problem)]
