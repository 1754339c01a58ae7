from datetime import UTC, datetime
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.contract import Account, Arrival, Attachment, Author, Other
from ordskifte.channels.exports.activitystreams import ActivityStreamsReader
from tests.channels.exports.made import arrivals, as_bytes, folder, others, problems, read

CONTEXT = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{CONTEXT}#Public"
HOST = "https://forum.eksempel.example"
KARI = f"{HOST}/u/kari"
HANDLE = "@kari@forum.eksempel.example"


def note(**more: object) -> dict[str, object]:
    return {"@context": CONTEXT, "id": f"{HOST}/1", "type": "Note", "content": "<p>Hei</p>"} | more


def of(tmp_path: Path, value: object) -> list[object]:
    return list(read(ActivityStreamsReader(), folder(tmp_path / "e", {"a.json": value})))


def one(tmp_path: Path, value: object) -> Arrival:
    (found,) = of(tmp_path, value)
    assert isinstance(found, Arrival)
    return found


def test_a_lone_note_is_taken_in_whole(tmp_path: Path) -> None:
    value = note(attributedTo=KARI, published="2024-05-17T10:00:00Z", to=PUBLIC, language={"identifier": "nn"})
    assert one(tmp_path, value) == Arrival(
        external_id=f"{HOST}/1",
        kind="post",
        author=Author(KARI, HANDLE, "", KARI),
        ours=False,
        text="Hei",
        raw=as_bytes(value),
        raw_type="application/activity+json",
        file="a.json",
        where="whole file",
        published=datetime(2024, 5, 17, 10, tzinfo=UTC),
        language="nn",
        permalink=f"{HOST}/1",
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"type": ["https://a.example/Innlegg", "Note"]}, {"kind": "post"}),
        (
            {"type": "Article", "name": "Tittel", "summary": "Kort"},
            {"kind": "post", "title": "Tittel", "summary": "Kort"},
        ),
        ({"type": "Page", "name": "Tittel", "summary": "Tittel"}, {"title": "Tittel", "summary": ""}),
        ({"summary": "<p>Om &amp; men</p>"}, {"summary": "Om & men"}),
        ({"inReplyTo": {"id": "https://a.example/2"}}, {"kind": "reply", "parent_id": "https://a.example/2"}),
        ({"inReplyTo": ["https://a.example/2", "x"]}, {"parent_id": "https://a.example/2"}),
        ({"context": "https://a.example/tråd"}, {"thread_id": "https://a.example/tråd"}),
        ({"inConversation": "https://a.example/k"}, {"thread_id": "https://a.example/k"}),
        ({"type": "ChatMessage"}, {"kind": "message", "visibility": "private"}),
        ({"to": KARI}, {"kind": "message", "visibility": "private"}),
        ({"to": [], "cc": "as:Public"}, {"visibility": "unlisted"}),
        ({"to": f"{HOST}/c/1/subscribers"}, {"visibility": "followers"}),
        ({"content": "# Hei\n\n*der*", "mediaType": "text/markdown"}, {"text": "# Hei\n\n*der*"}),
        ({"content": None, "contentMap": {"nn": "<b>Hei du</b>"}}, {"text": "Hei du", "language": "nn"}),
        ({"contentMap": {"en": "<p>Hi</p>", "nb": "<p>Hei</p>"}}, {"language": "nb"}),
        ({"contentMap": {"und": "<p>Hei</p>"}}, {"language": ""}),
        ({"language": "se"}, {"language": "se"}),
        ({"quoteUrl": "https://a.example/9"}, {"extra": {"shared": "https://a.example/9"}}),
        ({"location": {"type": "Place", "name": "Solli"}}, {"extra": {"place": "Solli"}}),
        (
            {"attachment": {"type": "Link", "href": "https://b.example/sak"}},
            {"extra": {"link": "https://b.example/sak"}},
        ),
        ({"url": [{"type": "Link", "href": f"{HOST}/x", "mediaType": "text/html"}]}, {"permalink": f"{HOST}/x"}),
        ({"url": f"{HOST}/les/1"}, {"permalink": f"{HOST}/les/1"}),
        (
            {"type": "Page", "url": "https://b.example"},
            {"permalink": f"{HOST}/1", "extra": {"link": "https://b.example"}},
        ),
        ({"id": "tag:a.example,2024:1"}, {"external_id": "tag:a.example,2024:1", "permalink": ""}),
        ({"updated": "2024-05-18T10:00:00Z"}, {"version_key": "2024-05-18T10:00:00Z"}),
        ({"published": "i går"}, {"published": None, "remarks": (reasons.BAD_DATE,)}),
        ({"updated": "i går"}, {"edited": None, "remarks": (reasons.BAD_DATE,)}),
        (
            {"attributedTo": {"type": "Person", "id": KARI, "name": "Kari"}},
            {"author": Author(KARI, HANDLE, "Kari", KARI)},
        ),
        (
            {
                "attributedTo": [
                    {"type": "Group", "id": f"{HOST}/c/1"},
                    {"type": "Person", "id": KARI, "preferredUsername": "kari"},
                ]
            },
            {"author": Author(KARI, HANDLE, "", KARI)},
        ),
        ({"attributedTo": []}, {"author": None}),
        ({"attributedTo": 7}, {"author": None}),
        ({"attributedTo": "tag:a,1"}, {"author": Author("tag:a,1", "", "", "tag:a,1")}),
    ],
)
def test_forms_that_servers_use(tmp_path: Path, more: dict[str, object], expected: dict[str, object]) -> None:
    found = one(tmp_path, note(**more))
    assert {name: getattr(found, name) for name in expected} == expected


def test_an_event_keeps_its_time_and_place(tmp_path: Path) -> None:
    event = note(
        type="Event",
        name="Folkemøte",
        startTime="2024-06-01T18:00:00+02:00",
        endTime="2024-06-01T20:00:00+02:00",
        location={"type": "Place", "name": "Kulturhuset"},
    )
    found = one(tmp_path, event)
    assert (found.kind, found.title) == ("event", "Folkemøte")
    assert found.extra == {
        "start": "2024-06-01T18:00:00+02:00",
        "end": "2024-06-01T20:00:00+02:00",
        "place": "Kulturhuset",
    }


def test_a_video_keeps_its_files(tmp_path: Path) -> None:
    video = note(
        type="Video",
        name="Kommunestyret",
        duration="PT2H",
        url=[
            {"type": "Link", "mediaType": "video/mp4", "href": f"{HOST}/v.mp4"},
            {"type": "Link", "mediaType": "text/html", "href": f"{HOST}/w/1"},
            "https://a.example/annet",
        ],
    )
    found = one(tmp_path, video)
    assert (found.kind, found.permalink, found.extra) == ("video", f"{HOST}/w/1", {"duration": "PT2H"})
    assert found.attachments == (Attachment("video/mp4", f"{HOST}/v.mp4"),)


def test_pictures_in_every_form(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        note(
            attachment=[
                "https://a.example/1.jpg",
                {"type": "Image", "url": "https://a.example/2.jpg", "summary": "Bro"},
                {
                    "type": "Document",
                    "mediaType": "image/png",
                    "url": [{"href": "https://a.example/3.png"}],
                    "name": "Elv",
                },
                {"type": "PropertyValue", "name": "Nettsted", "value": "x"},
                {"type": "Document"},
                None,
                7,
            ],
            image={"type": "Image", "url": "https://a.example/4.jpg"},
        ),
    )
    assert found.attachments == (
        Attachment("", "https://a.example/1.jpg"),
        Attachment("image/*", "https://a.example/2.jpg", "", "Bro"),
        Attachment("image/png", "https://a.example/3.png", "", "Elv"),
        Attachment("image/*", "https://a.example/4.jpg"),
    )


def activity(kind: str, inner: object, **more: object) -> dict[str, object]:
    return {"@context": CONTEXT, "id": f"{HOST}/akt/1", "type": kind, "actor": KARI, "object": inner} | more


def test_an_update_is_a_version(tmp_path: Path) -> None:
    bare = note()
    del bare["id"]
    assert one(tmp_path, activity("Update", note(updated="2024-05-18T10:00:00Z"))).version_key == "2024-05-18T10:00:00Z"
    found = one(tmp_path, activity("Update", [bare], to=[PUBLIC], published="2024-05-18T10:00:00Z"))
    assert (found.external_id, found.version_key) == (f"{HOST}/akt/1", f"{HOST}/akt/1")
    assert (found.visibility, found.published) == ("public", datetime(2024, 5, 18, 10, tzinfo=UTC))


def test_what_a_group_passes_on_is_what_was_done(tmp_path: Path) -> None:
    inner = activity("Create", note(attributedTo=KARI))
    found = one(tmp_path, activity("Announce", inner, actor=f"{HOST}/c/1"))
    assert (found.kind, found.external_id, found.author) == (
        "post",
        f"{HOST}/1",
        Author(KARI, HANDLE, "", KARI),
    )
    deep: object = note()
    for _ in range(9):
        deep = activity("Announce", deep)
    assert one(tmp_path, deep).kind == "share"


def test_a_boost_of_a_whole_note_is_a_share(tmp_path: Path) -> None:
    found = one(tmp_path, activity("Announce", note()))
    assert (found.kind, found.external_id, found.extra) == ("share", f"{HOST}/akt/1", {"shared": f"{HOST}/1"})


def test_deletions(tmp_path: Path) -> None:
    stone = {"@context": CONTEXT, "id": f"{HOST}/1", "type": "Tombstone", "deleted": "2024-05-19T10:00:00Z"}
    told = [one(tmp_path, value) for value in (
        stone,
        activity("Delete", f"{HOST}/1", summary="Reklame"),
        activity("Delete", {"id": f"{HOST}/1", "type": "Tombstone"}, published="2024-05-19T10:00:00Z"),
    )]  # fmt: skip
    assert [(one.kind, one.external_id, one.version_key) for one in told] == [("deletion", f"{HOST}/1", "deleted")] * 3
    assert [one.edited for one in told] == [
        datetime(2024, 5, 19, 10, tzinfo=UTC),
        None,
        datetime(2024, 5, 19, 10, tzinfo=UTC),
    ]
    assert told[1].extra == {"reason": "Reklame"}


def test_a_report_is_private_and_points_at_what_it_is_about(tmp_path: Path) -> None:
    found = one(tmp_path, activity("Flag", [f"{HOST}/1", KARI], content="<p>Dette er svindel</p>", to=[PUBLIC]))
    assert (found.kind, found.visibility, found.text) == ("report", "private", "Dette er svindel")
    assert (found.parent_id, found.extra) == (f"{HOST}/1", {"reported": f"{HOST}/1 {KARI}"})


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (activity("Like", f"{HOST}/1"), "like"),
        (activity("Follow", KARI), "follow"),
        (activity("Undo", activity("Like", "x")), "undo"),
        (activity("Delete", KARI), "delete"),
        (activity("Create", f"{HOST}/1"), "create"),
        (activity("Warn", f"{HOST}/1"), "warn"),
        (activity("Update", {"type": "Group", "id": f"{HOST}/c/1"}), "profile"),
        (note(type="Note", content=None, name="Ja", inReplyTo="https://a.example/q"), "vote"),
        (note(type="Emoji", content=None), "emoji"),
        (note(type=7, content=None), "object"),
        (
            {"@context": CONTEXT, "id": f"{HOST}/o", "type": "OrderedCollection", "first": f"{HOST}/o?page=1"},
            "collection",
        ),
        ({"@context": CONTEXT, "id": f"{HOST}/f", "type": "Collection", "items": [KARI]}, "reference"),
        ([note(type="Collection", content=None)], "collection"),
    ],
)
def test_what_says_nothing_is_counted(tmp_path: Path, value: object, kind: str) -> None:
    (found,) = of(tmp_path, value)
    assert isinstance(found, Other)
    assert found.kind == kind


@pytest.mark.parametrize("place", ["items", "orderedItems", "first"])
def test_collections_in_every_form(tmp_path: Path, place: str) -> None:
    items = [note(id=f"{HOST}/{number}") for number in range(3)]
    page = {"type": "CollectionPage", "items": items}
    value = {"@context": CONTEXT, "type": "Collection", place: page if place == "first" else items}
    found = arrivals(read(ActivityStreamsReader(), folder(tmp_path / "e", {"a.json": value})))
    assert [(one.external_id, one.where) for one in found] == [(f"{HOST}/{n}", f"item {n + 1}") for n in range(3)]
    assert [one.raw for one in found] == [as_bytes(item) for item in items]


def test_a_list_of_notes_is_read(tmp_path: Path) -> None:
    assert len(of(tmp_path, [note(), note(id=f"{HOST}/2")])) == 2


def test_replies_inside_a_note_are_items_of_their_own(tmp_path: Path) -> None:
    answers = [note(id=f"{HOST}/2", inReplyTo=f"{HOST}/1"), f"{HOST}/3", activity("Like", "x"), note(id=f"{HOST}/4")]
    value = note(replies={"type": "Collection", "first": {"type": "CollectionPage", "items": answers}})
    found = of(tmp_path, value)
    assert [(one.external_id, one.where) for one in found if isinstance(one, Arrival)] == [
        (f"{HOST}/1", "whole file"),
        (f"{HOST}/2", "whole file, reply 1"),
        (f"{HOST}/4", "whole file, reply 4"),
    ]
    assert found[1].raw == as_bytes(answers[0])  # type: ignore[attr-defined]  # an Arrival, as seen above
    assert len(found) == 3


def test_things_without_an_id_get_the_same_id_each_time(tmp_path: Path) -> None:
    bare = {"@context": CONTEXT, "type": "Note", "content": "<p>Hei</p>", "published": "2024-05-17T10:00:00Z"}
    changed = bare | {"content": "<p>Hei igjen</p>"}
    first = [
        one.external_id
        for one in arrivals(read(ActivityStreamsReader(), folder(tmp_path / "a", {"a.json": [bare, bare]})))
    ]
    again = [
        one.external_id
        for one in arrivals(read(ActivityStreamsReader(), folder(tmp_path / "b", {"a.json": [changed, bare]})))
    ]
    assert first == again
    assert len(set(first)) == 2
    assert arrivals(read(ActivityStreamsReader(), folder(tmp_path / "c", {"a.json": bare})))[0].permalink == ""


def test_whose_it_is(tmp_path: Path) -> None:
    actor = {
        "@context": CONTEXT,
        "id": KARI,
        "type": "Person",
        "preferredUsername": "kari",
        "name": "Kari",
        "inbox": "x",
    }
    files = {"meg.json": actor, "a.json": note(attributedTo=KARI)}
    items = read(ActivityStreamsReader(), folder(tmp_path / "a", files))
    assert items[0] == Account(KARI, HANDLE, "Kari", KARI)
    assert arrivals(items)[0].ours
    assert others(items) == ["profile"]
    box = {
        "@context": CONTEXT,
        "id": f"{KARI}/outbox",
        "type": "OrderedCollection",
        "orderedItems": [activity("Create", note())],
    }
    items = read(ActivityStreamsReader(), folder(tmp_path / "b", {"ut.json": box}))
    assert items[0] == Account(KARI, HANDLE, "", KARI)
    assert arrivals(items)[0].ours


def test_what_is_bad_costs_one_item(tmp_path: Path) -> None:
    data = b'{"type": "OrderedCollection", "orderedItems": [7, {"a": tull}, ' + as_bytes(note()) + b', {"id": '
    items = read(ActivityStreamsReader(), folder(tmp_path / "e", {"a.json": data}))
    assert problems(items) == [
        ("item 1", reasons.WRONG_SHAPE),
        ("item 2", reasons.NOT_JSON),
        ("item 4", reasons.TRUNCATED),
    ]
    assert len(arrivals(items)) == 1


@pytest.mark.parametrize(
    "value", [[], {}, [1], {"type": "FeatureCollection", "features": []}, {"type": "Event"}, "Note", b"\x89PNG"]
)
def test_other_json_is_not_claimed(tmp_path: Path, value: object) -> None:
    assert ActivityStreamsReader().claim(folder(tmp_path / "e", {"a.json": value})) == []
