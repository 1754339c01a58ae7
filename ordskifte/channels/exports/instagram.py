"""Instagram's "download your information" as JSON, in any language."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Author, Item, Kind, Other, Problem
from ordskifte.channels.exports.glimpse import candidates, glimpse
from ordskifte.channels.exports.jsonstream import JsonStream, Path
from ordskifte.channels.exports.meta import RAW_TYPE, Json, MetaExport, dict_of, dicts_of, repaired
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_epoch

_KEYS: Final = {
    "ig_reels_media": "video", "ig_igtv_media": "video", "ig_stories": "post", "ig_archived_post_media": "post",
    "ig_other_media": "post", "ig_profile_picture": "picture", "ig_recently_deleted_media": "deletion",
    "comments_media_comments": "comment", "comments_reels_comments": "comment", "comments_story_comments": "comment",
    "profile_user": "profile",
}  # fmt: skip
_ASIDES: Final = {"likes_": "like", "relationships_": "follow"}
_USER: Final = ("Username", "Brukernavn", "Brukarnamn", "Brugernavn", "Användarnamn", "Käyttäjänimi")
_NAME: Final = ("Name", "Navn", "Namn", "Nimi")
_OWNER: Final = ("Media Owner", "Medieeier", "Eier av medieinnhold", "Medieejer", "Medieägare")


class _Role(NamedTuple):
    what: str  # post, video, picture, deletion, comment, like, follow, profile, message
    path: Path = ()


class InstagramReader:
    """Reads posts, reels, stories, comments and messages; likes, follows and the profile are counted."""

    kind = "instagram"

    def claim(self, export: Export) -> list[str]:
        if not has_instagram(export):
            return []
        return [name for name in candidates(export) if _role(glimpse(export, name).value, threads=True)]

    def read(self, export: Export, names: list[str]) -> Iterator[Item]:
        roles = {name: role for name in names if (role := _role(glimpse(export, name).value, threads=True))}
        profiles = [name for name, role in roles.items() if role.what == "profile"]
        meta = MetaExport(export, _owner(export, profiles))
        yield from meta.account()
        for name, role in roles.items():
            if role.what == "message":
                yield from meta.messages(name)
                continue
            with export.open(name) as stream:
                for piece in JsonStream(stream, name).items(role.path):
                    if isinstance(piece, Problem):
                        yield piece
                    else:
                        yield _item(meta, name, role.what, *piece)


def has_instagram(export: Export) -> bool:
    """Whether any file of the export has a form that only Instagram's has."""
    return any(_role(glimpse(export, name).value) for name in candidates(export))


def _role(value: object, *, threads: bool = False) -> _Role | None:
    """`threads`: also message threads, which Facebook writes in the same form."""
    if isinstance(value, list):
        found = dicts_of(value)
        if found and all(_is_media(one) for one in found):
            return _Role("post")
        if found and all(_is_comment(one) for one in found):
            return _Role("comment")
        return _Role("follow") if found and all("string_list_data" in one for one in found) else None
    if not isinstance(value, dict):
        return None
    if threads and isinstance(value.get("messages"), list) and isinstance(value.get("participants"), list):
        return _Role("message")
    named = ((key, _named(key, inner)) for key, inner in value.items() if isinstance(inner, list))
    return next((_Role(what, (key,)) for key, what in named if what), None)


def _named(key: str, items: list[object]) -> str:
    """What a list under this key holds, '' when it is not Instagram's."""
    if key in _KEYS:
        return _KEYS[key]
    aside = next((what for start, what in _ASIDES.items() if key.startswith(start)), "")
    return aside if all("string_list_data" in one or "string_map_data" in one for one in dicts_of(items)) else ""


def _is_media(value: Json) -> bool:
    media = dicts_of(value.get("media", []))
    return bool(media) and all("uri" in one and "creation_timestamp" in one for one in media)


def _is_comment(value: Json) -> bool:
    return "string_map_data" in value and "media_list_data" in value


def _owner(export: Export, profiles: list[str]) -> Author | None:
    for name in profiles:
        users = dicts_of(dict_of(glimpse(export, name).value).get("profile_user"))
        facts = {repaired(key): repaired(dict_of(one).get("value")) for key, one in _map(users).items()}
        user = next((facts[key] for key in _USER if facts.get(key)), "")
        full = next((facts[key] for key in _NAME if facts.get(key)), "")
        if user or full:
            return Author(user or full, user, full, f"https://www.instagram.com/{user}/" if user else "")
    return None


def _map(users: list[Json]) -> Json:
    return dict_of(users[0].get("string_map_data")) if users else {}


def _item(meta: MetaExport, file: str, what: str, value: object, raw: bytes, number: int) -> Item:
    where = f"item {number}"
    if what in ("like", "follow", "profile", "picture"):
        return Other(what, raw, RAW_TYPE, file, where)
    if not isinstance(value, dict):
        return Problem(file, where, reasons.WRONG_SHAPE, raw=raw)
    if what == "comment":
        return _comment(meta, file, value, raw, where)
    return _media(meta, file, what, value, raw, where)


def _media(meta: MetaExport, file: str, what: str, value: Json, raw: bytes, where: str) -> Item:
    media = dicts_of(value.get("media", [])) or ([value] if "uri" in value else [])
    if not media:
        return Problem(file, where, reasons.WRONG_SHAPE, raw=raw)
    at = from_epoch(value.get("creation_timestamp", media[0].get("creation_timestamp")))
    titles = (value.get("title"), *(one.get("title") for one in media))
    text = next((found for one in titles if (found := repaired(one))), "")
    kind: Kind = "deletion" if what == "deletion" else "video" if what == "video" else "post"
    attachments = tuple(meta.attachment(repaired(one.get("uri")), file) for one in media if one.get("uri"))
    who = meta.owner.external_id if meta.owner else ""
    return Arrival(
        external_id=meta.nameless.id_for("post", author=who, at=at),
        kind=kind,
        author=meta.owner,
        ours=True,
        text=text,
        raw=raw,
        raw_type=RAW_TYPE,
        file=file,
        where=where,
        version_key="deleted" if kind == "deletion" else "",
        published=at,
        attachments=attachments,
        remarks=() if at else (reasons.BAD_DATE,),
    )


def _comment(meta: MetaExport, file: str, value: Json, raw: bytes, where: str) -> Item:
    """The words of the keys are in the owner's language; their order is always comment, whose post, time."""
    facts = {repaired(key): dict_of(one) for key, one in dict_of(value.get("string_map_data")).items()}
    given = next((one["timestamp"] for one in facts.values() if one.get("timestamp")), None)
    words = {key: repaired(one.get("value")) for key, one in facts.items() if one.get("value")}
    to = next((words.pop(key) for key in _OWNER if key in words), "")
    said = list(words.values())
    if not to and len(said) > 1:
        to = said[1]
    at = from_epoch(given)
    who = meta.owner.external_id if meta.owner else repaired(value.get("title"))
    extra: Mapping[str, str] = {"to": f"@{to}"} if to else {}
    return Arrival(
        external_id=meta.nameless.id_for("comment", author=who, at=at, parent=to),
        kind="comment",
        author=meta.owner,
        ours=True,
        text=said[0] if said else "",
        raw=raw,
        raw_type=RAW_TYPE,
        file=file,
        where=where,
        published=at,
        attachments=tuple(
            meta.attachment(repaired(one.get("uri")), file)
            for one in dicts_of(value.get("media_list_data", []))
            if one.get("uri")
        ),
        extra=extra,
        remarks=() if at else (reasons.BAD_DATE,),
    )
