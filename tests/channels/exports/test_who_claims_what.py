"""Files that look alike go to one reader each."""

from pathlib import Path

import pytest

from ordskifte.channels.exports.registry import claim_all, unclaimed
from tests.channels.exports import test_bluesky, test_feed, test_mediawiki, test_wordpress, test_youtube
from tests.channels.exports.made import folder
from tests.channels.exports.repository import did_document

FILES = {
    "wordpress": test_wordpress.WHOLE,
    "mediawiki": test_mediawiki.WHOLE,
    "feed": test_feed.WHOLE,
    "youtube": test_youtube.WHOLE,
    "bluesky": test_bluesky.WHOLE,
}


@pytest.mark.parametrize("name", ["export", "tweets.js", "data.xml", "noe.json"])
@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_is_known_by_its_content_whatever_it_is_called(tmp_path: Path, kind: str, name: str) -> None:
    claims = claim_all(folder(tmp_path, {name: FILES[kind]}))
    assert [(reader.kind, names) for reader, names in claims] == [(kind, [name])]


def test_a_folder_of_everything_is_shared_out_and_pictures_are_left(tmp_path: Path) -> None:
    named = {f"{kind}.dat": data for kind, data in FILES.items()}
    identity = {"did.json": did_document(test_bluesky.KEY)}
    export = folder(tmp_path, {**named, **identity, "picture.jpg": b"\xff\xd8\xff", "notes.txt": b"Hei"})
    claims = claim_all(export)
    assert {reader.kind: sorted(names) for reader, names in claims} == {
        **{kind: [f"{kind}.dat"] for kind in FILES},
        "bluesky": ["bluesky.dat", "did.json"],
    }
    assert unclaimed(export, claims) == ["notes.txt", "picture.jpg"]


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x00" * 5000, b"<" * 5000, b"<html></html>"])
def test_what_nobody_knows_is_claimed_by_nobody(tmp_path: Path, data: bytes) -> None:
    assert claim_all(folder(tmp_path, {"tweets.js": data})) == []
