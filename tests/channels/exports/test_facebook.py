import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Item, Other
from ordskifte.channels.exports.facebook import FacebookReader
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, folder, others, problems, read, zipped

AT = 1_706_774_400
WHEN = datetime(2024, 2, 1, 8, tzinfo=UTC)
URL = "https://www.facebook.com/eksempelkommune"
PROFILE = {
    "profile_v2": {
        "name": {"full_name": "Eksempel kommune"},
        "username": "eksempelkommune",
        "profile_uri": URL,
    }
}
OWNER = Author(URL, "eksempelkommune", "Eksempel kommune", URL)


def mojibake(value: object) -> bytes:
    """JSON as Facebook writes it: the bytes of UTF-8, each as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return (
        json.dumps(text.encode().decode("latin-1"))[1:-1]
        .encode()
        .replace(b'\\"', b'"')
        .replace(b"\\n", b"\n")
        .replace(b"\\\\", b"\\")
    )


def of(tmp_path: Path, name: str, value: object, *, profile: bool = True) -> list[Item]:
    files = {name: mojibake(value)} | ({"personal_information/profile_information.json": PROFILE} if profile else {})
    return read(FacebookReader(), folder(tmp_path / "fb", files))


def post(**more: object) -> dict[str, object]:
    return {
        "timestamp": AT,
        "data": [{"post": "Veien er brøytet 😀"}],
        "title": "Eksempel kommune la til et innlegg.",
    } | more


def test_a_post_is_taken_in_whole(tmp_path: Path) -> None:
    name = "your_facebook_activity/posts/your_posts_1.json"
    path = zipped(tmp_path / "fb.zip", {name: mojibake([post()]), "profil.json": PROFILE})
    items = read(FacebookReader(), open_export(path))
    assert items[0] == Account(OWNER.external_id, "eksempelkommune", "Eksempel kommune", OWNER.url)
    assert others(items) == ["profile"]
    (found,) = arrivals(items)
    assert len(found.external_id) == 32
    assert found.raw is not None
    assert found.raw in mojibake([post()])
    assert found == Arrival(
        external_id=found.external_id,
        kind="post",
        author=OWNER,
        ours=True,
        text="Veien er brøytet 😀",
        raw=found.raw,
        raw_type="application/json",
        file=name,
        where="item 1",
        title="Eksempel kommune la til et innlegg.",
        published=WHEN,
    )


def test_media_links_and_places_of_a_post(tmp_path: Path) -> None:
    medium = {
        "uri": "posts/media/a/bro.jpg",
        "creation_timestamp": AT,
        "description": "Brua i sol",
        "media_metadata": {"photo_metadata": {"exif_data": [{"upload_ip": "192.0.2.1", "latitude": 60.1}]}},
    }
    data = [
        {"media": medium},
        {"media": medium},
        {"media": {"uri": "https://film.example/a.mp4"}},
        {"media": {"uri": "posts/media/borte.png"}},
        {"external_context": {"url": "https://eksempel.example/sak"}},
        {"place": {"name": "Solli", "coordinate": {"latitude": 60.1}}},
        7,
    ]
    root = "nedlasting/your_facebook_activity/"
    files = {
        root + "posts/your_posts_1.json": mojibake([post(attachments=[{"data": data}])]),
        root + "posts/media/a/bro.jpg": b"x",
    }
    (found,) = arrivals(read(FacebookReader(), folder(tmp_path / "fb", files)))
    assert found.attachments == (
        Attachment("image/jpeg", "", root + "posts/media/a/bro.jpg", "Brua i sol"),
        Attachment("video/mp4", "https://film.example/a.mp4"),
        Attachment("image/png"),
    )
    assert found.extra == {"link": "https://eksempel.example/sak", "place": "Solli"}
    assert "192.0.2.1" not in repr({name: getattr(found, name) for name in ("text", "title", "extra", "attachments")})


def test_a_comment_by_the_owner_and_one_without_words(tmp_path: Path) -> None:
    told = {"timestamp": AT, "comment": "Så bra!", "author": "Eksempel kommune", "group": "Solli vel"}
    items = of(tmp_path, "comments.json", {"comments_v2": [
        {"timestamp": AT, "data": [{"comment": told}], "title": "Eksempel kommune kommenterte Karis innlegg."},
        {"timestamp": AT + 60, "title": "Eksempel kommune kommenterte et innlegg."},
        {"timestamp": AT, "data": [{"comment": told | {"author": "Kari Nordmann"}}]},
    ]})  # fmt: skip
    first, second, third = arrivals(items)
    assert (first.kind, first.text, first.ours, first.author, first.extra) == (
        "comment", "Så bra!", True, OWNER, {"group": "Solli vel"},
    )  # fmt: skip
    assert first.title == "Eksempel kommune kommenterte Karis innlegg."
    assert (second.kind, second.text, second.ours) == ("comment", "", True)
    assert (third.author, third.ours) == (Author("Kari Nordmann", "", "Kari Nordmann"), False)


def test_without_a_profile_the_activity_is_still_ours(tmp_path: Path) -> None:
    told = {"timestamp": AT, "comment": "Så bra!", "author": "Eksempel kommune"}
    items = of(
        tmp_path, "comments.json", {"comments_v2": [{"timestamp": AT, "data": [{"comment": told}]}]}, profile=False
    )
    (found,) = items
    assert isinstance(found, Arrival)
    assert (found.ours, found.author) == (True, Author("Eksempel kommune", "", "Eksempel kommune"))


@pytest.mark.parametrize(
    ("value", "kind", "ours"),
    [
        ([post()], "post", True),
        ([post(data=[], attachments=[])], "post", True),
        ({"status_updates": [post()]}, "post", True),
        ({"group_posts_v2": [post()]}, "post", True),
        ({"group_posts": {"activity_log_data": [post()]}}, "post", True),
        ({"wall_posts_sent_to_you": {"activity_log_data": [post()]}}, "post", False),
        (
            {"reviews_v2": [{"timestamp": AT, "data": [{"review": {"text": "Bra", "author": "Eksempel kommune"}}]}]},
            "review",
            True,
        ),
    ],
)
def test_lists_in_every_form(tmp_path: Path, value: object, kind: str, ours: bool) -> None:
    (found,) = arrivals(of(tmp_path, "liste.json", value))
    assert (found.kind, found.ours) == (kind, ours)


def test_reactions_are_counted(tmp_path: Path) -> None:
    like = {"timestamp": AT, "data": [{"reaction": {"reaction": "LIKE", "actor": "Eksempel kommune"}}], "title": "x"}
    assert others(of(tmp_path, "a.json", {"reactions_v2": [like, like]})) == ["reaction", "reaction", "profile"]
    assert others(of(tmp_path, "a.json", [like]))[:1] == ["reaction"]


def test_ids_do_not_hang_on_the_words_and_tell_equals_apart(tmp_path: Path) -> None:
    before = [one.external_id for one in arrivals(of(tmp_path, "a.json", [post(), post(), post(timestamp=AT + 1)]))]
    changed = post(data=[{"post": "Veien er strødd"}, {"update_timestamp": AT + 500}])
    items = arrivals(of(tmp_path, "a.json", [changed, post(), post(timestamp=AT + 1)]))
    assert [one.external_id for one in items] == before
    assert len(set(before)) == 3
    assert (items[0].version_key, items[0].edited) == (str(AT + 500), datetime(2024, 2, 1, 8, 8, 20, tzinfo=UTC))
    same = post(data=[{"post": "x"}, {"update_timestamp": AT}])
    assert arrivals(of(tmp_path, "a.json", [same]))[0].version_key == ""


def thread(*messages: object) -> dict[str, object]:
    people = [{"name": "Kåre Nordmann"}, {"name": "Eksempel kommune"}]
    return {"participants": people, "messages": list(messages), "title": "Kåre", "thread_path": "inbox/kare_12"}


def said(**more: object) -> dict[str, object]:
    text = "Når blir det brøytet på Åsen?"
    return {"sender_name": "Kåre Nordmann", "timestamp_ms": AT * 1000 + 250, "content": text} | more


def test_messages_are_private_and_in_their_thread(tmp_path: Path) -> None:
    photo = {"photos": [{"uri": "messages/inbox/kare_12/photos/a.jpg"}], "sticker": {"uri": "x.webp"}}
    items = of(tmp_path, "messages/inbox/kare_12/message_1.json", thread(
        said(**photo),
        said(sender_name="Eksempel kommune", share={"link": "https://eksempel.example/sak"}, content="I kveld."),
        said(is_unsent=True, content=None),
        {"senderName": "Kåre Nordmann", "text": "Takk", "timestamp": AT * 1000, "media": [{"uri": "b.mp4"}]},
        said(timestamp_ms="i går"),
        7,
    ))  # fmt: skip
    first, second, third, fourth, fifth = arrivals(items)
    kare = Author("Kåre Nordmann", "", "Kåre Nordmann")
    assert (first.kind, first.visibility, first.author, first.ours) == ("message", "private", kare, False)
    assert (first.text, first.thread_id) == ("Når blir det brøytet på Åsen?", "kare_12")
    assert first.title == "Kåre Nordmann, Eksempel kommune"
    assert first.published == datetime(2024, 2, 1, 8, 0, 0, 250000, tzinfo=UTC)
    assert [one.media_type for one in first.attachments] == ["image/jpeg", "image/webp"]
    assert (second.author, second.ours, second.text) == (OWNER, True, "I kveld.\nhttps://eksempel.example/sak")
    assert (third.kind, third.version_key) == ("deletion", "deleted")
    assert (fourth.text, fourth.author, fourth.published) == ("Takk", kare, WHEN)
    assert fifth.remarks == (reasons.BAD_DATE,)
    assert problems(items) == [("item 6", reasons.WRONG_SHAPE)]
    assert len({one.external_id for one in arrivals(items)}) == 5


def test_a_photo_with_words_or_comments_is_an_utterance(tmp_path: Path) -> None:
    comment = {"timestamp": AT + 5, "comment": "Flott bru", "author": "Kåre Nordmann"}
    own = {"timestamp": AT + 9, "comment": "Takk", "author": "Eksempel kommune"}
    photos = [
        {"uri": "album/1.jpg", "creation_timestamp": AT, "description": "Nybrua på Åsen"},
        {"uri": "album/2.jpg", "creation_timestamp": AT},
        {"uri": "album/3.jpg", "creation_timestamp": AT, "comments": [comment, own]},
        7,
    ]
    items = of(tmp_path, "posts/album/0.json", {"name": "Bruer på Åsen", "photos": photos})
    first, second, third, fourth = arrivals(items)
    assert (first.kind, first.text, first.title) == ("post", "Nybrua på Åsen", "Bruer på Åsen")
    assert (second.text, second.where) == ("", "item 3")
    assert (third.kind, third.parent_id, third.text, third.ours) == ("comment", second.external_id, "Flott bru", False)
    assert (fourth.where, fourth.ours, fourth.raw) == ("item 3, comment 2", True, fourth.raw)
    assert others(items) == ["profile", "photo"]
    assert problems(items) == [("item 4", reasons.WRONG_SHAPE)]


def test_an_event_of_the_owner(tmp_path: Path) -> None:
    event = {
        "name": "Folkemøte på Åsen",
        "description": "Om skolen",
        "start_timestamp": AT,
        "end_timestamp": 0,
        "place": {"name": "Kulturhuset"},
        "create_timestamp": AT - 3600,
    }
    items = of(tmp_path, "events/your_events.json", {"your_events_v2": [event, 7]})
    (found,) = arrivals(items)
    assert (found.kind, found.title, found.text) == ("event", "Folkemøte på Åsen", "Om skolen")
    assert found.extra == {"start": "2024-02-01T08:00:00Z", "place": "Kulturhuset"}
    assert found.published == datetime(2024, 2, 1, 7, tzinfo=UTC)
    assert problems(items) == [("item 2", reasons.WRONG_SHAPE)]


def test_an_empty_list_under_a_known_name_is_claimed_and_holds_nothing(tmp_path: Path) -> None:
    export = folder(tmp_path / "fb", {"a.json": {"comments_v2": []}, "b.json": {"your_events_v2": []}})
    assert FacebookReader().claim(export) == ["a.json", "b.json"]
    assert read(FacebookReader(), export) == []


def test_bad_comments_on_a_photo_and_bad_threads_cost_no_more(tmp_path: Path) -> None:
    photo = {"uri": "1.jpg", "creation_timestamp": AT, "comments": {"author": "Kari", "comment": "Fint"}}
    items = of(tmp_path, "album.json", {"name": "Album", "photos": [photo]})
    assert [(one.kind, one.text) for one in arrivals(items)] == [("post", ""), ("comment", "Fint")]
    cut = mojibake(thread(said(), said())).split(b'"title"')[0][:-60]
    items = read(FacebookReader(), folder(tmp_path / "kort", {"message_1.json": cut}))
    assert len(arrivals(items)) == 1
    assert problems(items) == [("item 2", reasons.TRUNCATED)]


def test_what_is_wrong_costs_one_item_each(tmp_path: Path) -> None:
    text = (
        json.dumps([post(), 7, post(timestamp="i går"), post(timestamp=AT + 9)])[:-1]
        + ', {"timestamp": 12, "data": [{"po'
    )
    items = read(FacebookReader(), folder(tmp_path / "fb", {"posts.json": text}))
    assert problems(items) == [("item 2", reasons.WRONG_SHAPE), ("item 5", reasons.TRUNCATED)]
    assert [one.remarks for one in arrivals(items)] == [(), (reasons.BAD_DATE,), ()]


@pytest.mark.parametrize(
    "profile",
    [
        {"profile": {"name": "Eksempel kommune"}},
        {"profile_v2": {"name": {}, "profile_uri": "https://www.facebook.com/e"}},
    ],
)
def test_older_and_thinner_profiles(tmp_path: Path, profile: object) -> None:
    items = read(FacebookReader(), folder(tmp_path / "fb", {"profil.json": profile}))
    assert [type(item) for item in items] == [Account, Other]


def test_a_profile_without_a_name_says_nothing(tmp_path: Path) -> None:
    items = read(FacebookReader(), folder(tmp_path / "fb", {"profil.json": {"profile": {"name": None}}}))
    assert [type(item) for item in items] == [Other]


@pytest.mark.parametrize(
    "value",
    [
        [], {}, [1], 7, b"", b"\x89PNG", {"a": []}, {"comments": 7}, [{"timestamp": 1}],
        {"comments_v2": [7]}, {"photos": [{"url": "x"}]}, {"messages": [{"text": "x"}], "participants": []},
        [{"media": [{"uri": "a.jpg", "creation_timestamp": 1}], "title": "x"}],
    ],
)  # fmt: skip
def test_other_json_is_not_claimed(tmp_path: Path, value: object) -> None:
    assert FacebookReader().claim(folder(tmp_path / "fb", {"posts/your_posts_1.json": value})) == []
