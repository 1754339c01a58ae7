"""Packing an export: a zip whose bytes are the same every time."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ordskifte.web.demo.conversations import TODAY


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one zip, all dated the demo's day."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(ZipInfo(name, (TODAY.year, TODAY.month, TODAY.day, 8, 0, 0)), content, ZIP_DEFLATED)
    return out.getvalue()


def json_bytes(value: object, *, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def zulu(moment: datetime) -> str:
    """`2026-03-11T14:50:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def slug(name: str) -> str:
    """A handle made of a name: ASCII letters, digits and `_`."""
    plain = name.lower().replace("æ", "ae").translate(str.maketrans("øåáë -", "oaae__"))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter == "_"))
