"""The content store writes whole or not at all."""

import errno
import io
import os
from hashlib import sha256
from pathlib import Path

import pytest

from ordskifte.base.errors import StoreError
from ordskifte.base.store import FolderStore


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def test_what_is_put_is_read_back(store: FolderStore) -> None:
    store.put("evidence/a/b.warc.gz", b"0123456789")
    assert store.get("evidence/a/b.warc.gz") == b"0123456789"
    assert store.read("evidence/a/b.warc.gz", 3, 4) == b"3456"
    assert list(store.keys("evidence/")) == ["evidence/a/b.warc.gz"]


@pytest.mark.parametrize("key", ["/etc/passwd", "a/../../b", "a\x00b", ".."])
def test_no_key_leaves_the_store(store: FolderStore, key: str) -> None:
    with pytest.raises(StoreError, match="is not a key"):
        store.put(key, b"x")


def test_a_missing_object_is_named(store: FolderStore) -> None:
    with pytest.raises(StoreError, match="evidence/x is missing"):
        store.get("evidence/x")


def test_a_full_disk_leaves_nothing_behind(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.put("evidence/first", b"x")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        store.put("evidence/second", b"y")
    with pytest.raises(StoreError, match="No space left on device"):
        store.take(io.BytesIO(b"bilde"), "media")
    assert [path.name for path in store.root.rglob("*") if path.is_file()] == ["first"]


def test_the_same_stream_is_kept_once(store: FolderStore) -> None:
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
