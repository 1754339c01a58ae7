import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Other, Problem
from ordskifte.channels.exports.source import open_export
from ordskifte.channels.exports.x import XReader
from tests.channels.exports.made import arrivals, as_bytes, folder, others, problems, read, zipped

OWNER = Author("4242", "@eksempelkommune", "Eksempel kommune", "https://x.com/eksempelkommune")
ACCOUNT = [{"account": {"username": "eksempelkommune", "accountId": "4242", "accountDisplayName": "Eksempel kommune"}}]
MADE = "Thu Feb 01 08:00:00 +0000 2024"


def js(name: str, items: object, part: int = 0) -> bytes:
    return f"window.YTD.{name}.part{part} = ".encode() + json.dumps(items, ensure_ascii=False, indent=2).encode()


def tweet(ident: str = "1752971000000000000", text: str = "Veien er brøytet.", **more: object) -> dict[str, object]:
    said = {"id_str": ident, "id": ident, "created_at": MADE, "full_text": text, "lang": "no", "retweeted": False}
    return {"tweet": said | more}


def archive(*tweets: object, **files: object) -> dict[str, object]:
    return {"data/account.js": js("account", ACCOUNT), "data/tweets.js": js("tweets", list(tweets))} | files


def one(tmp_path: Path, item: object) -> Arrival:
    (found,) = arrivals(read(XReader(), folder(tmp_path / "arkiv", archive(item))))
    return found


def test_a_post_is_taken_in_whole(tmp_path: Path) -> None:
    items = read(XReader(), open_export(zipped(tmp_path / "arkiv.zip", archive(tweet("77")))))
    raw = json.dumps(tweet("77"), ensure_ascii=False, indent=2).replace("\n", "\n  ").encode()
    assert items[0] == Account("4242", OWNER.handle, OWNER.name, OWNER.url)
    assert others(items) == ["account"]
    assert items[2:] == [
        Arrival(
            external_id="77",
            kind="post",
            author=OWNER,
            ours=True,
            text="Veien er brøytet.",
            raw=raw,
            raw_type="application/json",
            file="data/tweets.js",
            where="item 1",
            version_key="77",
            published=datetime(2024, 2, 1, 8, tzinfo=UTC),
            language="no",
            permalink="https://x.com/eksempelkommune/status/77",
        )
    ]


URL = {"urls": [{"url": "https://t.co/abcdefghij", "expanded_url": "https://eksempel.example/sak?a=1&b=2"}]}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (tweet(text="Snø &amp; is &lt;3"), {"text": "Snø & is <3"}),
        (
            tweet(text="Se https://t.co/abcdefghij nå", entities=URL),
            {"text": "Se https://eksempel.example/sak?a=1&b=2 nå"},
        ),
        (tweet(text="Se her", entities={"urls": [{"url": "", "expanded_url": "x"}, 7]}), {"text": "Se her"}),
        (tweet(entities=[]), {"text": "Veien er brøytet."}),
        (tweet(in_reply_to_status_id_str="5"), {"kind": "reply", "parent_id": "5"}),
        (tweet(in_reply_to_status_id=5), {"kind": "reply", "parent_id": "5"}),
        (tweet(text="RT @biblioteket: Åpent"), {"kind": "share", "extra": {"shared": "@biblioteket"}}),
        (
            tweet(text="RT @biblioteket: Åpent", retweeted_status={"id_str": "9"}),
            {"kind": "share", "extra": {"shared": "https://x.com/biblioteket/status/9"}},
        ),
        (tweet(text="Åpent", retweeted_status={}), {"kind": "share", "extra": {}}),
        (tweet(lang="und"), {"language": ""}),
        (tweet(lang="qme"), {"language": ""}),
        (tweet(lang="iw"), {"language": "he"}),
        (tweet(lang=None), {"language": ""}),
        (tweet(created_at="Thu Feb 30 08:00:00 +0000 2024"), {"published": None, "remarks": (reasons.BAD_DATE,)}),
        (tweet()["tweet"], {"external_id": "1752971000000000000"}),
        ({"tweet": {"id": 12, "text": "Kort", "created_at": MADE}}, {"external_id": "12", "text": "Kort"}),
    ],
)
def test_forms_of_posts(tmp_path: Path, item: object, expected: dict[str, object]) -> None:
    found = one(tmp_path, item)
    assert {name: getattr(found, name) for name in expected} == expected


def test_an_edited_post_is_versions_of_its_first(tmp_path: Path) -> None:
    chain = [str((1_706_774_400_000 - 1_288_834_974_657) << 22), "1752971500000000000"]  # the first: 08:00
    first = tweet(chain[0], edit_info={"initial": {"editTweetIds": chain}})
    later = "Thu Feb 01 08:20:00 +0000 2024"
    for info in (
        {"edit": {"initialTweetId": chain[0], "editControlInitial": {"editTweetIds": chain}}},
        {"edit": {"editControlInitial": {"editTweetIds": chain}}},
    ):
        second = tweet(chain[1], "Veien er strødd.", created_at=later, edit_info=info)
        found = arrivals(read(XReader(), folder(tmp_path / "arkiv", archive(first, second))))
        assert [(one.external_id, one.version_key, one.edited) for one in found] == [
            (chain[0], chain[0], None),
            (chain[0], chain[1], datetime(2024, 2, 1, 8, 20, tzinfo=UTC)),
        ]
        assert found[1].published == datetime(2024, 2, 1, 8, tzinfo=UTC)  # by the first id's own time


def test_an_edit_of_a_post_whose_id_tells_no_time(tmp_path: Path) -> None:
    info = {"edit": {"initialTweetId": "12"}}
    assert one(tmp_path, tweet("13", edit_info=info)).published is None


def test_a_deleted_post_is_a_deletion_with_its_words(tmp_path: Path) -> None:
    gone = tweet("5", "Feil melding", deleted_at="Thu Feb 01 09:00:00 +0000 2024")
    files = {"data/account.js": js("account", ACCOUNT), "data/deleted-tweets.js": js("deleted_tweets", [gone])}
    (found,) = arrivals(read(XReader(), folder(tmp_path / "arkiv", files)))
    assert (found.kind, found.version_key, found.text) == ("deletion", "deleted", "Feil melding")
    assert (found.published, found.edited) == (datetime(2024, 2, 1, 8, tzinfo=UTC), datetime(2024, 2, 1, 9, tzinfo=UTC))


def photo(**more: object) -> dict[str, object]:
    return {"url": "https://t.co/mmmmmmmmmm", "media_url_https": "https://bilder.example/media/AbC.jpg"} | more


def test_media_with_alt_text_and_where_they_lie(tmp_path: Path) -> None:
    film = photo(
        video_info={
            "variants": [
                {"content_type": "application/x-mpegURL", "url": "https://film.example/a.m3u8"},
                {"content_type": "video/mp4", "bitrate": "832000", "url": "https://film.example/lav.mp4?tag=12"},
                {"content_type": "video/mp4", "bitrate": 2176000, "url": "https://film.example/hoy.mp4?tag=12"},
            ]
        }
    )
    item = tweet(
        "8",
        "Brua er åpen https://t.co/mmmmmmmmmm",
        entities={"media": [photo()]},
        extended_entities={"media": [photo(ext_alt_text="Brua i sol"), film, photo(media_url_https=None), 7]},
    )
    media = {"data/tweets_media/8-AbC.jpg": b"\xff\xd8", "data/tweets_media/8-lav.mp4": b"film"}
    (found,) = arrivals(read(XReader(), folder(tmp_path / "arkiv", archive(item) | media)))
    assert found.text == "Brua er åpen"
    assert found.attachments == (
        Attachment("image/jpeg", "https://bilder.example/media/AbC.jpg", "data/tweets_media/8-AbC.jpg", "Brua i sol"),
        Attachment("video/mp4", "https://film.example/lav.mp4?tag=12", "data/tweets_media/8-lav.mp4"),
        Attachment(),
    )


def test_media_of_older_archives_and_media_that_are_missing(tmp_path: Path) -> None:
    item = tweet("8", entities={"media": [photo()]})
    files = {"tweet.js": js("tweet", [item]), "tweet_media/8-AbC.jpg": b"\xff\xd8"}
    (found,) = arrivals(read(XReader(), folder(tmp_path / "gammelt", files)))
    assert found.attachments == (
        Attachment("image/jpeg", "https://bilder.example/media/AbC.jpg", "tweet_media/8-AbC.jpg"),
    )
    assert one(tmp_path, item).attachments == (Attachment("image/jpeg", "https://bilder.example/media/AbC.jpg"),)


def test_parts_are_read_and_an_archive_without_an_account_is_still_ours(tmp_path: Path) -> None:
    files = {"tweets.js": js("tweets", [tweet("1")]), "tweets-part1.js": js("tweets", [tweet("2")], 1)}
    items = read(XReader(), folder(tmp_path / "arkiv", files))
    found = {one.external_id: (one.author, one.ours, one.permalink) for one in arrivals(items)}
    assert found == {n: (None, True, f"https://x.com/i/web/status/{n}") for n in ("1", "2")}
    assert not [item for item in items if isinstance(item, Account)]


def note_tweet(text: str, made: str = "2024-02-01T08:00:00.000Z") -> dict[str, object]:
    return {"noteTweet": {"noteTweetId": "99", "createdAt": made, "core": {"text": text}}}


def test_a_long_text_takes_the_place_of_its_beginning(tmp_path: Path) -> None:
    whole = "Kommunestyret har vedtatt en ny plan for brøyting av alle veier i kommunen, også gangveier."
    short = "Kommunestyret har vedtatt en ny plan… https://t.co/abcdefghij"
    notes = js("note_tweet", [note_tweet(whole), note_tweet(whole, "i går"), {"noteTweet": 7}])
    files = archive(tweet("1", short), tweet("2", "Noe annet"), **{"data/note-tweet.js": notes})
    items = read(XReader(), folder(tmp_path / "arkiv", files))
    assert [found.text for found in arrivals(items)] == [whole, "Noe annet"]
    assert others(items) == ["account", "note", "note", "note"]
    two = archive(
        tweet("1", short), **{"data/note-tweet.js": js("note_tweet", [note_tweet(whole), note_tweet(whole + "!")])}
    )
    assert arrivals(read(XReader(), folder(tmp_path / "to", two)))[0].text == short


def message(ident: str, sender: str, **more: object) -> dict[str, object]:
    made = {
        "id": ident,
        "senderId": sender,
        "recipientId": "4242",
        "text": "Hei",
        "createdAt": "2024-02-01T08:00:00.000Z",
    }
    return {"messageCreate": made | more}


def test_direct_messages_are_private_messages_in_their_talk(tmp_path: Path) -> None:
    said = message(
        "31",
        "17",
        text="Se https://t.co/abcdefghij",
        urls=[{"url": "https://t.co/abcdefghij", "expanded": "https://eksempel.example/"}],
        mediaUrls=["https://ton.example/dm/31/x.jpg"],
    )
    talks = [
        {"dmConversation": {"conversationId": "17-4242", "messages": [said, message("32", "4242")]}},
        {"dmConversation": {"conversationId": "1-2", "messages": [{"joinConversation": {}}, message("", "1"), 7]}},
        {"dmConversation": {"messages": [message("33", "", createdAt="i går"), {}]}},
    ]
    files = archive(
        **{"data/direct-messages.js": js("direct_messages", talks), "data/direct_messages_media/31-x.jpg": b"x"}
    )
    items = read(XReader(), folder(tmp_path / "arkiv", files))
    first, second, third = arrivals(items)
    assert (first.kind, first.visibility, first.thread_id, first.text) == (
        "message", "private", "17-4242", "Se https://eksempel.example/",
    )  # fmt: skip
    assert (first.author, first.ours, second.author, second.ours) == (Author("17"), False, OWNER, True)
    path = "data/direct_messages_media/31-x.jpg"
    assert first.attachments == (Attachment("image/jpeg", "https://ton.example/dm/31/x.jpg", path),)
    assert (third.thread_id, third.author, third.remarks) == (None, None, (reasons.BAD_DATE,))
    assert others(items) == ["account", "joinConversation", "event"]
    assert problems(items) == [("item 4", reasons.NO_ID), ("item 5", reasons.WRONG_SHAPE)]
    assert first.raw is not None
    assert json.loads(first.raw) == said


def test_likes_follows_and_headers_are_counted(tmp_path: Path) -> None:
    files = archive(
        **{
            "data/like.js": js("like", [{"like": {"tweetId": "1", "fullText": "Fint"}}]),
            "data/follower.js": js("follower", [{"follower": {"accountId": "1"}}] * 2),
            "data/profile.js": js("profile", [{"profile": {"description": {}}}]),
            "data/tweet-headers.js": js("tweet_headers", [{"tweet": {"tweet_id": "1", "user_id": "4242"}}]),
            "data/ad-engagements.js": js("ad_engagements", [{"ad": {}}]),
            "data/manifest.js": b'window.__THAR_CONFIG = {"userInfo": {}}',
        }
    )
    export = folder(tmp_path / "arkiv", files)
    assert others(read(XReader(), export)) == ["account", "profile", "header", "like", "follower", "follower"]
    assert not {"data/ad-engagements.js", "data/manifest.js"} & set(XReader().claim(export))


def test_what_is_wrong_costs_one_item_each(tmp_path: Path) -> None:
    items = [
        tweet("1"),
        7,
        {"tweet": 7},
        {"tweet": {"full_text": "x", "id_str": ""}},
        {"tweet": {"id_str": "1"}},
        tweet("2"),
    ]
    text = js("tweets", items).replace(b"\n]", b', {"tweet": {"full_text": "aldri lukket')
    found = read(XReader(), folder(tmp_path / "arkiv", {"data/tweets.js": text}))
    assert [one.external_id for one in arrivals(found)] == ["1", "2"]
    assert problems(found) == [
        ("item 2", reasons.WRONG_SHAPE),
        ("item 3", reasons.WRONG_SHAPE),
        ("item 4", reasons.NO_ID),
        ("item 5", reasons.WRONG_SHAPE),
        ("item 7", reasons.TRUNCATED),
    ]
    assert all(item.raw for item in found if isinstance(item, Problem))


def test_a_bad_message_file_is_a_problem(tmp_path: Path) -> None:
    talks = js("direct_messages", [{"dmConversation": {"conversationId": "1", "messages": [message("1", "2")]}}])
    files = {"dm.js": talks[:-10] + b"tull", "like.js": js("like", [{"like": {}}])[:-1] + b", tull]"}
    items = read(XReader(), folder(tmp_path / "arkiv", files))
    assert len(arrivals(items)) == 1
    assert problems(items) == [
        ("item 2", reasons.NOT_JSON),
        ("item 3", reasons.TRUNCATED),
        ("item 2", reasons.NOT_JSON),
    ]


@pytest.mark.parametrize("account", [[], [7], [{"account": {"username": "x"}}], [{"account": {"accountId": "1"}}]])
def test_accounts_that_say_little(tmp_path: Path, account: object) -> None:
    files = {"account.js": js("account", account), "tweets.js": js("tweets", [tweet("1")])}
    (found,) = arrivals(read(XReader(), folder(tmp_path / "arkiv", files)))
    assert found.author in (None, Author("1"))


def test_an_empty_list_of_posts_is_still_an_archive(tmp_path: Path) -> None:
    export = folder(tmp_path / "arkiv", {"tweets.js": js("tweets", []), "like.js": js("like", [])})
    assert XReader().claim(export) == ["tweets.js"]
    assert read(XReader(), export) == []


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"",
        b"alert(1)",
        b'{"tweet": 1}',
        b"window.YTD.tweets.part0 = 7",
        b'[{"like": {}}]',
        b"[[]]",
    ],
)
def test_a_name_alone_makes_no_archive(tmp_path: Path, data: bytes) -> None:
    assert XReader().claim(folder(tmp_path / "arkiv", {"data/tweets.js": data})) == []


def test_posts_without_the_javascript_name_are_read(tmp_path: Path) -> None:
    items = read(XReader(), folder(tmp_path / "arkiv", {"tweets.json": as_bytes([tweet("1")])}))
    assert [one.external_id for one in arrivals(items)] == ["1"]
    assert not [item for item in items if isinstance(item, Other)]


@pytest.mark.parametrize("first", ["[" * 100_000 + "]" * 100_000, '"tull"', "null"])
def test_a_first_item_that_says_nothing_does_not_hide_the_others(tmp_path: Path, first: str) -> None:
    (tmp_path / "data").mkdir()
    whole = json.dumps({"tweet": {"id_str": "2", "full_text": "Hei", "created_at": "Wed Mar 04 10:00:00 +0000 2020"}})
    (tmp_path / "data" / "tweets.js").write_text(f"window.YTD.tweets.part0 = [{first},{whole}]")
    items = read(XReader(), open_export(tmp_path))
    assert [item.where for item in items if isinstance(item, Problem)] == ["item 1"]
    assert [item.text for item in items if isinstance(item, Arrival)] == ["Hei"]
