"""A post or a direct message of an X archive as what intake takes."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Final

from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author, Kind, Other, Problem
from ordskifte.channels.exports.source import Export
from ordskifte.channels.exports.times import from_x

Json = Mapping[str, object]

RAW_TYPE: Final = "application/json"
_NONE: Final[Mapping[str, str]] = {}
_LANGUAGES: Final = {"und": "", "zxx": "", "in": "id", "iw": "he"}
_TYPES: Final = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".mp4": "video/mp4",
}
_FOLDERS: Final = (
    "tweets_media", "tweet_media", "deleted_tweets_media", "community_tweet_media",
    "direct_messages_media", "direct_messages_group_media", "direct_message_media",
)  # fmt: skip
_SNOWFLAKE: Final = 1_288_834_974_657  # milliseconds: 4 November 2010, when ids began to hold their time


class XMedia:
    """Finds a picture or film: the archive keeps it as `<folder>/<id>-<name>` beside the .js file."""

    def __init__(self, export: Export, name: str) -> None:
        self._export = export
        self._base = posixpath.dirname(name)

    def path(self, ident: str, address: str) -> str:
        file = f"{ident}-{posixpath.basename(address.split('?')[0])}"
        for folder in _FOLDERS:
            path = posixpath.join(self._base, folder, file)
            if path in self._export:
                return path
        return ""


class LongTexts:
    """The whole text of posts over 280 signs, which stand in a file of their own without the post's id."""

    def __init__(self) -> None:
        self._texts: dict[datetime, list[str]] = {}

    def add(self, value: object) -> None:
        """One item of note-tweet.js."""
        note = _dict(_dict(value).get("noteTweet"))
        made, text = from_x(note.get("createdAt")), _dict(note.get("core")).get("text")
        if made and isinstance(text, str):
            self._texts.setdefault(made.replace(microsecond=0), []).append(text)

    def whole(self, text: str, made: datetime | None) -> str:
        """The long text that this one, of the same second, is the beginning of; else the text itself."""
        if made is None or not self._texts:
            return text
        start = text.split("… http")[0].rstrip("… ")
        found = [one for one in self._texts.get(made, ()) if len(one) > len(start) and one.startswith(start)]
        return found[0] if len(found) == 1 else text


@dataclass(slots=True)
class XPosts:
    """Turns the items of one file into border values. `owner` is None when the archive does not say whose it is."""

    file: str
    owner: Author | None
    media: XMedia
    long_texts: LongTexts
    _user: str = field(init=False)  # as in addresses

    def __post_init__(self) -> None:
        self._user = self.owner.handle[1:] if self.owner and self.owner.handle else "i/web"

    def item(self, value: object, raw: bytes, where: str) -> Arrival | Other | Problem:
        """One item of tweets.js, tweet.js, deleted-tweets.js or community-tweet.js."""
        post = value.get("tweet", value) if isinstance(value, dict) else None
        if not isinstance(post, dict):
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        text = post.get("full_text", post.get("text"))
        if not isinstance(text, str):
            if "tweet_id" in post:  # tweet-headers.js: ids and times of posts that stand elsewhere
                return Other("header", raw, RAW_TYPE, self.file, where)
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        ident = post.get("id_str") or post.get("id")
        if not ident:
            return Problem(self.file, where, reasons.NO_ID, raw=raw)
        return self._post(post, str(ident), text, raw, where)

    def _post(self, post: Json, ident: str, text: str, raw: bytes, where: str) -> Arrival:
        get = post.get
        made = from_x(get("created_at"))
        first = _first_id(get("edit_info"), ident)
        published, edited = (made, None) if first == ident else (_made(first), made)
        parent = get("in_reply_to_status_id_str") or get("in_reply_to_status_id")
        kind: Kind = "reply" if parent else "post"
        extra = _NONE
        if text.startswith("RT @") or "retweeted_status" in post:
            kind, extra = "share", _shared(post, text)
        remarks = () if made else (reasons.BAD_DATE,)
        deleted = get("deleted_at")
        if deleted is not None:
            kind, edited = "deletion", from_x(deleted)
        entities = get("entities")
        attachments = self._attachments(post, ident) if isinstance(entities, dict) and "media" in entities else ()
        text = self.long_texts.whole(unescape(text) if "&" in text else text, made)
        language = get("lang")
        return Arrival(
            external_id=first,
            kind=kind,
            author=self.owner,
            ours=True,
            text=_with_addresses(text, entities, bool(attachments)) if isinstance(entities, dict) else text,
            raw=raw,
            raw_type=RAW_TYPE,
            file=self.file,
            where=where,
            version_key=ident if deleted is None else "deleted",
            parent_id=str(parent) if parent else None,
            published=published,
            edited=edited,
            language=_language(language) if isinstance(language, str) else "",
            attachments=attachments,
            permalink=f"https://x.com/{self._user}/status/{ident}",
            extra=extra,
            remarks=remarks,
        )

    def message(self, value: object, raw: bytes, where: str, talk: str) -> Arrival | Other | Problem:
        """One item of direct-messages.js; what is no message (someone joined, a new name) is counted."""
        if not isinstance(value, dict):
            return Problem(self.file, where, reasons.WRONG_SHAPE, raw=raw)
        message = value.get("messageCreate", value.get("welcomeMessageCreate"))
        if not isinstance(message, dict):
            return Other(next(iter(value), "event"), raw, RAW_TYPE, self.file, where)
        ident, sender = str(message.get("id") or ""), str(message.get("senderId") or "")
        if not ident:
            return Problem(self.file, where, reasons.NO_ID, raw=raw)
        sent = from_x(message.get("createdAt"))
        ours = self.owner is not None and sender == self.owner.external_id
        links = [_dict(one) for one in _list(message.get("urls"))]
        urls = {"urls": [{"url": one.get("url"), "expanded_url": one.get("expanded")} for one in links]}
        found = [one for one in _list(message.get("mediaUrls")) if isinstance(one, str)]
        return Arrival(
            external_id=ident,
            kind="message",
            author=self.owner if ours else Author(sender) if sender else None,
            ours=ours,
            text=_with_addresses(str(message.get("text") or ""), urls, with_media=False),
            raw=raw,
            raw_type=RAW_TYPE,
            file=self.file,
            where=where,
            thread_id=talk or None,
            published=sent,
            visibility="private",
            attachments=tuple(Attachment(_type(one), one, self.media.path(ident, one)) for one in found),
            remarks=() if sent else (reasons.BAD_DATE,),
        )

    def _attachments(self, post: Json, ident: str) -> tuple[Attachment, ...]:
        extended = _dict(post.get("extended_entities")).get("media") or _dict(post.get("entities")).get("media")
        return tuple(self._attachment(one, ident) for one in _list(extended) if isinstance(one, dict))

    def _attachment(self, medium: Json, ident: str) -> Attachment:
        variants = [one for one in _list(_dict(medium.get("video_info")).get("variants")) if isinstance(one, dict)]
        films = sorted((one for one in variants if one.get("content_type") == "video/mp4"), key=_bitrate, reverse=True)
        addresses = [str(one.get("url") or "") for one in films]
        addresses = addresses or [str(medium.get("media_url_https") or medium.get("media_url") or "")]
        found = next(((one, path) for one in addresses if (path := self.media.path(ident, one))), (addresses[0], ""))
        alt = medium.get("ext_alt_text") or medium.get("alt_text")
        return Attachment(_type(found[0]), found[0], found[1], str(alt or ""))


def _with_addresses(text: str, entities: Json, with_media: bool) -> str:
    """Short addresses become the ones they stand for; the address of a picture that we have goes."""
    for one in _list(entities.get("urls")):
        short, long = _dict(one).get("url"), _dict(one).get("expanded_url")
        if isinstance(short, str) and short and isinstance(long, str) and long:
            text = text.replace(short, long)
    if with_media:
        for one in _list(entities.get("media")):
            short = _dict(one).get("url")
            if isinstance(short, str) and short:
                text = text.replace(short, "")
    return text.strip()


def _first_id(info: object, ident: str) -> str:
    """The first id of the chain of edits that this post belongs to."""
    if not isinstance(info, dict):
        return ident
    initial = info.get("initial")
    if not isinstance(initial, dict):
        edit = _dict(info.get("edit"))
        if given := edit.get("initialTweetId"):
            return str(given)
        initial = _dict(edit.get("editControlInitial"))
    chain = initial.get("editTweetIds")
    return str(chain[0]) if isinstance(chain, list) and chain else ident


def _made(ident: str) -> datetime | None:
    """When a post was made, by its id."""
    number = int(ident) if ident.isdecimal() and len(ident) < 20 else 0
    if number < 1 << 35:  # an id of the time before ids held their time
        return None
    return datetime.fromtimestamp(((number >> 22) + _SNOWFLAKE) // 1000, UTC)


def _shared(post: Json, text: str) -> Mapping[str, str]:
    status = _dict(post.get("retweeted_status"))
    ident = status.get("id_str") or status.get("id")
    name = text[4:].split(":")[0].split(" ")[0] if text.startswith("RT @") else ""
    if ident:
        return {"shared": f"https://x.com/{name or 'i/web'}/status/{ident}"}
    return {"shared": f"@{name}"} if name else _NONE


def _language(tag: str) -> str:
    return "" if tag.startswith("q") else _LANGUAGES.get(tag, tag)


def _type(address: str) -> str:
    return _TYPES.get(posixpath.splitext(address.split("?")[0])[1].lower(), "")


def _bitrate(variant: Json) -> int:
    rate = str(variant.get("bitrate") or "0")
    return int(rate) if rate.isdecimal() else 0


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
