"""What the checker says, in three languages: titles of its tests and the sentences of its findings."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("nb", "nn", "en")


@cache
def titles() -> Mapping[str, Mapping[str, str]]:
    """Test id -> language -> title, in the order of the report."""
    return _table("tests.tsv", "id")


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return _table("texts.tsv", "key")


def sentence(key: str, args: tuple[str, ...], language: str) -> str:
    """A finding or a note as a sentence."""
    return _sentences()[key][language].format(*args)


def _table(name: str, key: str) -> dict[str, dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as handle:
        return {row[key]: row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)}
