"""A Page's "download your information": its album of pictures with the comments on them, posts, messages, profile.

Facebook writes its JSON with every byte of UTF-8 as a letter of its own (`\\u00c3\\u00b8` for ø); so does this.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from ordskifte.web.demo.cards import picture_of
from ordskifte.web.demo.conversations import Said
from ordskifte.web.demo.writers.packing import slug

_ROOT = "this_profile's_activity_across_facebook"
_MEDIA = f"{_ROOT}/posts/media/Timelinephotos"


def facebook_export(said: Sequence[Said], *, page: str) -> dict[str, bytes]:
    """The files of the Page called `page`."""
    heads = [one for one in said if not one.parent]
    pictured = [one for one in heads if one.picture]
    elsewhere = [one for one in heads if one.marked("hos")]
    talks = [one for one in heads if one.private]
    plain = [one for one in heads if one not in pictured and one not in elsewhere and one not in talks]
    files: dict[str, object] = {
        f"{_ROOT}/posts/album/0.json": _album(pictured, said, page),
        f"{_ROOT}/posts/profile_posts_1.json": [_post(one, page) for one in plain],
        f"{_ROOT}/comments_and_reactions/comments.json": {"comments_v2": [_elsewhere(one, page) for one in elsewhere]},
        f"{_ROOT}/comments_and_reactions/likes_and_reactions.json": [_reaction(one, page) for one in pictured],
        "personal_information/profile_information/profile_information.json": _profile(page),
        **{_inbox(one): _talk(one, said, page) for one in talks},
    }
    media = {_media(one): picture_of(one.picture) for one in pictured}
    return {name: _bytes(value) for name, value in files.items() if value} | media


def _bytes(value: object) -> bytes:
    return json.dumps(_broken(value), indent=2).encode()


def _broken(value: object) -> object:
    """Every text with its UTF-8 written out as Latin-1, as Facebook does it."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, Mapping):
        return {name: _broken(inner) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [_broken(inner) for inner in value]
    return value


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _who(one: Said, page: str) -> str:
    return page if one.ours else one.author


def _media(one: Said) -> str:
    return f"{_MEDIA}/{one.number:03d}_{one.picture}"


def _album(heads: Sequence[Said], said: Sequence[Said], page: str) -> dict[str, object]:
    if not heads:
        return {}
    photos = [
        {
            "uri": _media(one),
            "creation_timestamp": _seconds(one.at),
            "title": "",
            "description": one.versions[-1].text,
            "comments": [
                {"timestamp": _seconds(other.at), "comment": other.versions[-1].text, "author": _who(other, page)}
                for other in sorted(said, key=lambda other: other.at)
                if other.root is one
            ],
        }
        for one in heads
    ]
    return {"name": "", "photos": photos, "last_modified_timestamp": _seconds(heads[-1].at), "description": ""}


def _post(one: Said, page: str) -> dict[str, object]:
    return {
        "timestamp": _seconds(one.at),
        "data": [{"post": one.versions[-1].text}],
        "title": f"{page} updated their status.",
    }


def _elsewhere(one: Said, page: str) -> dict[str, object]:
    inner = {"timestamp": _seconds(one.at), "comment": one.versions[-1].text, "author": page}
    title = f"{page} commented on {one.marked('hos')}'s post."
    return {"timestamp": _seconds(one.at), "data": [{"comment": inner}], "title": title}


def _reaction(one: Said, page: str) -> dict[str, object]:
    inner = {"reaction": "LIKE", "actor": page}
    return {"timestamp": _seconds(one.at) + 7200, "data": [{"reaction": inner}], "title": f"{page} likes a comment."}


def _profile(page: str) -> dict[str, object]:
    return {
        "profile_v2": {
            "name": {"full_name": page},
            "profile_uri": f"https://www.facebook.example/{slug(page)}",
            "username": slug(page),
        }
    }


def _inbox(one: Said) -> str:
    return f"{_ROOT}/messages/inbox/{slug(one.author)}_{one.number:03d}/message_1.json"


def _talk(one: Said, said: Sequence[Said], page: str) -> dict[str, object]:
    """A message thread, newest first as Facebook has it."""
    messages = [
        {
            "sender_name": _who(other, page),
            "timestamp_ms": _seconds(other.at) * 1000,
            "content": other.versions[-1].text,
            "is_geoblocked_for_viewer": False,
        }
        for other in sorted(said, key=lambda other: other.at, reverse=True)
        if other is one or other.root is one
    ]
    return {
        "participants": [{"name": one.author}, {"name": page}],
        "messages": messages,
        "title": one.author,
        "is_still_participant": True,
        "thread_path": f"inbox/{PurePosixPath(_inbox(one)).parent.name}",
    }
