"""Facebook's "download your information" as JSON, of a person or a Page, in any language: its keys stay English."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ordskifte.channels.contract import Author, Item, Other, Problem
from ordskifte.channels.exports.facebook_item import FacebookItems
from ordskifte.channels.exports.glimpse import candidates, glimpse
from ordskifte.channels.exports.jsonstream import JsonStream, Path
from ordskifte.channels.exports.meta import RAW_TYPE, Json, MetaExport, dict_of, dicts_of, repaired
from ordskifte.channels.exports.source import Export

_SAID: Final = ("post", "comment", "review", "reaction")
_WORDS: Final = (
    ("comment", "comment"),
    ("review", "review"),
    ("reaction", "reaction"),
    ("like", "reaction"),
    ("post", "post"),
)
_LISTS: Final = {"photos": "photo", "other_photos_v2": "photo", "videos": "photo", "videos_v2": "photo"}
_EVENTS: Final = "your_events_v2"


class _Role(NamedTuple):
    """What a file holds, where in it the list is, and whose words they are."""

    what: str  # activity kinds of _SAID, or message, photo, event, profile
    path: Path = ()
    others: bool = False  # said by others on the owner's wall


class FacebookReader:
    """Reads posts, comments, messages, captions, reviews, events and the profile; reactions are counted."""

    kind = "facebook"

    def claim(self, export: Export) -> list[str]:
        roles = {name: role for name in candidates(export) if (role := _role(glimpse(export, name).value))}
        if not any(role.what != "message" for role in roles.values()) and _is_instagram(export):
            return []
        return list(roles)

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        roles = {name: role for name in names if (role := _role(glimpse(export, name).value))}
        profiles = [name for name, role in roles.items() if role.what == "profile"]
        meta = MetaExport(export, _owner(export, profiles))
        yield from meta.account()
        for name, role in roles.items():
            if role.what == "message":
                yield from meta.messages(name)
            else:
                yield from _items(export, name, role, FacebookItems(meta, name))


def _items(export: Export, name: str, role: _Role, items: FacebookItems) -> Iterator[Item]:
    with export.open(name) as stream:
        read = JsonStream(stream, name)
        for piece in read.items(role.path):
            if isinstance(piece, Problem):
                yield piece
                continue
            value, raw, number = piece
            where = f"item {number}"
            if role.what == "profile":
                yield Other("profile", raw, RAW_TYPE, name, "whole file")
            elif role.what == "event":
                yield items.event(value, raw, where)
            elif role.what == "photo":
                yield from items.photo(value, raw, where, album=repaired(read.around.get(("name",))))
            else:
                yield items.activity(value, raw, where, usual=role.what, others=role.others)


def _role(value: object) -> _Role | None:
    if isinstance(value, list):
        return _activity((), value)
    if not isinstance(value, dict):
        return None
    if _is_thread(value):
        return _Role("message")
    for key in ("profile_v2", "profile"):
        if isinstance(value.get(key), dict) and "name" in dict_of(value[key]):
            return _Role("profile", (key,))
    for key, inner in value.items():
        if key in _LISTS and _is_photos(inner):
            return _Role(_LISTS[key], (key,))
        if key == _EVENTS and isinstance(inner, list):
            return _Role("event", (key,))
        path: Path = (key,)
        if isinstance(inner, dict) and isinstance(inner.get("activity_log_data"), list):
            path, inner = (key, "activity_log_data"), inner["activity_log_data"]
        if isinstance(inner, list) and (role := _activity(path, inner)):
            return role
    return None


def _activity(path: Path, items: list[object]) -> _Role | None:
    """A list of things done: each has a timestamp, and says what in `data`, `attachments` or a title."""
    found = [one for one in dicts_of(items) if "timestamp" in one]
    others = bool(path) and path[0].startswith("wall_posts_sent_to_you")
    for one in found:
        for part in dicts_of(one.get("data")):
            for what in _SAID:
                if what in part:
                    return _Role(what, path, others)
    named = next((what for word, what in _WORDS if path and word in path[0]), "")
    shaped = any("attachments" in one or ("title" in one and "data" in one) for one in found)
    if named and (found or not items) and path[0].endswith(("_v2", "posts", "comments", "reactions", "you")):
        return _Role(named, path, others)
    return _Role("post", path, others) if shaped and not path else None


def _is_thread(value: Json) -> bool:
    if not isinstance(value.get("messages"), list) or not isinstance(value.get("participants"), list):
        return False
    return all("sender_name" in one or "senderName" in one for one in dicts_of(value["messages"]))


def _is_photos(value: object) -> bool:
    return isinstance(value, list) and all("uri" in one and "creation_timestamp" in one for one in dicts_of(value))


def _is_instagram(export: Export) -> bool:
    """Whether the message threads of an export are Instagram's, whose files have the same form."""
    from ordskifte.channels.exports.instagram import has_instagram  # the two readers ask each other

    return has_instagram(export)


def _owner(export: Export, profiles: list[str]) -> Author | None:
    for name in profiles:
        value = dict_of(glimpse(export, name).value)
        profile = dict_of(value.get("profile_v2") or value.get("profile"))
        given = profile.get("name")
        full = repaired(dict_of(given).get("full_name") if isinstance(given, dict) else given)
        url, user = repaired(profile.get("profile_uri")), repaired(profile.get("username"))
        if full or url:
            return Author(url or user or full, user, full, url)
    return None
