from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Other, Problem
from ordskifte.channels.exports.mastodon import MastodonReader
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, as_bytes, folder, others, problems, read, zipped

BASE = "https://sosial.eksempel.example"
ME = f"{BASE}/users/eksempelkommune"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": ME,
    "type": "Person",
    "preferredUsername": "eksempelkommune",
    "name": "Eksempel kommune",
    "url": f"{BASE}/@eksempelkommune",
    "outbox": "outbox.json",
    "likes": "likes.json",
}
OWNER = Author(ME, "@eksempelkommune@sosial.eksempel.example", "Eksempel kommune", f"{BASE}/@eksempelkommune")
SELF = Author(ME, "@eksempelkommune@sosial.eksempel.example", "", ME)


def note(number: int = 1, **more: object) -> dict[str, object]:
    ident = f"{ME}/statuses/{number}"
    return {
        "id": ident,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2024-02-01T08:00:00Z",
        "url": f"{BASE}/@eksempelkommune/{number}",
        "attributedTo": ME,
        "to": [PUBLIC],
        "cc": [f"{ME}/followers"],
        "content": "<p>Veien til Solli er brøytet.</p>",
        "attachment": [],
    } | more


def create(said: dict[str, object]) -> dict[str, object]:
    return {
        "id": f"{said['id']}/activity",
        "type": "Create",
        "actor": ME,
        "published": said["published"],
        "to": said["to"],
        "cc": said["cc"],
        "object": said,
    }


def outbox(*items: object) -> dict[str, object]:
    return {"id": "outbox.json", "type": "OrderedCollection", "totalItems": len(items), "orderedItems": list(items)}


def archive(*items: object) -> dict[str, object]:
    return {"actor.json": ACTOR, "outbox.json": outbox(*items)}


def one(tmp_path: Path, item: object) -> Arrival:
    (found,) = arrivals(read(MastodonReader(), folder(tmp_path / "arkiv", archive(item))))
    return found


def test_a_post_is_taken_in_whole(tmp_path: Path) -> None:
    item = create(note(7))
    items = read(MastodonReader(), open_export(zipped(tmp_path / "arkiv.zip", archive(item))))
    assert items == [
        Account(ME, OWNER.handle, OWNER.name, OWNER.url),
        Other("profile", as_bytes(ACTOR), "application/activity+json", "actor.json", "whole file"),
        Arrival(
            external_id=f"{ME}/statuses/7",
            kind="post",
            author=OWNER,
            ours=True,
            text="Veien til Solli er brøytet.",
            raw=as_bytes(item),
            raw_type="application/activity+json",
            file="outbox.json",
            where="item 1",
            published=datetime(2024, 2, 1, 8, tzinfo=UTC),
            permalink=f"{BASE}/@eksempelkommune/7",
        ),
    ]


def test_an_edited_reply_with_a_warning_in_nynorsk(tmp_path: Path) -> None:
    said = note(
        8,
        summary="Trafikk",
        inReplyTo=f"{BASE}/users/kari/statuses/3",
        conversation="tag:sosial.eksempel.example,2024-02-01:objectId=5:objectType=Conversation",
        updated="2024-02-01T09:30:00Z",
        contentMap={"nn": "<p>Veien til Solli er brøytet.</p>"},
        to=[f"{ME}/followers"],
        cc=[],
    )
    found = one(tmp_path, create(said))
    assert (found.kind, found.parent_id) == ("reply", f"{BASE}/users/kari/statuses/3")
    assert found.thread_id == "tag:sosial.eksempel.example,2024-02-01:objectId=5:objectType=Conversation"
    assert (found.summary, found.language, found.visibility) == ("Trafikk", "nn", "followers")
    assert found.version_key == "2024-02-01T09:30:00Z"
    assert found.edited == datetime(2024, 2, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("to", "cc", "visibility", "kind"),
    [
        ([PUBLIC], [], "public", "post"),
        ([f"{ME}/followers"], [PUBLIC], "unlisted", "post"),
        ([f"{ME}/followers"], [f"{BASE}/users/kari"], "followers", "post"),
        ([f"{BASE}/users/kari"], [], "private", "message"),
        ([], [], "private", "message"),
    ],
)
def test_who_may_read_it(tmp_path: Path, to: list[str], cc: list[str], visibility: str, kind: str) -> None:
    found = one(tmp_path, create(note(to=to, cc=cc)))
    assert (found.visibility, found.kind) == (visibility, kind)


def test_a_question_with_its_options(tmp_path: Path) -> None:
    options = [{"type": "Note", "name": "Ja", "replies": {"totalItems": 3}}, {"type": "Note", "name": "Nei"}]
    asked = note(type="Question", content="<p>Lørdagsåpent?</p>", oneOf=options, endTime="2024-02-08T08:00:00Z")
    found = one(tmp_path, create(asked))
    assert found.text == "Lørdagsåpent?\n- Ja\n- Nei"
    assert found.extra == {"end": "2024-02-08T08:00:00Z"}


def test_a_boost_is_a_share(tmp_path: Path) -> None:
    boost = {
        "id": f"{ME}/statuses/9/activity",
        "type": "Announce",
        "actor": ME,
        "published": "2024-02-02T08:00:00Z",
        "to": [PUBLIC],
        "cc": [],
        "object": f"{BASE}/users/biblioteket/statuses/4",
    }
    found = one(tmp_path, boost)
    assert (found.kind, found.external_id, found.text) == ("share", f"{ME}/statuses/9/activity", "")
    assert found.extra == {"shared": f"{BASE}/users/biblioteket/statuses/4"}
    assert (found.ours, found.published) == (True, datetime(2024, 2, 2, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/media_attachments/files/1/a.png", "media_attachments/files/1/a.png"),
        ("/sosialeksempel/media_attachments/files/1/a.png", "media_attachments/files/1/a.png"),
        ("/sosialeksempel/media_attachments/files/1/a.png", "sosialeksempel/media_attachments/files/1/a.png"),
        ("https://filer.eksempel.example/media_attachments/files/1/a.png", "media_attachments/files/1/a.png"),
    ],
)
@pytest.mark.parametrize("root", ["", "arkiv-2024/"])
def test_pictures_are_found_with_their_alt_text(tmp_path: Path, url: str, name: str, root: str) -> None:
    picture = {"type": "Document", "mediaType": "image/png", "url": url, "name": "Brøytebil i snø"}
    files = archive(create(note(attachment=[picture]))) | {name: b"\x89PNG"}
    items = read(MastodonReader(), folder(tmp_path / "a", {f"{root}{path}": data for path, data in files.items()}))
    assert arrivals(items)[0].attachments == (Attachment("image/png", url, root + name, "Brøytebil i snø"),)


def test_a_picture_that_is_not_there_keeps_its_address(tmp_path: Path) -> None:
    picture = {"type": "Document", "mediaType": "image/png", "url": "/borte.png", "name": None}
    assert one(tmp_path, create(note(attachment=[picture]))).attachments == (Attachment("image/png", "/borte.png"),)


def test_likes_bookmarks_lists_and_other_activities_are_counted(tmp_path: Path) -> None:
    files = archive({"id": f"{ME}#undo", "type": "Undo", "actor": ME, "object": "x"}, "https://a.example/1") | {
        "likes.json": {"id": "likes.json", "type": "OrderedCollection", "orderedItems": ["a", "b"]},
        "bookmarks.json": {"id": "bookmarks.json", "type": "OrderedCollection", "orderedItems": ["c"]},
        "following_accounts.csv": "Account address,Show boosts\nkari@a.example,true\n\n",
        "avatar.png": b"\x89PNG",
    }
    items = read(MastodonReader(), folder(tmp_path / "arkiv", files))
    assert others(items) == [
        "profile", "undo", "reference", "like", "like", "bookmark", "following_accounts", "following_accounts",
    ]  # fmt: skip
    assert [item.raw for item in items if isinstance(item, Other)][-1] == b"kari@a.example,true\n"


def test_what_is_wrong_costs_one_item_each(tmp_path: Path) -> None:
    good = create(note(1))
    bad_date = create(note(2, published="2024-02-30T08:00:00Z"))
    text = as_bytes(outbox(good, 7, bad_date)).replace(b"7, ", b'7, {"id": tull}, ')
    files = {
        "actor.json": ACTOR,
        "outbox.json": text[:-2],
        "likes.json": b'{"id": "likes.json", "type": "OrderedCollection", "orderedItems": [tull]}',
    }
    items = read(MastodonReader(), folder(tmp_path / "arkiv", files))
    assert problems(items) == [
        ("item 2", reasons.WRONG_SHAPE),
        ("item 3", reasons.NOT_JSON),
        ("item 5", reasons.TRUNCATED),
        ("item 1", reasons.NOT_JSON),
    ]
    assert [item.raw for item in items if isinstance(item, Problem)] == [b"7", b'{"id": tull}', None, b"tull"]
    first, second = arrivals(items)
    assert first.remarks == ()
    assert (second.published, second.remarks) == (None, (reasons.BAD_DATE,))


def test_an_outbox_alone_tells_whose_it_is(tmp_path: Path) -> None:
    items = read(MastodonReader(), folder(tmp_path / "arkiv", {"outbox.json": outbox(create(note()))}))
    assert items[0] == Account(ME, SELF.handle, "", ME)
    assert arrivals(items)[0].ours


@pytest.mark.parametrize(
    "actor",
    [b'{"type": "Person", "outbox": "outbox.json"}', b'{"type": "Person", "outbox": "outbox.json", "id": tull}'],
)
def test_an_actor_that_does_not_say_who_it_is(tmp_path: Path, actor: bytes) -> None:
    items = read(
        MastodonReader(), folder(tmp_path / "arkiv", {"actor.json": actor, "outbox.json": outbox(create(note()))})
    )
    assert [type(item) for item in items if not isinstance(item, Problem | Other)] == [Account, Arrival]


def test_a_name_alone_makes_no_archive(tmp_path: Path) -> None:
    files = {"outbox.json": [1, 2], "actor.json": ACTOR, "likes.json": b"", "a.csv": b"a,b"}
    assert MastodonReader().claim(folder(tmp_path / "arkiv", files)) == []


def test_an_empty_archive_has_only_a_profile(tmp_path: Path) -> None:
    items = read(MastodonReader(), folder(tmp_path / "arkiv", archive()))
    assert others(items) == ["profile"]
    assert arrivals(items) == []
    assert problems(items) == []


def test_two_archives_in_one_folder_keep_their_own_words(tmp_path: Path) -> None:
    other = f"{BASE}/users/biblioteket"
    said = note(3, attributedTo=other, id=f"{other}/statuses/3")
    files = {f"a/{name}": value for name, value in archive(create(note(1))).items()}
    files |= {"b/actor.json": ACTOR | {"id": other}, "b/outbox.json": outbox(create(said) | {"actor": other})}
    items = read(MastodonReader(), folder(tmp_path / "to", files))
    assert [item.external_id for item in items if isinstance(item, Account)] == [ME, other]
    assert [found.ours for found in arrivals(items)] == [True, True]


def test_an_outbox_whose_first_item_is_odd_tells_nothing(tmp_path: Path) -> None:
    items = read(MastodonReader(), folder(tmp_path / "arkiv", {"outbox.json": outbox("x", create(note()))}))
    assert [found.ours for found in arrivals(items)] == [False]
