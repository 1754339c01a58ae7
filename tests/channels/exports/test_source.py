import gzip
import io
import os
import random
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from ordskifte.channels import reasons
from ordskifte.channels.errors import ReadError
from ordskifte.channels.exports import gzipped, names
from ordskifte.channels.exports.gzipped import GzipIndex
from ordskifte.channels.exports.source import Export, open_export, open_exports
from tests.channels.exports.made import folder, zipped

OUTSIDE = ("../ut.json", "/etc/passwd", "C:/vindu.json", "mappe/../../ut.json")


def content(export: Export) -> dict[str, bytes]:
    found = {}
    for name in export.names():
        with export.open(name) as stream:
            found[name] = stream.read()
        assert export.size(name) == len(found[name])
        assert export.head(name, 3) == found[name][:3]
        assert name in export
    return found


def tar_of(path: Path, files: dict[str, bytes], *, more: list[tarfile.TarInfo] | None = None) -> Path:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for info in more or []:
            archive.addfile(info)
    return path


FILES = {"data/innlegg.json": b"[]", "bilder/skole.jpg": b"\xff\xd8bilde", "tom.txt": b""}


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "tar.gz"])
def test_every_form_of_export_gives_the_same_files(tmp_path: Path, form: str) -> None:
    if form == "folder":
        export = folder(tmp_path / "eksport", FILES)
    elif form == "zip":
        export = open_export(zipped(tmp_path / "eksport.zip", FILES))
    else:
        export = open_export(tar_of(tmp_path / f"eksport.{form}", FILES))
    assert content(export) == FILES
    assert export.names() == sorted(FILES)
    assert export.refused == []
    assert "annen.json" not in export
    with pytest.raises(KeyError):
        export.open("annen.json")
    with pytest.raises(KeyError):
        export.size("annen.json")


def test_a_single_file_is_an_export_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "outbox.json"
    path.write_bytes(b"{}")
    export = open_export(path)
    assert content(export) == {"outbox.json": b"{}"}
    with pytest.raises(KeyError):
        export.open("../outbox.json")
    assert [one.path for one in open_exports([path, path])] == [path, path]


def test_a_zip_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "nedlasting.dat", FILES)
    assert open_export(path).names() == sorted(FILES)


def test_a_gzipped_tar_is_known_by_its_bytes(tmp_path: Path) -> None:
    made = tar_of(tmp_path / "arkiv.tar.gz", FILES)
    assert open_export(made.rename(tmp_path / "arkiv")).names() == sorted(FILES)


def test_a_lone_gzip_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "logg.gz"
    path.write_bytes(gzip.compress(b"ikke tar"))
    assert open_export(path).names() == ["logg.gz"]
    path.write_bytes(b"\x1f\x8b\x08 men ikke gzip")
    assert open_export(path).names() == ["logg.gz"]


def test_names_that_point_outside_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ond.zip", dict.fromkeys([*OUTSIDE, "god.json"], b"x"))
    export = open_export(path)
    assert export.names() == ["god.json"]
    assert export.refused == [(name, reasons.OUTSIDE) for name in OUTSIDE]


def test_a_tar_is_held_to_the_same(tmp_path: Path) -> None:
    link, device = tarfile.TarInfo("lenke"), tarfile.TarInfo("enhet")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    hard = tarfile.TarInfo("hard")
    hard.type, hard.linkname = tarfile.LNKTYPE, "god.json"
    path = tar_of(tmp_path / "ond.tar", {"../ut.json": b"x", "./god.json": b"y"}, more=[link, device, hard])
    export = open_export(path)
    assert content(export) == {"god.json": b"y"}
    assert export.refused == [
        ("../ut.json", reasons.OUTSIDE),
        ("lenke", reasons.LINK),
        ("enhet", reasons.NOT_A_FILE),
        ("hard", reasons.LINK),
    ]


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "nul.zip", {"tweets_js": b"x"})
    path.write_bytes(path.read_bytes().replace(b"tweets_js", b"tweets\x00js"))
    export = open_export(path)
    assert export.names() == []
    assert export.refused == [("tweets\x00js", reasons.OUTSIDE)]


def test_links_and_devices_in_a_zip_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lenker.zip", "w") as archive:
        for name, mode in (("lenke", 0o120777), ("ror", 0o010644), ("god", 0o100644)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, "/etc/passwd")
    export = open_export(tmp_path / "lenker.zip")
    assert export.names() == ["god"]
    assert export.refused == [("lenke", reasons.LINK), ("ror", reasons.NOT_A_FILE)]


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "hemmelig.txt"
    outside.write_text("hemmelig")
    root = tmp_path / "eksport"
    (root / "under").mkdir(parents=True)
    (root / "ekte.json").write_text("{}")
    (root / "inne.json").symlink_to(root / "ekte.json")
    (root / "ute.txt").symlink_to(outside)
    (root / "borte").symlink_to(tmp_path / "finnes-ikke")
    (root / "ring").symlink_to(root / "ring")
    (root / "mappe").symlink_to(tmp_path)
    os.mkfifo(root / "under" / "ror")
    export = open_export(root)
    assert content(export) == {"ekte.json": b"{}", "inne.json": b"{}"}
    assert sorted(export.refused) == [
        ("borte", reasons.LINK),
        ("mappe", reasons.LINK),
        ("ring", reasons.LINK),
        ("under/ror", reasons.NOT_A_FILE),
        ("ute.txt", reasons.LINK),
    ]


def test_what_is_no_file_at_all_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ror")
    with pytest.raises(ReadError, match="This is not an ordinary file"):
        open_export(tmp_path / "ror")
    with pytest.raises(ReadError, match="There is no such file"):
        open_export(tmp_path / "finnes-ikke.zip")


def test_a_file_that_went_away_is_said(tmp_path: Path) -> None:
    export = folder(tmp_path / "eksport", {"a.json": b"{}"})
    (tmp_path / "eksport" / "a.json").unlink()
    with pytest.raises(ReadError, match="This cannot be opened"):
        export.open("a.json")


def test_an_archive_inside_is_a_file_and_is_named(tmp_path: Path) -> None:
    inner = {"del2.zip": b"PK", "a.json": b"{}"}
    told = [("del2.zip", reasons.ARCHIVE_INSIDE)]
    for export in (
        open_export(zipped(tmp_path / "ytre.zip", inner)),
        folder(tmp_path / "ytre", inner),
        open_export(tar_of(tmp_path / "ytre.tar", inner)),
    ):
        assert export.names() == ["a.json", "del2.zip"]
        assert export.refused == told


@pytest.mark.parametrize("cut", [1, 10, 60, 200])
def test_a_truncated_zip_is_said(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "kort.zip", {"a.json": b"[1, 2, 3]" * 100})
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ReadError) as error:
        content(open_export(path))
    assert "Download the export again" in error.value.advice


@pytest.mark.parametrize("data", [b"", b"<html>Logg inn</html>"])
def test_a_zip_that_is_none_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "eksport.zip"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"This zip file is empty|is called a zip file and is none"):
        open_export(path)


def test_an_empty_zip_has_no_files(tmp_path: Path) -> None:
    assert open_export(zipped(tmp_path / "tom.zip", {})).names() == []


def test_an_encrypted_zip_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "laast.zip", {"a.json": b"{}"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(ReadError, match="This zip file is encrypted"):
        open_export(path)


def test_damage_inside_a_zip_is_said_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "skadet.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", b"A" * 1000)
        archive.writestr("b.json", b"B")
    path.write_bytes(path.read_bytes().replace(b"A" * 1000, b"A" * 500 + b"X" + b"A" * 499))
    export = open_export(path)
    with export.open("a.json") as stream, pytest.raises(ReadError, match="damaged") as damaged:
        stream.read()
    assert damaged.value.name == "a.json"
    assert export.head("b.json") == b"B"


def test_a_zip_never_gives_more_than_the_size_it_declares(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lognaktig.zip", {"a.json": b"A" * 100_000})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02") + 24
    path.write_bytes(data[:at] + struct.pack("<I", 10) + data[at + 4 :])
    with open_export(path).open("a.json") as stream, pytest.raises(ReadError, match="damaged"):
        stream.read(1_000_000)


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bombe.zip", {"bombe.json": bytes(65 * 1024**2), "god.json": b"{}"})
    export = open_export(path)
    assert export.names() == ["god.json"]
    assert export.refused == [("bombe.json", reasons.TOO_COMPRESSED)]


def test_a_gzipped_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="200 times its size"):
        open_export(tar_of(tmp_path / "bombe.tar.gz", {"bombe.json": bytes(80 * 1024**2)}))


def test_unknown_compression_and_second_files_of_one_name_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rar.zip"
    zipped(path, {"a.json": b"forste", "c.json": b"andre", "b.json": b"b"})
    data = bytearray(path.read_bytes().replace(b"c.json", b"a.json"))
    data[data.rindex(b"PK\x01\x02") + 10] = 97
    path.write_bytes(data)
    export = open_export(path)
    assert content(export) == {"a.json": b"forste"}
    assert export.refused == [("a.json", reasons.SAME_NAME), ("b.json", reasons.COMPRESSION)]


def test_too_deep_folders_are_refused(tmp_path: Path) -> None:
    name = "/".join(["m"] * 70)
    export = open_export(zipped(tmp_path / "dyp.zip", {name: b"x"}))
    assert export.refused == [(name, reasons.TOO_DEEP_FOLDER)]


def test_old_and_new_names_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "navn.zip", {"xx.json": b"1", "mappe\\y.json": b"2", "å.json": b"3", "./z.json": b"4"})
    path.write_bytes(path.read_bytes().replace(b"xx.json", "ø.json".encode()))
    assert sorted(open_export(path).names()) == ["mappe/y.json", "z.json", "å.json", "ø.json"]


def test_a_name_in_code_page_437_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "dos.zip", {"x.json": b"1"})
    path.write_bytes(path.read_bytes().replace(b"x.json", b"\x86.json"))
    assert open_export(path).names() == ["å.json"]


def test_too_many_members_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {f"{number}.json": b"" for number in range(11)}
    path = zipped(tmp_path / "mange.zip", made)
    for module in (names, __import__("ordskifte.channels.exports.zipped", fromlist=["x"])):
        monkeypatch.setattr(module, "MAX_MEMBERS", 10)
    with pytest.raises(ReadError, match="more than 1,000,000 files"):
        open_export(path)
    with pytest.raises(ReadError, match="more than 1,000,000 files"):
        folder(tmp_path / "mange", made)


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MAX_TOTAL", 10)
    with pytest.raises(ReadError, match="more than 200 GB"):
        open_export(zipped(tmp_path / "stor.zip", {"a": b"123456", "b": b"123456"}))


@pytest.mark.parametrize("keep", [100, 5000, 20_000])
@pytest.mark.parametrize("form", ["tar", "tar.gz"])
def test_a_truncated_tar_is_said(tmp_path: Path, keep: int, form: str) -> None:
    noise = random.Random(1).randbytes(30_000)
    path = tar_of(tmp_path / f"kort.{form}", {"a.bin": noise})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ReadError, match="not a whole tar"):
        open_export(path)


def test_a_tar_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "arkiv.tar.gz"
    path.write_bytes(b"<html>")
    with pytest.raises(ReadError, match="not a whole tar"):
        open_export(path)


def test_a_tar_header_that_claims_gigabytes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.XHDTYPE, 8 * 1024**3
    (tmp_path / "ond.tar").write_bytes(info.tobuf() + bytes(2048))
    with pytest.raises(ReadError, match="not a whole tar"):
        open_export(tmp_path / "ond.tar")


def test_a_gzipped_tar_is_read_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzipped, "_PIECE", 1 << 14)
    monkeypatch.setattr(gzipped, "_CHUNK", 1 << 12)
    monkeypatch.setattr(gzipped, "_MOST_PLACES", 8)
    chance = random.Random(7)
    files = {f"m/{number}.bin": chance.randbytes(chance.randint(0, 90_000)) for number in range(40)}
    export = open_export(tar_of(tmp_path / "arkiv.tar.gz", files))
    order = list(files)
    chance.shuffle(order)
    for name in order:
        with export.open(name) as stream:
            assert stream.read() == files[name]
    with export.open(order[0]) as one, export.open(order[1]) as other:  # two at once
        assert other.read() + one.read() == files[order[1]] + files[order[0]]


def test_places_in_a_gzip_stay_few_and_seeking_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzipped, "_PIECE", 1000)
    monkeypatch.setattr(gzipped, "_CHUNK", 700)
    monkeypatch.setattr(gzipped, "_MOST_PLACES", 8)
    data = random.Random(3).randbytes(20_000) + b"tekst " * 5000
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(data[:30_000]) + gzip.compress(data[30_000:]) + bytes(16))
    index = GzipIndex(path, spacing=1000)
    with index.open() as stream:
        assert stream.seek(0, io.SEEK_END) == len(data)
        assert len(index.places) <= 8
        for place in (49_999, 0, 30_000, 12_345, 29_999, 31_000):
            assert stream.seek(place) == place
            assert stream.read(50) == data[place : place + 50]
        stream.seek(10)
        stream.seek(5, io.SEEK_CUR)
        assert stream.read(3) == data[15:18]


def test_a_zip64_is_read(tmp_path: Path) -> None:
    """The end records of a zip over 4 GB, in a small one: sizes and offset stand in the 64-bit record."""
    path = zipped(tmp_path / "stor.zip", FILES)
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    count, size, offset = struct.unpack_from("<H2I", data, end + 10)
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(data[:end] + record + locator + last)
    assert content(open_export(path)) == FILES


def test_a_zip_with_something_in_front_is_read(tmp_path: Path) -> None:
    path = tmp_path / "foran.zip"
    path.write_bytes(b"PK\x03\x04 ikke en fil " + zipped(tmp_path / "a.zip", FILES).read_bytes())
    assert content(open_export(path)) == FILES


def test_folders_in_archives_are_no_files(tmp_path: Path) -> None:
    mappe = tarfile.TarInfo("mappe")
    mappe.type = tarfile.DIRTYPE
    again = tarfile.TarInfo("a.json")
    export = open_export(tar_of(tmp_path / "a.tar", {"a.json": b"1"}, more=[mappe, again]))
    assert content(export) == {"a.json": b"1"}
    assert export.refused == [("a.json", reasons.SAME_NAME)]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("mappe/", b"")
        archive.writestr("mappe/a.json", b"1")
    assert content(open_export(tmp_path / "a.zip")) == {"mappe/a.json": b"1"}


def test_a_central_directory_that_is_none_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x09\x09"))
    with pytest.raises(ReadError, match="not a whole zip"):
        open_export(path)


def test_a_member_whose_own_header_is_gone_is_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": b"{}"})
    path.write_bytes(
        path.read_bytes().replace(b"PK\x03\x04", b"PK\x09\x09", 1).replace(b"PK\x09\x09", b"PK\x03\x04", 0)
    )
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04" + bytes(26) + path.read_bytes())
    export = open_export(tmp_path / "b.zip")
    with pytest.raises(ReadError, match="damaged") as damaged:
        export.open("a.json")
    assert damaged.value.name == "a.json"


@pytest.mark.parametrize("form", ["tar", "tar.gz"])
def test_an_archive_that_changes_under_us_is_said(tmp_path: Path, form: str) -> None:
    noise = random.Random(2).randbytes(3_000_000)
    path = tar_of(tmp_path / f"a.{form}", {"a.bin": noise, "b.bin": noise[::-1]})
    export = open_export(path)
    path.write_bytes(path.read_bytes()[:2_000_000])
    for name in export.names():
        with pytest.raises(ReadError) as said, export.open(name) as stream:
            stream.read()
        assert said.value.name == name
    path.write_bytes(b"")
    with pytest.raises(ReadError), export.open("b.bin") as stream:
        stream.read()
