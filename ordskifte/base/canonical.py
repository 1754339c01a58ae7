"""Canonical bytes: RFC 8785 (JCS) for the values we commit to.

Our values hold only strings, integers within ±(2^53-1), booleans, None, lists and objects with ASCII keys. For these
orjson with sorted keys writes exactly what RFC 8785 asks for (the tests hold its vectors); floats are refused.
"""

import orjson

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]


def canonical_as_given(value: dict[str, object]) -> bytes:
    """The same for an object whose keys stand in order already, inner ones too: an import makes two for each item."""
    return orjson.dumps(value, option=orjson.OPT_STRICT_INTEGER)


def canonical(value: object) -> bytes:
    """RFC 8785 bytes of a value of ours."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
