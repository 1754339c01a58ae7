"""A SIP: `{uuid}.tar` and beside it `{uuid}.xml`, from a package's folder. There are both or none."""

import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from ordskifte.records.noark5.dias.documents import write_description, write_mets, write_premis
from ordskifte.records.noark5.dias.files import Entry, FileList, entry, walk
from ordskifte.records.noark5.dias.values import Innlevering
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.write.package import folder_beside

_ADMIN: Final = "administrative_metadata"


@dataclass(frozen=True, slots=True)
class Sip:
    """The two files, and the digest the depot compares with."""

    tar: Path
    description: Path
    digest: str
    files: int


def write_sip(package: Path, out: Path, sip: Innlevering, *, schemas: Path) -> Sip:
    """Pack a Noark 5 package into `out`, a folder that is absent or empty. `schemas` is the installed set `dias`.

    The package is left as it is. Raises ExportError, and then leaves nothing behind.
    """
    if not (package / "arkivuttrekk.xml").is_file():
        raise ExportError(f"{package} is no Noark 5 package.", advice="Export one first.")
    with folder_beside(out) as side, tempfile.TemporaryDirectory(prefix="ordskifte-sip-") as temporary:
        made = Path(temporary)
        files = FileList(made / "files")
        files.write(_given(package, schemas))
        premis = _write(made, "dias-premis.xml", f"{_ADMIN}/dias-premis.xml", lambda out: write_premis(out, sip, files))
        files.write(iter((premis,)))
        addml = next((one for one in files if one.name == f"{_ADMIN}/addml.xml"), None)
        mets = _write(
            made,
            "dias-mets.xml",
            "dias-mets.xml",
            lambda out: write_mets(out, sip, files, premis=premis, addml=addml),
        )
        tar = side / f"{sip.uuid}.tar"
        _pack(tar, sip, mets, files)
        packed = entry(tar.name, tar)
        with _text(side / f"{sip.uuid}.xml") as handle:
            write_description(handle, sip, tar=packed, mets=mets)
    return Sip(out / tar.name, out / f"{sip.uuid}.xml", packed.digest, files.count + 1)


def _given(package: Path, schemas: Path) -> Iterator[Entry]:
    yield entry("dias-mets.xsd", schemas / "DIAS_METS.xsd")
    yield entry(f"{_ADMIN}/addml.xml", package / "arkivuttrekk.xml")
    if (package / "addml.xsd").is_file():
        yield entry(f"{_ADMIN}/addml.xsd", package / "addml.xsd")
    yield entry(f"{_ADMIN}/dias-premis.xsd", schemas / "DIAS_PREMIS.xsd")
    yield from walk(package, "content")


def _write(folder: Path, file: str, name: str, write: Callable[[TextIO], None]) -> Entry:
    with _text(folder / file) as out:
        write(out)
    return entry(name, folder / file)


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        yield out


def _pack(path: Path, sip: Innlevering, mets: Entry, files: FileList) -> None:
    """The tar: one root folder named by the UUID. Times are the submission's, so that bytes follow from values."""
    root, when = str(sip.uuid), int(sip.tidspunkt.timestamp())
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for folder in (root, f"{root}/descriptive_metadata", f"{root}/{_ADMIN}", f"{root}/content"):
            about = tarfile.TarInfo(folder)
            about.type, about.mode, about.mtime = tarfile.DIRTYPE, 0o755, when
            tar.addfile(about)
        _add(tar, root, mets, when)
        for one in files:
            _add(tar, root, one, when)
            tar.members.clear()  # type: ignore[attr-defined] # tarfile would keep every name in memory


def _add(tar: tarfile.TarFile, root: str, one: Entry, when: int) -> None:
    about = tarfile.TarInfo(f"{root}/{one.name}")
    about.size, about.mode, about.mtime = one.size, 0o644, when
    with one.source.open("rb") as source:
        tar.addfile(about, source)
