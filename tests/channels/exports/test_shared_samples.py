"""Real exports, which are not part of the repository: everything in them is claimed and read, and counted twice."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ordskifte.channels.contract import Account, Arrival, Other, Problem
from ordskifte.channels.exports.registry import claim_all, reader, unclaimed
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, others, problems, read

pytestmark = pytest.mark.shared


@pytest.fixture
def samples() -> Path:
    shared = Path(os.environ.get("ORDSKIFTE_SHARED", Path(__file__).resolve().parents[3].parent / "shared"))
    if not (shared / "samples").is_dir():
        pytest.skip(f"shared samples are not here: {shared}")
    return shared / "samples"


def test_the_mastodon_archive(samples: Path) -> None:
    items = read(reader("mastodon"), open_export(samples / "mastodon_archive"))
    acts = json.loads((samples / "mastodon_archive" / "outbox.json").read_bytes())["orderedItems"]
    said = [act["object"] for act in acts if act["type"] == "Create"]
    found = {one.external_id: one for one in arrivals(items)}
    assert len(found) == len(acts)
    assert problems(items) == []
    assert others(items) == ["profile"]
    for note in said:
        one = found[note["id"]]
        assert (one.parent_id, one.ours) == (note["inReplyTo"], True)
        assert [a.alt for a in one.attachments] == [a["name"] or "" for a in note["attachment"]]
        assert (one.edited is not None) == ("updated" in note)
        assert (one.summary != "") == bool(note["summary"])
        assert "<" not in one.text.replace("<3", "")
    assert Counter(one.kind for one in found.values())["share"] == sum(act["type"] == "Announce" for act in acts)


def test_the_x_archive(samples: Path) -> None:
    items = read(reader("x"), open_export(samples / "x_archive"))
    text = (samples / "x_archive" / "tweets.js").read_text()
    tweets = [one["tweet"] for one in json.loads(text[text.index("[") :])]
    found = {one.version_key: one for one in arrivals(items)}
    assert [one.version_key for one in arrivals(items)] == [tweet["id_str"] for tweet in tweets]
    assert len(items) == len(tweets)
    for tweet in tweets:
        one = found[tweet["id_str"]]
        assert one.parent_id == tweet.get("in_reply_to_status_id_str")
        assert one.published is not None
        assert json.loads(one.raw or b"")["tweet"] == tweet
        for url in tweet["entities"].get("urls", ()):
            assert url["url"] not in one.text
            if url["url"] in tweet["full_text"]:
                assert url["expanded_url"] in one.text


def test_the_facebook_and_instagram_downloads(samples: Path) -> None:
    given = json.loads((samples / "facebook_export" / "comments_and_reactions.json").read_bytes())["comments_v2"]
    found = arrivals(read(reader("facebook"), open_export(samples / "facebook_export")))
    assert [one.kind for one in found] == ["comment"] * len(given)
    assert sum(one.text != "" for one in found) == sum("data" in one for one in given)
    assert "Ã" not in "".join(one.text for one in found)
    export = open_export(samples / "instagram_export")
    found = arrivals(read(reader("instagram"), export))
    assert [(one.kind, one.text != "") for one in found] == [("post", True), ("post", True), ("video", True)]
    assert [a.path in export for one in found for a in one.attachments] == [True, False, False]


def _each(samples: Path) -> Iterator[tuple[Path, object]]:
    for path in sorted((samples / "activitypub").rglob("*.json")):
        yield path, json.loads(path.read_bytes())


def test_every_server_of_the_fediverse(samples: Path) -> None:
    export = open_export(samples / "activitypub")
    one = reader("activitystreams")
    names = one.claim(export)
    assert sorted(names) == sorted(str(path.relative_to(samples / "activitypub")) for path, _ in _each(samples))
    items = list(one.read(export, names))
    by_file = Counter(item.file for item in items if isinstance(item, Arrival | Other | Problem))
    for path, value in _each(samples):
        assert isinstance(value, dict)
        inside = value.get("orderedItems", value.get("items"))
        expected = 1 if inside is None else len(inside)
        assert by_file[str(path.relative_to(samples / "activitypub"))] == expected, path
    assert problems(items) == []
    kinds = Counter(one.kind for one in arrivals(items))
    stones = sum(value.get("type") in ("Tombstone", "Delete") for _, value in _each(samples) if isinstance(value, dict))
    assert kinds["deletion"] == stones - 1  # one deletes an account
    assert kinds["report"] == sum(value.get("type") == "Flag" for _, value in _each(samples) if isinstance(value, dict))
    texts = [one.text for one in arrivals(items)]
    assert not [text for text in texts if "<p>" in text]


def test_the_samples_all_at_once(samples: Path) -> None:
    """No file goes to two readers, and no reader fails on a neighbour's files."""
    export = open_export(samples)
    claims = claim_all(export)
    taken = [name for _, names in claims for name in names]
    assert len(taken) == len(set(taken))
    assert not set(taken) & set(unclaimed(export, claims))
    for one, names in claims:
        for item in one.read(export, names):
            assert isinstance(item, Account) or item.file in names
