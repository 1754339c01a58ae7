"""What a backup holds, member by member, and what is refused when it is read."""

import io
import json
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from ordskifte.base.backup import PART, read_backup, write_backup
from ordskifte.base.backup_seal import BackupError
from ordskifte.base.home import Home
from ordskifte.base.store import FolderStore

ABOUT = {"made_at": "2026-03-11T12:00:00Z", "version": "0.1.0", "postgres": 18}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    (made.keys).mkdir(parents=True)
    (made.keys / "ledger.key").write_bytes(b"k" * 32)
    (made.keys / "half.new").write_bytes(b"unfinished")
    made.card.write_text("{}")
    return made


def written(home: Home, dump: Iterable[bytes]) -> bytes:
    out = io.BytesIO()
    store = FolderStore(home.path / "store")
    store.put("evidence/æøå/1.warc.gz", b"warc")
    write_backup(out, home=home, store=store, dump=dump, about=ABOUT)
    return out.getvalue()


def read(content: bytes, folder: Path) -> dict[str, bytes]:
    """What comes out, by path; the dump as `dump`."""
    into = folder / "into"
    into.mkdir()
    read_backup(io.BytesIO(content), into=into, dump=folder / "dump")
    files = {str(path.relative_to(into)): path.read_bytes() for path in into.rglob("*") if path.is_file()}
    return files | {"dump": (folder / "dump").read_bytes()}


def members(content: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]  # all regular


def packed(parts: Iterable[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for member, content in parts:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    return made


def test_everything_is_in_order_database_first(home: Home) -> None:
    content = written(home, [b"a" * PART, b"b" * (PART - 1), b"cc"])
    found = members(content)
    assert [one.name for one, _ in found] == [
        "backup.json",
        "database/00000001",
        "database/00000002",
        "database/00000003",
        "keys/ledger.key",
        "home.json",
        "store/evidence/æøå/1.warc.gz",
        "end.json",
    ]
    assert json.loads(found[0][1]) == {"format": 1, **ABOUT}
    assert json.loads(found[-1][1]) == {
        "members": 7,
        "objects": 1,
        "bytes": sum(len(content) for _, content in found[:-1]),
    }


@pytest.mark.parametrize("sizes", [[], [0], [1], [PART], [PART + 1], [3, PART, 5]])
def test_it_comes_out_as_it_went_in(home: Home, tmp_path: Path, sizes: list[int]) -> None:
    dump = [bytes([number]) * size for number, size in enumerate(sizes)]
    assert read(written(home, dump), tmp_path) == {
        "keys/ledger.key": b"k" * 32,
        "home.json": b"{}",
        "store/evidence/æøå/1.warc.gz": b"warc",
        "dump": b"".join(dump),
    }


@pytest.mark.parametrize(
    "strange",
    [
        member("../outside"),
        member("store/../../outside"),
        member("/etc/outside"),
        member("keys/a/b"),
        member("unknown"),
        member("keys/link", tarfile.SYMTYPE, "/etc/passwd"),
        member("store/hard", tarfile.LNKTYPE, "keys/ledger.key"),
        member("store/device", tarfile.CHRTYPE),
        member("store/folder", tarfile.DIRTYPE),
    ],
    ids=lambda strange: strange.name,
)
def test_members_that_we_never_write_are_refused(home: Home, tmp_path: Path, strange: tarfile.TarInfo) -> None:
    parts = members(written(home, [b"dump"]))
    with pytest.raises(BackupError):
        read(packed([*parts[:-1], (strange, b""), parts[-1]]), tmp_path)
    assert not (tmp_path / "outside").exists()


def test_an_end_that_does_not_fit_is_refused(home: Home, tmp_path: Path) -> None:
    parts = members(written(home, [b"dump"]))
    for number, changed in enumerate((parts[:-1], [*parts[:3], *parts[4:]], [*parts, parts[-1]], parts[1:], [])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(BackupError):
            read(packed(changed), folder)


def test_a_newer_format_is_named(home: Home, tmp_path: Path) -> None:
    parts = members(written(home, [b"dump"]))
    newer = json.dumps({"format": 2}).encode()
    with pytest.raises(BackupError, match="newer Ordskifte"):
        read(packed([(parts[0][0], newer), *parts[1:]]), tmp_path)
