import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Arrival, Attachment, Author, Item, Other, Problem
from ordskifte.channels.exports import car
from ordskifte.channels.exports.bluesky import BlueskyReader
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, folder, others, problems, read, zipped
from tests.channels.exports.repository import (
    DID,
    Link,
    Repository,
    cbor,
    cid_of,
    did_document,
    multibase,
    post,
    posts,
    sign,
    varint,
)
from tests.channels.exports.repository import car as written
from tests.channels.exports.shared import samples

KEY = ec.derive_private_key(0x0D5C1F7E, ec.SECP256K1())
OTHER_KEY = ec.derive_private_key(0xBADC0DE, ec.SECP256K1())
NIST_KEY = ec.derive_private_key(0x0D5C1F7E, ec.SECP256R1())
HISTORY = 300


def repository(records: dict[str, dict[str, Any]]) -> Repository:
    return Repository(records, KEY).build()


def read_bytes(path: Path, data: bytes, **beside: object) -> list[Item]:
    return read(BlueskyReader(), folder(path, {"repo.car": data, **beside}))


def one(path: Path, record: dict[str, Any], key: str = "app.bsky.feed.post/3kaa") -> Arrival:
    (found,) = arrivals(read_bytes(path, repository({key: record}).bytes))
    return found


def test_a_post_comes_out_whole(tmp_path: Path) -> None:
    record = post("Gratulerer med dagen!", langs=["nn", "nb"], tags=["17mai", "fest"])
    assert one(tmp_path, record) == Arrival(
        external_id=f"at://{DID}/app.bsky.feed.post/3kaa",
        version_key=car.cid_text(cid_of(cbor(record))),
        kind="post",
        author=Author(DID, "", "", f"https://bsky.app/profile/{DID}"),
        ours=True,
        text="Gratulerer med dagen!",
        raw=cbor(record),
        raw_type="application/vnd.ipld.dag-cbor",
        file="repo.car",
        where="app.bsky.feed.post/3kaa",
        published=datetime(2024, 5, 17, 10, tzinfo=UTC),
        language="nn",
        permalink=f"https://bsky.app/profile/{DID}/post/3kaa",
        extra={"tags": "17mai, fest"},
    )


def test_a_reply_names_its_parent_and_its_thread(tmp_path: Path) -> None:
    root, parent = "at://did:plc:aaa/app.bsky.feed.post/1", "at://did:plc:bbb/app.bsky.feed.post/2"
    found = one(tmp_path, post("Ja", reply={"root": {"uri": root, "cid": "x"}, "parent": {"uri": parent, "cid": "y"}}))
    assert (found.kind, found.thread_id, found.parent_id) == ("reply", root, parent)


def link(start: int, end: int, uri: str) -> dict[str, Any]:
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": uri}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


@pytest.mark.parametrize(
    ("text", "facets", "seen"),
    [
        ("Blåbær på torget: les mer her.", [("les mer", "https://a.example/b")], "les mer (https://a.example/b) her."),
        ("Se https://a.example/b nå", [("https://a.example/b", "https://a.example/b")], "Se https://a.example/b nå"),
        (
            "Se a.example/lang... nå",
            [("a.example/lang...", "https://a.example/langt")],
            "Se https://a.example/langt nå",
        ),
        ("Se a.example nå", [("a.example", "https://www.a.example/")], "Se https://www.a.example/ nå"),
        ("Sjå a.example no", [("a.example", "https://b.example/")], "Sjå a.example (https://b.example/) no"),
    ],
)
def test_links_stand_in_the_text_by_their_address(
    tmp_path: Path, text: str, facets: list[tuple[str, str]], seen: str
) -> None:
    spans = []
    for words, uri in facets:
        start = len(text[: text.index(words)].encode())
        spans.append(link(start, start + len(words.encode()), uri))
    assert one(tmp_path, post(text, facets=spans)).text.endswith(seen)


def test_facets_that_fit_nowhere_change_nothing(tmp_path: Path) -> None:
    mention = {"index": {"byteStart": 0, "byteEnd": 2}, "features": [{"$type": "app.bsky.richtext.facet#mention"}]}
    odd = [link(1, 3, "https://a.example"), link(2, 900, "https://a.example"), link(-1, 2, "x"), mention, "facet", 7]
    assert one(tmp_path, post("Blå", facets=[*odd, link(3, 3, "x"), {"index": 3, "features": [1]}])).text == "Blå"


def test_the_first_form_of_links_counts_utf16(tmp_path: Path) -> None:
    old = [{"type": "link", "index": {"start": 3, "end": 6}, "value": "https://a.example/x"}]
    assert one(tmp_path, post("🎉 her nå", entities=old)).text == "🎉 her (https://a.example/x) nå"


def blob(data: bytes, kind: str = "image/jpeg") -> dict[str, Any]:
    return {"$type": "blob", "ref": Link(cid_of(data, 0x55)), "mimeType": kind, "size": len(data)}


def test_pictures_come_with_alt_text_and_their_file_when_it_is_there(tmp_path: Path) -> None:
    here, gone = car.cid_text(cid_of(b"her", 0x55)), car.cid_text(cid_of(b"borte", 0x55))
    images = [{"alt": "Et tog på brua", "image": blob(b"her")}, {"alt": "", "image": blob(b"borte", "image/png")}]
    record = post("To bilder", embed={"$type": "app.bsky.embed.images", "images": images})
    data = repository({"app.bsky.feed.post/3kaa": record}).bytes
    (found,) = arrivals(read_bytes(tmp_path, data, **{f"_blob/{here}.jpeg": b"her"}))
    address = f"https://cdn.bsky.app/img/feed_fullsize/plain/{DID}/"
    assert found.attachments == (
        Attachment("image/jpeg", f"{address}{here}@jpeg", f"_blob/{here}.jpeg", "Et tog på brua"),
        Attachment("image/png", f"{address}{gone}@jpeg"),
    )


def test_a_quote_with_film_and_a_link_card_are_kept(tmp_path: Path) -> None:
    video = {"$type": "app.bsky.embed.video", "video": blob(b"film", "video/mp4"), "alt": "Ordføreren taler"}
    quoted = {"$type": "app.bsky.embed.record", "record": {"uri": "at://did:plc:q/app.bsky.feed.post/1", "cid": "x"}}
    embed = {"$type": "app.bsky.embed.recordWithMedia", "record": quoted, "media": video}
    found = one(tmp_path / "a", post("Se", embed=embed))
    assert found.extra == {"quoted": "at://did:plc:q/app.bsky.feed.post/1"}
    assert [(one.media_type, one.alt) for one in found.attachments] == [("video/mp4", "Ordføreren taler")]
    card = {"uri": "https://eksempel.example/sak", "title": "Saken", "description": "Alt om saken"}
    found = one(tmp_path / "b", post("Les", embed={"$type": "app.bsky.embed.external", "external": card}))
    assert found.extra == {"link": card["uri"], "link_title": "Saken", "link_text": "Alt om saken"}


def test_the_authors_own_labels_are_the_content_warning(tmp_path: Path) -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}, {"val": "!warn"}]}
    assert one(tmp_path, post("Ulykke", labels=labels)).summary == "graphic-media, !warn"


def test_what_is_not_said_is_counted_by_its_kind(tmp_path: Path) -> None:
    records: dict[str, dict[str, Any]] = {
        "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Eksempel kommune"},
        "app.bsky.feed.like/3ka": {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x/y/z"}},
        "app.bsky.graph.follow/3ka": {"$type": "app.bsky.graph.follow", "subject": "did:plc:x"},
        "app.bsky.graph.block/3ka": {"$type": "app.bsky.graph.block", "subject": "did:plc:x"},
        "com.eksempel.annet/3ka": {"$type": "com.eksempel.annet", "text": "?"},
    }
    items = read_bytes(tmp_path, repository(records).bytes)
    assert sorted(others(items)) == ["block", "com.eksempel.annet", "commit", "follow", "like", "profile"]
    assert items[0] == Account(DID, "", "Eksempel kommune", f"https://bsky.app/profile/{DID}")


def test_a_share_names_what_was_shared(tmp_path: Path) -> None:
    record = {"$type": "app.bsky.feed.repost", "subject": {"uri": "at://a/b/c", "cid": "x"}, "createdAt": "i går"}
    found = one(tmp_path, record, "app.bsky.feed.repost/3ka")
    assert (found.kind, found.extra, found.published) == ("share", {"shared": "at://a/b/c"}, None)
    assert found.remarks == (reasons.BAD_DATE,)


@pytest.mark.parametrize(
    "record",
    [
        {"$type": "app.bsky.feed.post", "createdAt": "2024-01-01T00:00:00Z"},
        {"$type": "app.bsky.feed.post", "text": 17},
        {"$type": "app.bsky.feed.repost", "subject": "at://a/b/c"},
        {"text": "uten type"},
        {"$type": "", "text": "tom type"},
        {"$type": 123, "text": "tall"},
    ],
)
def test_a_record_of_the_wrong_form_is_a_problem_and_the_next_one_comes(tmp_path: Path, record: dict[str, Any]) -> None:
    items = read_bytes(tmp_path, repository({"app.bsky.feed.post/1": record, **posts(1)}).bytes)
    assert problems(items) == [("app.bsky.feed.post/1", reasons.WRONG_SHAPE)]
    assert [found.text for found in arrivals(items)] == ["Melding 0"]


def test_all_records_of_a_tree_of_many_layers_come_out_in_the_files_order(tmp_path: Path) -> None:
    made = repository(posts(HISTORY))
    items = read_bytes(tmp_path, made.bytes)
    assert [found.text for found in arrivals(items)] == [f"Melding {number}" for number in range(HISTORY)]
    assert len(made.nodes) > 50
    assert problems(items) == []


@pytest.mark.parametrize("key", [KEY, NIST_KEY])
def test_the_signature_is_checked_against_the_key_in_the_did_document(
    tmp_path: Path, key: ec.EllipticCurvePrivateKey
) -> None:
    data = Repository(posts(3), key).build().bytes
    items = read_bytes(tmp_path, data, **{"did.json": did_document(key)})
    assert [item.where for item in items if isinstance(item, Other) and item.kind == "commit"] == [
        "commit; signature good"
    ]
    assert others(items) == ["commit", "identity"]
    assert items[0] == Account(DID, "eksempel.example", "", f"https://bsky.app/profile/{DID}")


def test_a_signature_by_another_key_is_a_problem_and_the_records_stay(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, repository(posts(3)).bytes, **{"did.json": did_document(OTHER_KEY)})
    assert problems(items) == [("commit", reasons.SIGNATURE_WRONG)]
    assert len(arrivals(items)) == 3


def test_without_a_key_it_says_so(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, repository(posts(1)).bytes)
    assert [(item.kind, item.where) for item in items if isinstance(item, Other)] == [
        ("commit", "commit; signature not checked: no key")
    ]


def test_one_changed_byte_in_a_record_is_found_and_named(tmp_path: Path) -> None:
    made = repository(posts(HISTORY))
    data = made.bytes.replace(b"Melding 217", b"Melding 218")
    items = read_bytes(tmp_path, data)
    changed = cid_of(cbor(post("Melding 217")))
    assert [(item.why, item.detail) for item in items if isinstance(item, Problem)] == [
        (reasons.WRONG_HASH, car.cid_text(changed))
    ]
    assert len(arrivals(items)) == HISTORY - 1


def test_a_missing_record_is_named_by_its_place(tmp_path: Path) -> None:
    made = repository(posts(20))
    made.blocks.pop(cid_of(cbor(post("Melding 7"))))
    items = read_bytes(tmp_path, made.bytes)
    assert problems(items) == [("app.bsky.feed.post/3k000007", reasons.RECORD_MISSING)]


def test_a_missing_node_is_named_and_its_records_are_kept_as_problems(tmp_path: Path) -> None:
    made = repository(posts(HISTORY))
    made.blocks.pop(made.nodes[0])  # children are written before their parents: a leaf node
    items = read_bytes(tmp_path, made.bytes)
    found = Counter(why for _, why in problems(items))
    assert found[reasons.NODE_MISSING] == 1
    assert found[reasons.NOT_IN_TREE] > 0
    assert len(arrivals(items)) + found[reasons.NOT_IN_TREE] == HISTORY
    assert all(item.raw for item in items if isinstance(item, Problem) and item.why == reasons.NOT_IN_TREE)


def test_a_record_outside_the_tree_is_a_problem_that_names_the_block(tmp_path: Path) -> None:
    made = repository(posts(2))
    slipped_in = cbor(post("Aldri sagt"))
    made.blocks[cid_of(slipped_in)] = slipped_in
    (problem,) = [item for item in read_bytes(tmp_path, made.bytes) if isinstance(item, Problem)]
    assert (problem.why, problem.detail, problem.raw) == (
        reasons.NOT_IN_TREE,
        car.cid_text(cid_of(slipped_in)),
        slipped_in,
    )


def test_a_block_that_lies_there_twice_is_one_record(tmp_path: Path) -> None:
    made = repository(posts(2))
    data = cbor(post("Melding 1"))
    twice = made.bytes + varint(len(cid_of(data)) + len(data)) + cid_of(data) + data
    items = read_bytes(tmp_path, twice)
    assert (len(arrivals(items)), problems(items)) == (2, [])


def test_the_same_words_at_two_places_are_two_records(tmp_path: Path) -> None:
    records = {f"app.bsky.feed.post/{key}": post("Hei") for key in ("1", "2")}
    found = arrivals(read_bytes(tmp_path, repository(records).bytes))
    assert [one.where for one in found] == ["app.bsky.feed.post/1", "app.bsky.feed.post/2"]


def test_older_commits_give_what_was_removed_and_changed_since(tmp_path: Path) -> None:
    old = Repository({"app.bsky.feed.post/1": post("Gammel"), "app.bsky.feed.post/2": post("Blir")}, KEY)
    old.build(version=2)
    new = Repository({"app.bsky.feed.post/2": post("Blir"), "app.bsky.feed.post/3": post("Ny")}, KEY)
    new.build(previous=old.root, version=2)
    items = read_bytes(tmp_path, written(new.root, {**new.blocks, **old.blocks}))
    assert sorted((found.text, found.extra.get("status", "")) for found in arrivals(items)) == [
        ("Blir", ""),
        ("Gammel", "removed"),
        ("Ny", ""),
    ]
    assert (others(items), problems(items)) == (["commit", "commit"], [])


def test_a_file_without_its_commit_keeps_every_record_as_a_problem(tmp_path: Path) -> None:
    made = repository(posts(3))
    made.blocks.pop(made.root)
    items = read_bytes(tmp_path, made.bytes)
    assert Counter(why for _, why in problems(items)) == {reasons.NO_COMMIT: 1, reasons.NOT_IN_TREE: 3}


def test_a_block_over_the_cap_is_a_problem_without_its_bytes(tmp_path: Path) -> None:
    made = repository({"app.bsky.feed.post/1": post("x" * (MAX_ITEM + 1)), **posts(1)})
    items = read_bytes(tmp_path, made.bytes)
    assert [(item.why, item.raw) for item in items if isinstance(item, Problem)] == [(reasons.TOO_LARGE, None)]
    assert [found.text for found in arrivals(items)] == ["Melding 0"]


def test_a_block_that_is_no_cbor_is_a_problem(tmp_path: Path) -> None:
    made = repository(posts(2))
    for data in (b"\xa1\x61a\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00", b"\xff\xff"):
        made.blocks[cid_of(data)] = data
    items = read_bytes(tmp_path, made.bytes)
    assert {why for _, why in problems(items)} == {reasons.NOT_IN_TREE}
    assert len(arrivals(items)) == 2


def test_a_did_that_is_a_key_needs_no_document(tmp_path: Path) -> None:
    made = Repository(posts(1), NIST_KEY, did=f"did:key:{multibase(NIST_KEY)}").build()
    items = read_bytes(tmp_path, made.bytes)
    assert [item.where for item in items if isinstance(item, Other)] == ["commit; signature good"]


def test_a_record_in_the_tree_that_is_no_cbor_is_a_problem_at_its_place(tmp_path: Path) -> None:
    made = repository({"app.bsky.feed.post/1": post("Hei")})
    good, bad = cbor(post("Hei")), b"\xa1\x61a\xff"
    tree = made.blocks.pop(made.nodes[0]).replace(cid_of(good), cid_of(bad))
    commit = {"did": DID, "version": 3, "data": Link(cid_of(tree)), "rev": "3k", "prev": None}
    data = cbor({**commit, "sig": sign(KEY, cbor(commit))})
    items = read_bytes(tmp_path, written(cid_of(data), {cid_of(one): one for one in (data, tree, bad)}))
    assert problems(items) == [("app.bsky.feed.post/1", reasons.NOT_CBOR)]


def test_a_blob_among_the_blocks_is_counted(tmp_path: Path) -> None:
    made = repository(posts(1))
    made.blocks[cid_of(b"bilde", car.RAW)] = b"bilde"
    assert others(read_bytes(tmp_path, made.bytes)) == ["commit", "blob"]


def test_very_deep_cbor_stops_nothing(tmp_path: Path) -> None:
    made = repository(posts(2))
    deep = b"\x81" * 200_000 + b"\xf6"
    made.blocks[cid_of(deep)] = deep
    assert len(arrivals(read_bytes(tmp_path, made.bytes))) == 2


def test_a_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    made = repository(posts(30)).bytes
    path = zipped(tmp_path / "konto.zip", {"konto/repo.car": made, "konto/did.json": did_document(KEY)})
    items = read(BlueskyReader(), open_export(path))
    assert (len(arrivals(items)), others(items)) == (30, ["commit", "identity"])


@pytest.mark.parametrize("content", [b"", b"\x00", b"\x0a\xa1gversion\x02", b"<rss/>", json.dumps(did_document(KEY))])
def test_what_is_no_repository_is_not_claimed(tmp_path: Path, content: bytes | str) -> None:
    assert BlueskyReader().claim(folder(tmp_path, {"repo.car": content})) == []


WHOLE = repository(posts(40)).bytes


@given(st.integers(0, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_it_gives_what_can_be_proven_and_names_the_rest(
    tmp_path_factory: pytest.TempPathFactory, at: int
) -> None:
    items = list(BlueskyReader().read(folder(tmp_path_factory.mktemp("cut"), {"repo.car": WHOLE[:at]}), ["repo.car"]))
    whole = {f"Melding {number}" for number in range(40)}
    assert {found.text for found in arrivals(items)} <= whole
    if at < len(WHOLE):
        assert problems(items)
    complete = WHOLE[:at].count(b"createdAt\x78\x182024-05-17T10:00:00.000Z")
    kept = [item for item in items if isinstance(item, Problem) and item.why == reasons.NOT_IN_TREE]
    if at > 1000:
        assert len(arrivals(items)) + len(kept) == complete


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_garbage_in_the_middle_never_raises(tmp_path_factory: pytest.TempPathFactory, garbage: bytes, at: int) -> None:
    data = WHOLE[:at] + garbage + WHOLE[at:]
    list(BlueskyReader().read(folder(tmp_path_factory.mktemp("bad"), {"repo.car": data}), ["repo.car"]))


@pytest.mark.shared
def test_the_official_sample_gives_every_record() -> None:
    items = read(BlueskyReader(), open_export(samples("bluesky/paul_staging.repo.car")))
    # 452 blocks: 172 nodes of trees, 28 commits, 252 records, counted with another decoder
    assert Counter(found.kind for found in arrivals(items)) == {"post": 82, "reply": 19, "share": 15}
    assert Counter(others(items)) == {
        "commit": 28,
        "like": 60,
        "app.bsky.feed.vote": 54,
        "follow": 17,
        "app.bsky.graph.confirmation": 3,
        "app.bsky.system.declaration": 1,
        "profile": 1,
    }
    assert problems(items) == []
