from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Item
from ordskifte.channels.exports.facebook import FacebookReader
from ordskifte.channels.exports.instagram import InstagramReader
from tests.channels.exports.made import arrivals, folder, others, problems, read
from tests.channels.exports.test_facebook import AT, WHEN, mojibake, said, thread

OWNER = Author("eksempelkommune", "eksempelkommune", "Eksempel kommune", "https://www.instagram.com/eksempelkommune/")


def profile(user: str = "Brukernavn", name: str = "Navn") -> dict[str, object]:
    facts = {
        "E-post": {"value": "post@eksempel.example"},
        user: {"value": "eksempelkommune"},
        name: {"value": "Eksempel kommune"},
    }
    return {"profile_user": [{"title": "", "media_map_data": {}, "string_map_data": facts}]}


def of(tmp_path: Path, files: dict[str, object], *, own: bool = True) -> list[Item]:
    made = {name: mojibake(value) for name, value in files.items()} | ({"info.json": profile()} if own else {})
    return read(InstagramReader(), folder(tmp_path / "ig", made))


def medium(uri: str = "media/posts/a.jpg", **more: object) -> dict[str, object]:
    exif = {"photo_metadata": {"exif_data": [{"latitude": 60.1}]}}
    return {"uri": uri, "creation_timestamp": AT, "title": "", "media_metadata": exif} | more


def test_a_post_is_taken_in_whole(tmp_path: Path) -> None:
    posts = [{"media": [medium(title="Brua på Åsen 😀")]}]
    items = read(InstagramReader(), folder(tmp_path / "ig", {
        "content/posts_1.json": mojibake(posts), "media/posts/a.jpg": b"x", "info.json": profile(),
    }))  # fmt: skip
    assert items[0] == Account("eksempelkommune", "eksempelkommune", "Eksempel kommune", OWNER.url)
    (found,) = arrivals(items)
    assert found == Arrival(
        external_id=found.external_id,
        kind="post",
        author=OWNER,
        ours=True,
        text="Brua på Åsen 😀",
        raw=found.raw,
        raw_type="application/json",
        file="content/posts_1.json",
        where="item 1",
        published=WHEN,
        attachments=(Attachment("image/jpeg", "", "media/posts/a.jpg"),),
    )
    assert others(items) == ["profile"]


def test_several_pictures_have_one_text(tmp_path: Path) -> None:
    posts = [
        {"media": [medium("a.jpg"), medium("b.mp4", title="nei")], "title": "To på én", "creation_timestamp": AT + 60}
    ]
    (found,) = arrivals(of(tmp_path, {"posts_1.json": posts}))
    assert (found.text, found.published) == ("To på én", datetime(2024, 2, 1, 8, 1, tzinfo=UTC))
    assert [one.media_type for one in found.attachments] == ["image/jpeg", "video/mp4"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"ig_reels_media": [{"media": [medium()]}]}, "video"),
        ({"ig_stories": [medium(title="Snø")]}, "post"),
        ({"ig_archived_post_media": [{"media": [medium()]}]}, "post"),
        ({"ig_recently_deleted_media": [{"media": [medium()]}]}, "deletion"),
    ],
)
def test_lists_of_media(tmp_path: Path, value: object, kind: str) -> None:
    (found,) = arrivals(of(tmp_path, {"a.json": value}))
    assert (found.kind, found.version_key) == (kind, "deleted" if kind == "deletion" else "")


def comment(words: dict[str, object]) -> dict[str, object]:
    return {"title": "eksempelkommune", "media_list_data": [{"uri": "x.jpg"}, {}], "string_map_data": words}


@pytest.mark.parametrize(
    "words",
    [
        {"Comment": {"value": "Så bra på Åsen"}, "Media Owner": {"value": "kari"}, "Time": {"timestamp": AT}},
        {"Kommentar": {"value": "Så bra på Åsen"}, "Eier": {"value": "kari"}, "Tid": {"timestamp": AT}},
        {"Medieeier": {"value": "kari"}, "Kommentar": {"value": "Så bra på Åsen"}, "Tid": {"timestamp": AT}},
    ],
)
def test_comments_in_any_language(tmp_path: Path, words: dict[str, object]) -> None:
    for value in ([comment(words)], {"comments_media_comments": [comment(words)]}):
        (found,) = arrivals(of(tmp_path, {"post_comments_1.json": value}))
        assert (found.kind, found.text, found.extra) == ("comment", "Så bra på Åsen", {"to": "@kari"})
        assert (found.author, found.ours, found.published) == (OWNER, True, WHEN)


def test_a_comment_that_says_little(tmp_path: Path) -> None:
    (found,) = arrivals(of(tmp_path, {"a.json": {"comments_reels_comments": [comment({})]}}, own=False))
    assert (found.text, found.author, found.remarks) == ("", None, (reasons.BAD_DATE,))


def test_messages_are_instagrams_when_the_rest_is(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "messages/inbox/kare_12/message_1.json": thread(said()),
        "posts_1.json": [{"media": [medium()]}],
    }
    items = of(tmp_path, files)
    assert [(one.kind, one.text) for one in arrivals(items)] == [
        ("message", "Når blir det brøytet på Åsen?"),
        ("post", ""),
    ]
    assert FacebookReader().claim(folder(tmp_path / "ig", {})) == []
    alone = folder(tmp_path / "fb", {"messages/inbox/kare_12/message_1.json": mojibake(thread(said()))})
    assert InstagramReader().claim(alone) == []
    assert len(FacebookReader().claim(alone)) == 1


def test_likes_follows_and_profile_pictures_are_counted(tmp_path: Path) -> None:
    row = {"title": "kari", "string_list_data": [{"href": "x", "timestamp": AT}]}
    items = of(tmp_path, {
        "a.json": {"likes_media_likes": [row]},
        "b.json": {"relationships_following": [row]},
        "c.json": [row],
        "d.json": {"ig_profile_picture": [medium()]},
    })  # fmt: skip
    assert others(items) == ["like", "follow", "follow", "picture", "profile"]


def test_what_is_wrong_costs_one_item_each(tmp_path: Path) -> None:
    value = {"ig_stories": [medium(), 7, {"title": "x"}, medium(creation_timestamp="i går")]}
    items = of(tmp_path, {"a.json": value})
    assert problems(items) == [("item 2", reasons.WRONG_SHAPE), ("item 3", reasons.WRONG_SHAPE)]
    assert [one.remarks for one in arrivals(items)] == [(), (reasons.BAD_DATE,)]
    cut = {"a.json": mojibake(value)[:-4]}
    items = read(InstagramReader(), folder(tmp_path / "kort", cut))
    assert problems(items)[-1][1] == reasons.TRUNCATED


@pytest.mark.parametrize("facts", [{}, {"profile_user": []}, {"profile_user": [{"string_map_data": {"Navn": {}}}]}])
def test_a_profile_that_says_nothing(tmp_path: Path, facts: dict[str, object]) -> None:
    items = read(InstagramReader(), folder(tmp_path / "ig", {"info.json": facts, "a.json": [{"media": [medium()]}]}))
    assert not [item for item in items if isinstance(item, Account)]


@pytest.mark.parametrize(
    "value", [[], {}, [1], 7, b"", b"\x89PNG", [{"media": []}], [{"media": [{"uri": "x"}]}], {"likes_x": [{"a": 1}]}]
)
def test_other_json_is_not_claimed(tmp_path: Path, value: object) -> None:
    assert InstagramReader().claim(folder(tmp_path / "ig", {"content/posts_1.json": value})) == []
