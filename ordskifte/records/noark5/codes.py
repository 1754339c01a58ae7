"""The code lists of Noark 5 as dated data (`codes.json`): facts from the standard's metadata catalogue."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CodeList:
    """The values an element may hold. With `obligatory` no other is allowed."""

    number: str  # M053
    element: str
    obligatory: bool
    values: tuple[str, ...]


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Element name -> its list."""
    data = json.loads(Path(__file__).with_name("codes.json").read_text(encoding="utf-8"))
    return {one["element"]: CodeList(**{**one, "values": tuple(one["values"])}) for one in data["lists"]}


@cache
def obligatory() -> Mapping[str, frozenset[str]]:
    """Element name -> the only values it may hold."""
    return {element: frozenset(one.values) for element, one in code_lists().items() if one.obligatory}


def is_allowed(element: str, value: str) -> bool:
    """Whether a value may stand in an element; elements without an obligatory list take any."""
    values = obligatory().get(element)
    return values is None or value in values
