import random
from pathlib import Path

import pytest

from ordskifte.channels.contract import Account, Arrival, Other, Problem
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports.registry import READERS, claim_all, reader, readers, unclaimed
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import folder, zipped
from tests.channels.exports.test_mastodon import archive as mastodon_archive
from tests.channels.exports.test_mastodon import create, note
from tests.channels.exports.test_x import archive as x_archive
from tests.channels.exports.test_x import tweet

KINDS = [kind for kind, _ in READERS]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)
NAMES = (
    "tweets.js", "outbox.json", "actor.json", "posts_1.json", "profile_information.json", "repo.car", "wxr.xml",
    "dump.xml", "comments.csv", "kommentarer.html", "feed.xml", "feed.json", "uten-endelse",
)  # fmt: skip
CONTENTS = {
    "nothing": b"",
    "picture": PNG,
    "noise": random.Random(5).randbytes(3000),
    "zeros": bytes(3000),
    "brackets": b"[" * 70_000,
    "braces": b'{"a":' * 20_000,
    "tags": b"<a>" * 30_000,
    "page": b"<!doctype html><html><body>Logg inn</body></html>",
    "number": b"7",
    "null": b"null",
    "text": "Når blir veien brøytet?\n".encode() * 10,
    "latin-1": "Når blir veien brøytet?\n".encode("latin-1") * 10,
    "utf-16": "Når blir veien brøytet?\n".encode("utf-16") * 10,
    "ring": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]><a>&a;</a>',
}


def test_every_kind_has_its_reader() -> None:
    assert [one.kind for one in readers()] == KINDS
    assert reader("x").kind == "x"
    with pytest.raises(KeyError):
        reader("myspace")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", CONTENTS)
def test_no_reader_takes_what_is_not_its_own(tmp_path: Path, kind: str, content: str) -> None:
    """No claim, or clean problems: nothing is said that is not there, and nothing raises but ReadError."""
    export = folder(tmp_path / "e", dict.fromkeys(NAMES, CONTENTS[content]))
    one = reader(kind)
    names = one.claim(export)
    try:
        items = list(one.read(export, names)) if names else []
    except ReadError:
        return
    assert not [item for item in items if isinstance(item, Arrival | Account)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_export_holds_nothing(tmp_path: Path, kind: str) -> None:
    assert reader(kind).claim(open_export(zipped(tmp_path / "tom.zip", {}))) == []


def test_a_zip_of_no_bytes_is_said(tmp_path: Path) -> None:
    (tmp_path / "tom.zip").write_bytes(b"")
    with pytest.raises(ReadError):
        open_export(tmp_path / "tom.zip")


def test_each_file_goes_to_one_reader(tmp_path: Path) -> None:
    files = {f"m/{name}": value for name, value in mastodon_archive(create(note())).items()}
    files |= x_archive(tweet()) | {"bilde.jpg": PNG, "notat.txt": b"hei"}
    export = folder(tmp_path / "alt", files)
    claims = claim_all(export)
    assert [(one.kind, names) for one, names in claims] == [
        ("mastodon", ["m/actor.json", "m/outbox.json"]),
        ("x", ["data/account.js", "data/tweets.js"]),
    ]
    assert unclaimed(export, claims) == ["bilde.jpg", "notat.txt"]


@pytest.mark.parametrize(("kind", "files"), [("mastodon", mastodon_archive(create(note()))), ("x", x_archive(tweet()))])
def test_every_item_says_where_it_stands(tmp_path: Path, kind: str, files: dict[str, object]) -> None:
    export = folder(tmp_path / "e", files)
    one = reader(kind)
    for item in one.read(export, one.claim(export)):
        if isinstance(item, Arrival | Other | Problem):
            assert item.file in export
            assert item.where
