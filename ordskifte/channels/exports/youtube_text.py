"""A comment's text as Takeout writes it: JSON pieces one after the other, with commas between, in one cell."""

import json
from typing import Any

from ordskifte.channels import reasons


def text_of(cell: str) -> tuple[str, tuple[str, ...]]:
    """The text and remarks. `{"text":"a"},{"text":"\\n"}`, or the older `{"takeoutSegments":[...]}`, or plain words."""
    cell = cell.strip()
    if not cell.startswith(("{", "[")):
        return cell, ()
    try:
        value = json.loads(cell if cell.startswith("[") else f"[{cell}]", strict=False)
    except (ValueError, RecursionError):
        return cell, (reasons.NOT_JSON,)
    return "".join(_piece(one) for one in value if isinstance(one, dict)), ()


def _piece(piece: dict[str, Any]) -> str:
    segments = piece.get("takeoutSegments")
    if isinstance(segments, list):
        return "".join(_piece(one) for one in segments if isinstance(one, dict) and "takeoutSegments" not in one)
    text = piece.get("text")
    text = text if isinstance(text, str) else ""
    return _with_address(text, _address(piece))


def _address(piece: dict[str, Any]) -> str:
    link, video = piece.get("link"), piece.get("videoLink")
    if isinstance(link, dict):
        return next((link[key] for key in ("linkUrl", "url") if isinstance(link.get(key), str)), "")
    if isinstance(video, dict) and isinstance(video.get("externalVideoId"), str):
        return f"https://www.youtube.com/watch?v={video['externalVideoId']}"
    return ""


def _with_address(words: str, address: str) -> str:
    """The words; after them the address, unless they are it; the address alone when they are its beginning."""
    if not address or address in words:
        return words
    short = words.strip().removesuffix("...").removesuffix("…")
    bare = address.partition("://")[2].removeprefix("www.")
    if not short or bare.startswith(short.partition("://")[2].removeprefix("www.") or short):
        return address
    return f"{words} ({address})"
