"""`export noark5`: the package of a period, with or without its submission, written whole or not at all."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from ordskifte import __version__
from ordskifte.archive.contents import Contents, LeftOut
from ordskifte.archive.deposit import Assembling, Spool, Step, Told, reading
from ordskifte.archive.printing import Press, Printer
from ordskifte.archive.received import Received
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.people.models import Body
from ordskifte.people.viewer import Viewer
from ordskifte.records.entry import record_act
from ordskifte.records.noark5.dias.sip import write_sip
from ordskifte.records.noark5.dias.values import Innlevering
from ordskifte.records.noark5.errors import ExportError
from ordskifte.records.noark5.schemas import installed
from ordskifte.records.noark5.values import Uttrekk
from ordskifte.records.noark5.write.documents import Profile
from ordskifte.records.noark5.write.package import Written, folder_beside, write_package
from ordskifte.records.pdfa.fonts import FOLDER as FONTS

PROFILES: Final[tuple[Profile, ...]] = ("default", "pdfa1b", "puid")
CONTENT: Final = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for. Dates are inclusive local days of the journal, else of capture."""

    viewer: Viewer
    start: date | None = None
    end: date | None = None
    profile: Profile = "default"
    sip: bool = False
    stop_at_open: bool = False
    step: Step = lambda _count: None


@dataclass(frozen=True, slots=True)
class Deposited:
    """What was made."""

    folder: Path
    package: Path
    written: Written
    told: Told
    left_out: LeftOut
    start: date
    end: date
    digest: str  # SHA-256 of arkivuttrekk.xml, which names the digest of every other file
    sip: UUID | None
    fonts: bool

    def as_json(self) -> dict[str, Any]:
        """As the verb and the page tell it."""
        return {
            "folder": str(self.folder),
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "folders": self.written.mapper,
            "records": self.written.registreringer,
            "entries": self.written.journalposter,
            "files": self.written.dokumentfiler,
            "changes": self.written.endringer,
            "digest": self.digest,
            "sip": str(self.sip) if self.sip else None,
            "deliverable": self.written.deliverable,
            "fonts": self.fonts,
            "closed_by_rule": self.told.closed_by_rule,
            "open_cases": self.told.open_cases,
            "without_numbers": self.told.unnumbered,
            "left_out": {
                "restricted": self.told.restricted,
                "sealed": self.left_out.sealed,
                "damaged": self.left_out.damaged,
                "formats": self.left_out.formats,
                "profile": self.written.left_out,
            },
            "remarks": self.told.remarks,
        }


def export_noark5(out: Path, order: Order, *, home: Path, store: Store, keys: Keys, at: datetime) -> Deposited:
    """Make the package in `out`, which is absent or empty; the act is recorded when it is whole.

    Raises ExportError, and then leaves nothing behind.
    """
    if order.start and order.end and order.start > order.end:
        raise ExportError("The first day is after the last.", advice="Turn --from and --to round.")
    with Printer(home / FONTS, "a-1b" if order.profile == "pdfa1b" else "a-2a") as press:
        made = _export(out, order, press, home=home, store=store, keys=keys, at=at)
    with transaction.atomic():
        details: dict[str, object] = {
            "from": made.start.isoformat(),
            "to": made.end.isoformat(),
            "records": made.written.registreringer,
            "entries": made.written.journalposter,
            "digest": made.digest,
            "sealed": order.viewer.sees_everything,
        }
        record_act("deposit.made", actor=order.viewer.actor, at=at, details=details)
    return made


def _export(out: Path, order: Order, press: Press, *, home: Path, store: Store, keys: Keys, at: datetime) -> Deposited:
    if not order.sip:
        return _package(out, out, order, press, home=home, store=store, keys=keys, sip=None)
    dias = installed(home, "dias")
    if dias is None:
        raise ExportError(
            "The official DIAS schemas are not installed.", advice="Run `ordskifte schemas install --from DIR`."
        )
    uuid = uuid4()
    with folder_beside(out) as side:
        made = _package(out, side / CONTENT, order, press, home=home, store=store, keys=keys, sip=uuid)
        packed = write_sip(side / CONTENT, side / "sip", _submission(uuid, made, at), schemas=dias)
        for path in (packed.tar, packed.description):
            path.rename(side / path.name)
        (side / "sip").rmdir()
    return made


def _package(
    folder: Path,
    place: Path,
    order: Order,
    press: Press,
    *,
    home: Path,
    store: Store,
    keys: Keys,
    sip: UUID | None,
) -> Deposited:
    contents = contents_for(order.viewer, press, store=store, keys=keys)
    assembling = Assembling(
        order.viewer, contents, order.start, order.end, stop_at_open=order.stop_at_open, step=order.step
    )
    with reading(), Spool() as changes, closing(contents.received):
        uttrekk = assembling.uttrekk(changes)
        written = write_package(
            uttrekk,
            place,
            schemas=installed(home, "noark5-5.5"),
            profile=order.profile,
            announce=assembling.announce,
        )
    if written.registreringer != assembling.told.records:
        raise ExportError("Not every record found its class. Nothing is handed over.")
    return _told(folder, place, uttrekk, written, assembling, sip, fonts=(home / FONTS).is_dir())


def contents_for(viewer: Viewer, press: Press, *, store: Store, keys: Keys) -> Contents:
    """What makes documents for one who looks: sealed bytes only by the right to see everything."""
    body = Body.objects.get()
    return Contents(
        received=Received(store, keys),
        press=press,
        body=body.name,
        language=body.language,
        origin=settings.ORIGIN,
        sealed=viewer.sees_everything,
    )


def _told(
    folder: Path,
    place: Path,
    uttrekk: Uttrekk,
    written: Written,
    assembling: Assembling,
    sip: UUID | None,
    *,
    fonts: bool,
) -> Deposited:
    digest = sha256((place / "arkivuttrekk.xml").read_bytes()).hexdigest()
    return Deposited(
        folder=folder,
        package=folder / CONTENT if sip else folder,
        written=written,
        told=assembling.told,
        left_out=assembling.contents.left_out,
        start=uttrekk.periode_start,
        end=uttrekk.periode_slutt,
        digest=digest,
        sip=sip,
        fonts=fonts,
    )


def _submission(uuid: UUID, made: Deposited, at: datetime) -> Innlevering:
    body = Body.objects.get()
    return Innlevering(
        uuid=uuid,
        tidspunkt=at,
        etikett=f"Sosiale medier, {body.name}, {made.start}–{made.end}",
        arkivskaper=body.name,
        avsender=body.name,
        eier=body.name,
        depot="Ikke avtalt",
        avtale="Ikke avtalt",
        periode_start=made.start,
        periode_slutt=made.end,
        system_versjon=__version__,
    )
