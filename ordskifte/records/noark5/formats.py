"""File formats of a deposit as dated data (`formats.json`)."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("formats.json").read_text(encoding="utf-8"))
    return data


def accepted() -> frozenset[str]:
    """Extensions that may be deposited."""
    return frozenset(_data()["accepted"])


def pdfa() -> Mapping[str, str]:
    """PDF/A part and level (`2a`) -> PRONOM identifier."""
    found: Mapping[str, str] = _data()["pdfa"]
    return found


def puid(extension: str) -> str | None:
    """The usual PRONOM identifier of a file that is not PDF/A."""
    found: str | None = _data()["puid"].get(extension)
    return found
