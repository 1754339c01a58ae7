"""Where the official schema files lie, beside the repository."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_SHARED = Path(os.environ.get("ORDSKIFTE_SHARED", _ROOT.parent / "shared"))


def shared(path: str) -> Path:
    """A file or folder of what lies beside the repository; skips aloud when it is not there."""
    found = _SHARED / path
    if not found.exists():
        pytest.skip(f"official schema files are not here: {found}")
    return found


def beside(path: str) -> Path | None:
    """The same where a test can do without it."""
    found = _SHARED / path
    return found if found.exists() else None
