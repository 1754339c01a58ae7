"""The document files of a package: copied as they are read, with digest and size."""

import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, Self
from uuid import UUID

from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.formats import pdfa
from ordskifte.records.noark5.values import Dokumentbeskrivelse, Dokumentobjekt

Profile = Literal["default", "pdfa1b", "puid"]
FOLDER: Final = "DOKUMENT"
_BLOCK: Final = 1 << 20
_AT_ONCE: Final = 8  # files being copied
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.[a-z0-9]{1,10}")
_IN_FOLDER: Final = 1_000  # files; a folder with a hundred thousand of them is slow everywhere
_DELIVERED: Final = {"Arkivformat", "Dokument hvor deler av innholdet er skjermet"}


@dataclass(frozen=True, slots=True)
class Copied:
    """A file in the package."""

    sti: str
    sjekksum: str
    filstoerrelse: int


def document_name(record: UUID, number: int, version: int, extension: str) -> str:
    """A name for a record's file: its record, the document's number in it and the version."""
    return f"{record}_{number}_{version}.{extension}"


def format_values(profile: Profile, path: str, puid: str) -> tuple[str, str]:
    """(format, formatDetaljer). Arkade's N5.29 wants the extension in `format`; some depots want the PUID (`puid`)."""
    if profile == "puid" and puid:
        return puid, ""
    return path.rpartition(".")[2], puid


def delivered(profile: Profile, dokument: Dokumentbeskrivelse) -> list[Dokumentobjekt]:
    """The objects of a document that go into the package.

    Production formats never do. With `pdfa1b` only PDF/A-1b does; a main document that is none stops the export.
    """
    objects = [one for one in dokument.dokumentobjekter if one.variantformat in _DELIVERED]
    if profile != "pdfa1b":
        return objects
    kept = [one for one in objects if one.puid == pdfa()["1b"]]
    if objects and not kept and dokument.tilknyttet_registrering_som == "Hoveddokument":
        raise ExportError(
            f"The main document {dokument.system_id} is not PDF/A-1b.",
            advice="Render it as PDF/A-1b first, or export with the profile default.",
        )
    return kept


class Documents:
    """Copies files into the package's folder, a thousand to each inner one. Two objects never share a file.

    What is announced ahead is copied by threads meanwhile: making a file is waiting for the disk. A context manager.
    """

    def __init__(self, package: Path, profile: Profile = "default") -> None:
        self._folder = package / FOLDER
        self._folder.mkdir()
        self._profile: Profile = profile
        self._inner = ""
        self._pool: ThreadPoolExecutor | None = None
        self._started: dict[UUID, Future[Copied]] = {}
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def ahead(self, dokument: Dokumentbeskrivelse) -> None:
        """Begin to copy a document's files. Its description comes later, in the same order."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="copy")
        for one in delivered(self._profile, dokument):
            self._started[one.system_id] = self._pool.submit(self._write, one, self._place(one))

    def copy(self, one: Dokumentobjekt) -> Copied:
        started = self._started.pop(one.system_id, None)
        return started.result() if started is not None else self._write(one, self._place(one))

    def _place(self, one: Dokumentobjekt) -> str:
        if not _SAFE.fullmatch(one.filnavn):
            raise ExportError(f"The file name “{one.filnavn}” of {one.system_id} cannot stand in a package.")
        if self.count % _IN_FOLDER == 0:
            self._inner = f"{self.count // _IN_FOLDER + 1:04d}"
            (self._folder / self._inner).mkdir()
        self.count += 1
        return f"{self._inner}/{one.filnavn}"

    def _write(self, one: Dokumentobjekt, path: str) -> Copied:
        digest, size = sha256(), 0
        try:
            with one.innhold() as source, open(f"{self._folder}/{path}", "xb", buffering=0) as out:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    out.write(block)
        except FileExistsError:
            raise ExportError(f"Two document objects want the file {one.filnavn} ({one.system_id}).") from None
        return Copied(f"{FOLDER}/{path}", digest.hexdigest(), size)
