"""The ways a delivery goes: files in a folder, over HTTP, through Noark 5's service interface. They know no rows."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ordskifte.base.http import Answer, Door, DoorError
from ordskifte.records.noark5.arkivmelding import (
    Feilet,
    Kvittering,
    Melding,
    Mottatt,
    read_kvittering,
)
from ordskifte.records.noark5.errors import MessageError
from ordskifte.records.noark5.service import Made, Service, ServiceError
from ordskifte.records.noark5.values import Journalpost, Saksmappe

OUT: Final = "ut"
IN: Final = "inn"
READ: Final = "lest"
WRONG: Final = "feil"
NAME: Final = "arkivmelding.xml"
_LARGEST: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try: a receipt, nothing yet (it lies there), or trouble (a code of `archive.delivery`)."""

    receipt: Kvittering | None = None
    text: str = ""  # of the receipt, as it came
    trouble: str = ""
    again: bool = False
    said: str = ""
    case_address: str = ""  # noark5: where the case is


def judged(receipt: Kvittering, text: str) -> Tried:
    """A receipt that says no is trouble: a file that did not fit is tried again, the rest waits for a person."""
    for unit in (receipt.mappe, receipt.registrering):
        if isinstance(unit, Feilet):
            mismatch = any(word in unit.feilmelding.casefold() for word in ("sjekksum", "checksum", "filstoerrelse"))
            return Tried(trouble="checksum" if mismatch else "refused", again=mismatch, said=unit.feilmelding)
    if not isinstance(receipt.registrering, Mottatt):
        return Tried(trouble="receipt")
    return Tried(receipt=receipt, text=text)


# -- files in a folder


def by_folder(message: Melding, folder: Path, hand_over: Callable[[Path], None]) -> Tried:
    """`ut/<key>/` with the message and its files, there whole or not at all. The same message twice lies there once."""
    place = folder / OUT / message.noekkel
    for one in (folder, folder / OUT, folder / IN, folder / READ, folder / WRONG):
        if not one.exists():
            one.mkdir(mode=0o700, parents=True)
            hand_over(one)
    if place.exists() and (place / NAME).read_bytes() == message.xml:
        return Tried()
    side = folder / OUT / f".{message.noekkel}.new"
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(mode=0o700)
    for file in message.filer:
        with file.aapne() as source, (side / file.navn).open("wb") as target:
            shutil.copyfileobj(source, target)
        hand_over(side / file.navn)
    (side / NAME).write_bytes(message.xml)
    hand_over(side / NAME)
    hand_over(side)
    shutil.rmtree(place, ignore_errors=True)
    side.rename(place)
    return Tried()


def read_receipt_folder(folder: Path) -> Iterator[tuple[UUID, Kvittering, str, Callable[[], None]]]:
    """Receipts in `inn/`: (our key, receipt, text, what to call when it is taken in). What is none goes to `feil/`."""
    if not (folder / IN).is_dir():
        return
    for path in sorted((folder / IN).glob("*.xml")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
            _move(path, folder / WRONG)
            continue
        data = path.read_bytes()
        try:
            receipt = read_kvittering(data)
            key = _key(receipt) or UUID(path.name.partition(".")[0])
        except (MessageError, ValueError):
            _move(path, folder / WRONG)
            continue
        yield key, receipt, data.decode("utf-8", "replace"), lambda path=path: _move(path, folder / READ)  # type: ignore[misc]


def _key(receipt: Kvittering) -> UUID | None:
    unit = receipt.registrering
    return UUID(unit.noekkel) if isinstance(unit, Mottatt) and unit.noekkel else None


def _move(path: Path, folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    path.rename(folder / path.name)


# -- over HTTP


def by_http(message: Melding, *, door: Door, address: str, secret: str) -> Tried:
    """One POST with the message and its files; what comes back is the receipt. The key goes with it."""
    headers = {"Accept": "application/xml", "Idempotency-Key": message.noekkel}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    files: list[tuple[str, tuple[str, bytes, str]]] = [("arkivmelding", (NAME, message.xml, "application/xml"))]
    for file in message.filer:
        with file.aapne() as source:
            files.append(("fil", (file.navn, source.read(), "application/octet-stream")))
    try:
        answer = door.ask("POST", address, headers=headers, files=files)
    except DoorError as error:
        return Tried(trouble="unreachable", again=error.again or error.arrived, said=str(error))
    return _answered(answer)


def _answered(answer: Answer) -> Tried:
    if answer.status in (408, 423, 425, 429) or answer.status >= 500:
        return Tried(trouble="busy", again=True, said=f"HTTP {answer.status}")
    if answer.status == 202 and not answer.body.strip():
        return Tried(trouble="busy", again=True, said="HTTP 202")  # asked again with the same key until there is one
    try:
        receipt = read_kvittering(answer.body)
    except MessageError as error:
        if answer.ok:
            return Tried(trouble="receipt", said=str(error))
        return Tried(trouble="refused", said=f"HTTP {answer.status}")
    return judged(receipt, answer.body.decode("utf-8", "replace"))


# -- Noark 5's service interface


def by_noark5(
    post: Journalpost,
    sak: Saksmappe,
    *,
    door: Door,
    address: str,
    series: str,
    secret: str,
    codes: Mapping[str, str],
    case_address: str,
    made: Mapping[str, str],
    keep: Callable[[Made], None],
    limit: int | None = None,
) -> Tried:
    """The case where it is not there, the entry, its parties and its files, one question after the other."""
    lock = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(method: str, url: str, *, headers: Mapping[str, str], content: bytes) -> Answer:
        return door.ask(method, url, headers={**headers, **lock}, content=content)

    more: dict[str, Any] = {"limit": limit} if limit is not None else {}
    try:
        service = Service(ask, address, UUID(series), codes, **more)
        known = dict(made)
        case, entry = service.deliver(
            post, sak, sak_address=case_address, made=known, keep=lambda now: _both(now, known, keep)
        )
    except ServiceError as error:
        if error.mismatch:
            return Tried(trouble="checksum", again=True, said=str(error))
        return Tried(trouble="busy" if error.again else "refused", again=error.again, said=str(error))
    except DoorError as error:
        return Tried(trouble="unreachable", again=error.again or error.arrived, said=str(error))
    except ValueError:
        return Tried(trouble="way")
    return Tried(receipt=Kvittering(case, entry), case_address=case_address or known.get("sak", ""))


def _both(now: Made, known: dict[str, str], keep: Callable[[Made], None]) -> None:
    known.clear()
    known.update(now)
    keep(now)
