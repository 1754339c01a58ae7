"""The content store writes whole or not at all."""

import errno
import io
import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from ordskifte.base.clock import now
from ordskifte.base.errors import ObjectMissing, StoreError
from ordskifte.base.home import Home
from ordskifte.base.store import FolderStore, Store, store_at, store_of
from ordskifte.base.store_s3 import S3Store


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Both kinds: a folder, and a bucket of obstore's own in-memory server. A real one: tests/peers/test_s3.py."""
    return FolderStore(tmp_path / "store") if request.param == "folder" else S3Store("s3://memory", MemoryStore())


def test_what_is_put_is_read_back(store: Store) -> None:
    store.put("evidence/a/b.warc.gz", b"0123456789")
    assert store.get("evidence/a/b.warc.gz") == b"0123456789"
    assert store.read("evidence/a/b.warc.gz", 3, 4) == b"3456"
    assert store.read("evidence/a/b.warc.gz", 8, 0) == b""
    assert list(store.keys("evidence/")) == ["evidence/a/b.warc.gz"]
    assert store.size("evidence/a/b.warc.gz") == 10
    assert abs(now() - store.written_at("evidence/a/b.warc.gz")) < timedelta(minutes=5)


def test_a_second_write_is_what_counts(store: Store) -> None:
    store.put("evidence/a", b"first")
    store.put("evidence/a", b"second")
    assert (store.get("evidence/a"), list(store.keys())) == (b"second", ["evidence/a"])


def test_an_object_is_a_stream_that_can_be_sought_in(store: Store) -> None:
    content = bytes(range(256)) * 12_000  # more than one reading of a bucket
    store.put("media/x", content)
    with store.open("media/x") as handle:
        assert handle.read(3) == content[:3]
        assert handle.seek(-2, os.SEEK_END) == len(content) - 2
        assert (handle.read(), handle.read()) == (content[-2:], b"")
        handle.seek(0)
        assert handle.read() == content


def test_keys_are_those_of_a_folder_and_not_of_its_namesakes(store: Store) -> None:
    for key in ("evidence/2/b", "evidence/1/æ å", "evidence2/c", "media/d"):
        store.put(key, b"x")
    assert sorted(store.keys("evidence/")) == ["evidence/1/æ å", "evidence/2/b"]
    assert len(list(store.keys())) == 4


def test_what_is_removed_is_gone_and_may_be_gone_already(store: Store) -> None:
    store.put("media/x", b"x")
    assert "media/x" in store
    store.delete("media/x")
    store.delete("media/x")
    assert ("media/x" in store, 7 in store, list(store.keys())) == (False, False, [])


@pytest.mark.parametrize("key", ["/etc/passwd", "a/../../b", "a\x00b", ".."])
def test_no_key_leaves_the_store(store: Store, key: str) -> None:
    with pytest.raises(StoreError, match="is not a key"):
        store.put(key, b"x")


@pytest.mark.parametrize("ask", ["get", "open", "size", "written_at"])
def test_a_missing_object_is_named(store: Store, ask: str) -> None:
    with pytest.raises(ObjectMissing, match="evidence/x is missing"):
        getattr(store, ask)("evidence/x")


@pytest.mark.parametrize("place", ["s3://", "s3:///prefix", "s3://bucket/../other"])
def test_what_is_no_bucket_is_refused(place: str) -> None:
    with pytest.raises(StoreError, match="is not the address of a bucket"):
        store_at(place)


def test_a_home_says_where_its_store_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    monkeypatch.delenv("ORDSKIFTE_STORE", raising=False)
    assert (store_of(home).place, home.store_folder) == (str(tmp_path / "store"), tmp_path / "store")
    monkeypatch.setenv("ORDSKIFTE_STORE", "s3://bucket/prefix")
    assert (store_of(home).place, home.store_folder) == ("s3://bucket/prefix", None)


def test_a_full_disk_leaves_nothing_behind(folder: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder.put("evidence/first", b"x")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        folder.put("evidence/second", b"y")
    with pytest.raises(StoreError, match="No space left on device"):
        folder.take(io.BytesIO(b"bilde"), "media")
    assert [path.name for path in folder.root.rglob("*") if path.is_file()] == ["first"]


def test_the_same_stream_is_kept_once(store: Store) -> None:
    digest = sha256(b"bilde").hexdigest()
    assert store.take(io.BytesIO(b"bilde"), "media") == (digest, 5, True)
    assert store.take(io.BytesIO(b"bilde"), "media") == (digest, 5, False)
    assert list(store.keys("media/")) == [f"media/{digest[:2]}/{digest}"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files that belong to someone else")
def test_what_root_writes_belongs_to_the_owner_of_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 12345, 12345)
    store = FolderStore(home / "store")
    store.put("evidence/a/b", b"x")
    store.take(io.BytesIO(b"y"), "media")
    assert {path.stat().st_uid for path in (home / "store").rglob("*")} == {12345}
