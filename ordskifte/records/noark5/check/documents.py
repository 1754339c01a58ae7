"""The document files: counted, held against what refers to them, and read once for digest, format and PDF/A mark."""

import re
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import STRUCTURE, Place, document_files
from ordskifte.records.noark5.check.store import Store
from ordskifte.records.noark5.formats import accepted, pdfa

_BLOCK: Final = 1 << 18
_KEEP: Final = 512  # bytes of the block before, in which a mark may have begun
_PART: Final = re.compile(rb"""pdfaid:part(?:>|\s*=\s*["'])\s*([1-4])""")
_LEVEL: Final = re.compile(rb"""pdfaid:conformance(?:>|\s*=\s*["'])\s*([ABUabu])""")
_SIGNS: Final = {  # extension -> how such a file begins
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "json": (b"{", b"[", b'"', b"\xef\xbb\xbf"),
    "jsonld": (b"{", b"[", b"\xef\xbb\xbf"),
    "warc": (b"WARC/",),
    "flac": (b"fLaC",),
}


def count_files(place: Place, report: Report, store: Store, stated: str | None) -> None:
    """N5.28: the files there are, and the number stated; None when the description cannot be read."""
    outcome = report["N5.28"]
    for path, size, link in document_files(place):
        outcome.count += 1
        if link:
            report.error("O.13", "link", path, where=path)
        else:
            store.add("file", path, size)
    if stated is None:
        return
    if place.documents is None and stated not in ("", "0"):
        report.error("N5.28", "no_folder", where=place.folder.name)
    elif not stated.isdecimal():
        report.error("N5.28", "no_stated_count", "dokumentfiler", where=place.description)
    elif int(stated) != outcome.count:
        report.error("N5.28", "stated_count", "dokumentfiler", stated, outcome.count, where=place.description)


def check_documents(place: Place, report: Report, store: Store) -> None:
    """Every document object against its file, in the order of the files; then what nobody refers to."""
    questions = (
        "select d.path, d.checksum, d.algorithm, d.size, d.format, d.details, d.line, f.size from document d"
        " left join file f on f.path = replace(d.path, char(92), '/') where d.path <> '' order by d.path, d.line"
    )
    last, read = "", _Read("", "", "")
    for path, checksum, algorithm, size, format_, details, line, real in store.ask(questions):
        where = f"{STRUCTURE}:{line}"
        relative = str(path).replace("\\", "/")
        if _leaves(relative):
            report["O.13"].count += 1
            report.error("O.13", "path", path, where=where)
            continue
        _check_format(report, str(format_), relative, where)
        if real is None:
            if not _is_link(place, relative):
                report["N5.32"].count += 1
                report.error("N5.32", "file_missing", relative, where=where)
            continue
        if relative != last:
            last, read = relative, _read(place.folder / relative)
            _check_kind(report, read, relative, where)
        _check_checksum(report, read, relative, (str(checksum), str(algorithm)), where)
        report["O.06"].count += 1
        if str(size).strip() != str(real):
            report.error("O.06", "size", relative, size or "–", real, where=where)
        _check_pdfa(report, read, relative, str(details or format_), where)
        if real == 0:
            report["N5.64"].count += 1
            report["N5.64"].divide(relative)
    if report["O.11"].count:
        report.note("O.11", "pdfa_said")
    _check_references(report, store)


def _check_references(report: Report, store: Store) -> None:
    unused = (
        "select f.path from file f where not exists (select 1 from by_file b where b.path = f.path) order by f.path"
    )
    for _row in store.ask(
        "create temp table by_file as select distinct replace(path, char(92), '/') as path from document"
    ):
        pass
    for _row in store.ask("create index temp.by_file_path on by_file (path)"):
        pass
    for (path,) in store.ask(unused):
        report["N5.33"].count += 1
        report.error("N5.33", "unreferenced", path, where=path)
    often = "select path, count(*) from document where path <> '' group by path having count(*) > 1 order by path"
    for path, number in store.ask(often):
        report["N5.34"].count += 1
        report["N5.34"].divide(path, number)


class _Read:
    """What one reading of a file gave."""

    __slots__ = ("digest", "head", "pdfa")

    def __init__(self, digest: str, head: bytes | str, pdfa_: str) -> None:
        self.digest, self.head, self.pdfa = digest, head, pdfa_


def _read(path: Path) -> _Read:
    digest, head, before, part, level = sha256(), b"", b"", b"", b""
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
            head = head or block[:64]
            if head.startswith(b"%PDF-"):
                window = before + block
                found, conformance = _PART.search(window), _LEVEL.search(window)
                part = found[1] if found else part
                level = conformance[1] if conformance else level
                before = block[-_KEEP:]
    return _Read(digest.hexdigest(), head, (part + level).decode().lower())


def _leaves(path: str) -> bool:
    pure = PurePosixPath(path)
    return pure.is_absolute() or ".." in pure.parts or path[1:2] == ":" or "\x00" in path


def _is_link(place: Place, relative: str) -> bool:
    """O.13 has named it already."""
    try:
        return (place.folder / relative).is_symlink()
    except OSError:
        return False


def _check_format(report: Report, format_: str, path: str, where: str) -> None:
    """As Arkade has it: the value of `format` is the file's extension."""
    if format_ and PurePosixPath(path).suffix.lower() != f".{format_.lower()}":
        report.error("N5.29", "format_extension", format_, path, where=where)


def _check_kind(report: Report, read: _Read, path: str, where: str) -> None:
    extension = PurePosixPath(path).suffix.lower().lstrip(".")
    report["O.12"].count += 1
    report["O.12"].divide(extension)
    head = read.head if isinstance(read.head, bytes) else b""
    if extension not in accepted():
        report.error("O.12", "not_accepted", path, where=where)
    elif head and extension in _SIGNS and not head.lstrip(b" \t\r\n").startswith(_SIGNS[extension]):
        report.error("O.12", "not_what_it_says", path, extension, where=where)


def _check_checksum(report: Report, read: _Read, path: str, stated: tuple[str, str], where: str) -> None:
    checksum, algorithm = stated
    if algorithm.upper().replace("-", "") != "SHA256":
        report["N5.30"].count += 1
        report.error("N5.30", "other_algorithm", path, algorithm or "–", where=where)
    elif checksum.strip().lower() != read.digest:
        report["N5.30"].count += 1
        report.error("N5.30", "wrong_checksum", path, checksum.strip().lower(), read.digest, where=where)


def _check_pdfa(report: Report, read: _Read, path: str, details: str, where: str) -> None:
    head = read.head if isinstance(read.head, bytes) else b""
    if not head.startswith(b"%PDF-"):
        return
    report["O.11"].count += 1
    report["O.11"].divide(f"PDF/A-{read.pdfa}" if read.pdfa else "PDF")
    if not read.pdfa:
        report.error("O.11", "not_pdfa", path, where=where)
    elif details.startswith("fmt/") and pdfa().get(read.pdfa) != details:
        report.error("O.11", "other_pdfa", path, read.pdfa, details, where=where)
