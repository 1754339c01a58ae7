"""An X archive: data/account.js, data/tweets.js, data/deleted-tweets.js and the pictures, as X gives it out.

It holds the account's own posts only. An edit is a post of its own that names the first one.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zlib import crc32

from ordskifte.web.demo.conversations import Said, Words
from ordskifte.web.demo.pictures import HIGH, WIDE, picture
from ordskifte.web.demo.writers.packing import json_bytes

ACCOUNT, USERNAME = "3114207722", "eksempelkommune"
_EPOCH = datetime(2010, 11, 4, tzinfo=UTC)


def x_archive(said: Sequence[Said]) -> dict[str, bytes]:
    """The files of the archive."""
    kept: list[dict[str, object]] = []
    deleted: list[dict[str, object]] = []
    media: dict[str, bytes] = {}
    for one in said:
        for words in one.versions:
            tweet = _tweet(one, words)
            if one.deleted:
                deleted.append({"tweet": {**tweet, "deleted_at": _iso(one.deleted)}})
            else:
                kept.append({"tweet": tweet})
            if one.picture:
                media[f"data/tweets_media/{_id(one, words)}-{_media_name(one)}"] = picture(one.picture)
    account = {
        "email": "post@eksempel.example",
        "createdVia": "web",
        "username": USERNAME,
        "accountId": ACCOUNT,
        "createdAt": "2015-03-23T09:12:44.000Z",
        "accountDisplayName": "Eksempel kommune",
    }
    return {
        "data/account.js": _part("account", [{"account": account}]),
        "data/tweets.js": _part("tweets", kept),
        "data/deleted-tweets.js": _part("deleted_tweets", deleted),
        "data/like.js": _part("like", [{"like": _like(number)} for number in range(1, 13)]),
        **media,
    }


def _part(name: str, items: Sequence[object]) -> bytes:
    return f"window.YTD.{name}.part0 = ".encode() + json_bytes(items, indent=2)


def _like(number: int) -> dict[str, str]:
    tweet = str(1_767_000_000_000_000_000 + number * 77_777)
    return {"tweetId": tweet, "expandedUrl": f"https://twitter.com/i/web/status/{tweet}"}


def _id(one: Said, words: Words) -> str:
    return str(int((words.at - _EPOCH).total_seconds() * 1000) << 22 | one.number)


def _media_name(one: Said) -> str:
    return f"{crc32(one.picture.encode()):08x}.png"


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _tweet(one: Said, words: Words) -> dict[str, object]:
    first, ids = one.versions[0], [_id(one, words) for words in one.versions]
    own = {
        "editTweetIds": ids,
        "editableUntil": _iso(first.at + timedelta(hours=1)),
        "editsRemaining": str(5 - len(ids) + 1),
        "isEditEligible": True,
    }
    is_edit = words is not first
    tweet: dict[str, object] = {
        "edit_info": {"edit": {"initialTweetId": ids[0], "editControlInitial": own}} if is_edit else {"initial": own},
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(words.text))],
        "favorite_count": str(one.number * 7 % 23),
        "id_str": _id(one, words),
        "truncated": False,
        "retweet_count": str(one.number * 3 % 7),
        "id": _id(one, words),
        "created_at": words.at.astimezone(UTC).strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "favorited": False,
        "full_text": words.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "lang": "en" if one.language == "en" else "no",
    }
    if one.picture:
        tweet["entities"], tweet["extended_entities"] = {"media": [_media(one)]}, {"media": [_media(one)]}
    return tweet | _answering(one)


def _answering(one: Said) -> dict[str, object]:
    """What a post answers: our own post above it, or one of somebody else's that the archive does not hold."""
    if handle := one.marked("svar"):
        account = str(crc32(handle.encode()))
        tweet = str((int((one.at - timedelta(minutes=25) - _EPOCH).total_seconds() * 1000) << 22) | 4_000 + one.number)
    elif one.parent:
        handle, account, tweet = USERNAME, ACCOUNT, _id(one.parent, one.parent.versions[0])
    else:
        return {}
    return {
        "in_reply_to_status_id": tweet,
        "in_reply_to_status_id_str": tweet,
        "in_reply_to_user_id": account,
        "in_reply_to_user_id_str": account,
        "in_reply_to_screen_name": handle,
    }


def _media(one: Said) -> dict[str, object]:
    return {
        "type": "photo",
        "id_str": str(crc32(one.picture.encode())),
        "media_url": f"http://pbs.twimg.example/media/{_media_name(one)}",
        "media_url_https": f"https://pbs.twimg.example/media/{_media_name(one)}",
        "url": "https://t.example/a",
        "ext_alt_text": one.alt,
        "sizes": {"large": {"w": str(WIDE), "h": str(HIGH), "resize": "fit"}},
    }
