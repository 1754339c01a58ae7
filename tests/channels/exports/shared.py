"""Where the official samples lie, beside the repository."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_SHARED = Path(os.environ.get("ORDSKIFTE_SHARED", _ROOT.parent / "shared"))


def samples(path: str) -> Path:
    """A file or folder of the samples; skips aloud when it is not there."""
    found = _SHARED / "samples" / path
    if not found.exists():
        pytest.skip(f"shared samples are not here: {found}")
    return found


def table(path: str) -> Any:
    """A sample that is a table of JSON."""
    return json.loads(samples(path).read_text())


def words(path: str) -> list[str]:
    """A sample that is a list of lines."""
    return samples(path).read_text().splitlines()
