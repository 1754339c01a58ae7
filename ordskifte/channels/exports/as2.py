"""Parts of ActivityStreams 2.0 values, which may be one thing or a list, an id or a whole object."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from ordskifte.channels.contract import Author, Visibility

Json = Mapping[str, object]

ACTORS: Final = frozenset(("Person", "Organization", "Group", "Service", "Application"))
COLLECTIONS: Final = frozenset(("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"))
ACTIVITIES: Final = frozenset(
    ("Accept", "Add", "Announce", "Arrive", "Block", "Create", "Delete", "Dislike", "EmojiReact", "Flag", "Follow",
     "Ignore", "Invite", "Join", "Leave", "Like", "Listen", "Lock", "Move", "Offer", "Read", "Reject", "Remove",
     "TentativeAccept", "TentativeReject", "Travel", "Undo", "Update", "View")
)  # fmt: skip
OBJECTS: Final = frozenset(
    ("Article", "Audio", "ChatMessage", "Document", "Event", "Image", "Note", "Page", "Question", "Tombstone", "Video")
)
_PUBLIC: Final = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_ACCOUNT: Final = re.compile(r"https?://([^/?#]+)/(?:users/|@|u/|author/|profile/|ap/users/)([^/?#@]+)/?")


def kind_of(value: Json) -> str:
    """The object's type; of several the first that the vocabulary knows."""
    found = value.get("type") or value.get("@type")
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        names = [one for one in found if isinstance(one, str)]
        known = [one for one in names if one in OBJECTS or one in ACTIVITIES or one in ACTORS or one in COLLECTIONS]
        return (known or names or [""])[0]
    return ""


def many(value: object) -> list[object]:
    """One thing or a list of things, as a list."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text_of(value: object) -> str:
    """A string, or '' when it is something else."""
    return value if isinstance(value, str) else ""


def id_of(value: object) -> str:
    """The id of an id, an object, or the first of a list; '' when there is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return text_of(value.get("id") or value.get("@id")) or address_of(value.get("url"))
    return id_of(value[0]) if isinstance(value, list) and value else ""


def address_of(value: object, *, prefer: str = "text/html") -> str:
    """The address of a url: a string, a Link or a list of them, where `prefer` is the media type wanted."""
    if isinstance(value, str):
        return value
    links = [(text_of(one.get("href")), one.get("mediaType")) for one in many(value) if isinstance(one, dict)]
    links += [(one, "") for one in many(value) if isinstance(one, str)]
    preferred = [href for href, media_type in links if media_type == prefer]
    return next(iter(preferred or [href for href, _ in links]), "")


def author_of(value: object) -> Author | None:
    """Who an attributedTo or actor names; of several the first person."""
    if isinstance(value, str):
        return _author(value)
    if isinstance(value, list):
        people = [one for one in value if isinstance(one, dict) and kind_of(one) == "Person"]
        return author_of((people or value)[0]) if value else None
    if not isinstance(value, dict) or not (ident := id_of(value)):
        return None
    user = text_of(value.get("preferredUsername"))
    host = ident.split("/")[2] if ident.count("/") > 2 else ""
    handle = f"@{user}@{host}" if user and host else _author(ident).handle
    address = address_of(value.get("url")) or (ident if host else "")
    return Author(ident, handle, text_of(value.get("name")), address)


@lru_cache(4096)
def _author(ident: str) -> Author:
    found = _ACCOUNT.fullmatch(ident)
    return Author(ident, f"@{found[2]}@{found[1]}" if found else "", "", ident)


def visibility_of(to: object, cc: object) -> Visibility:
    """Who may read it, by its addressees. No list of addressees at all is public: the object was found in the open."""
    first, second = many(to), many(cc)
    for place, seen in ((first, "public"), (second, "unlisted")):
        for one in place:
            if isinstance(one, str) and one in _PUBLIC:
                return seen  # type: ignore[return-value]  # one of the two words above
    if to is None and cc is None:
        return "public"
    for one in (*first, *second):
        if isinstance(one, str) and one.endswith(("/followers", "/subscribers")):
            return "followers"
    return "private"


def language_of(value: Json) -> str:
    """The language as declared, by contentMap or a language object; '' when none or undetermined."""
    words = value.get("contentMap")
    found = ""
    if isinstance(words, dict) and words:
        found = next(iter(words))
        if len(words) > 1:
            content = value.get("content")
            found = next((tag for tag, one in words.items() if one == content), found)
    elif isinstance(language := value.get("language"), dict):
        found = text_of(language.get("identifier"))
    elif isinstance(language, str):
        found = language
    return "" if found == "und" else found
