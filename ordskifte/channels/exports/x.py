"""X's own archive: data/*.js files, each a JSON list after `window.YTD.<name>.part<n> =`. Never run, only read."""

from collections.abc import Iterator
from typing import Final

from ordskifte.channels.contract import Account, Author, Item, Other, Problem
from ordskifte.channels.exports.glimpse import Glimpse, candidates, glimpse
from ordskifte.channels.exports.jsonstream import JsonStream
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.x_post import RAW_TYPE, LongTexts, XMedia, XPosts

_VARIABLE: Final = "window.YTD."
_MESSAGES: Final = ("*", "dmConversation", "messages")
_WRAPPERS: Final = {
    "account": "account",
    "profile": "profile",
    "noteTweet": "note",
    "tweet": "tweet",
    "dmConversation": "message",
    "like": "like",
    "follower": "follower",
    "following": "following",
    "blocking": "block",
    "muting": "mute",
}
"""What the first item of a file is wrapped in -> what the file is. The order is the order of reading."""


class XReader:
    """Reads an archive's posts, deleted posts, direct messages and profile; likes and follows are counted.

    Other files of the archive (advertising, devices, addresses) are left alone: they are about a person, not speech.
    """

    kind = "x"

    def claim(self, export: Export) -> list[str]:
        return [name for name in candidates(export) if _role(glimpse(export, name))]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        order = list(dict.fromkeys(_WRAPPERS.values()))
        files = sorted((order.index(_role(glimpse(export, name))), name) for name in names)
        owner: Author | None = None
        long_texts = LongTexts()
        for place, name in files:
            role = order[place]
            if role == "account":
                owner = owner or _owner(glimpse(export, name))
                if owner:
                    yield Account(owner.external_id, owner.handle, owner.name, owner.url)
            with export.open(name) as stream:
                read = JsonStream(stream, name)
                if role == "tweet":
                    yield from _posts(read, name, XPosts(name, owner, XMedia(export, name), long_texts))
                elif role == "message":
                    yield from _messages(read, name, owner, XMedia(export, name))
                else:
                    yield from _asides(read, name, role, long_texts)


def _role(seen: Glimpse) -> str:
    """What the file is, by what its first item is wrapped in; '' when it is not for us."""
    if seen.variable and not seen.variable.startswith(_VARIABLE):
        return ""
    name = seen.variable.removeprefix(_VARIABLE).split(".")[0]
    named = "tweet" if name in ("tweet", "tweets", "deleted_tweets") else ""  # where the first item says nothing
    if not isinstance(seen.value, list) or not seen.value:
        return named
    first = seen.value[0]
    if not isinstance(first, dict):
        return named
    if "full_text" in first and "id_str" in first:  # the oldest archives do not wrap
        return "tweet"
    for wrapper, role in _WRAPPERS.items():
        inner = first.get(wrapper)
        if isinstance(inner, dict) and (seen.variable or "full_text" in inner):
            return role
    return named


def _owner(seen: Glimpse) -> Author | None:
    first = seen.value[0] if isinstance(seen.value, list) else None
    account = first.get("account") if isinstance(first, dict) else None
    if not isinstance(account, dict) or not account.get("accountId"):
        return None
    user = str(account.get("username") or "")
    url = f"https://x.com/{user}" if user else ""
    return Author(
        str(account["accountId"]), f"@{user}" if user else "", str(account.get("accountDisplayName") or ""), url
    )


def _posts(read: JsonStream, name: str, posts: XPosts) -> Iterator[Item]:
    translate = posts.item
    for piece in read.items(()):
        if isinstance(piece, Problem):
            yield piece
        else:
            value, raw, number = piece
            yield translate(value, raw, f"item {number}")


def _messages(read: JsonStream, name: str, owner: Author | None, media: XMedia) -> Iterator[Item]:
    posts = XPosts(name, owner, media, LongTexts())
    for piece in read.items(_MESSAGES):
        if isinstance(piece, Problem):
            yield piece
            continue
        value, raw, number = piece
        talk = str(read.around.get((*_MESSAGES[:2], "conversationId")) or "")
        yield posts.message(value, raw, f"item {number}", talk)


def _asides(read: JsonStream, name: str, role: str, long_texts: LongTexts) -> Iterator[Item]:
    for piece in read.items(()):
        if isinstance(piece, Problem):
            yield piece
            continue
        value, raw, number = piece
        if role == "note":
            long_texts.add(value)
        yield Other(role, raw, RAW_TYPE, name, f"item {number}")
