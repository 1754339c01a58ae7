"""The documents of a record in a package: readable form, bytes as received, source text, pictures, films."""

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib.metadata import version as package_version
from threading import Lock
from typing import BinaryIO, Final
from uuid import UUID

from ordskifte.archive.document import document_of, right_to_left, source_text
from ordskifte.archive.printing import Making, Press
from ordskifte.archive.received import Received, as_json, ending_of
from ordskifte.archive.records_of import AttachmentOf, RecordOf, VersionOf
from ordskifte.archive.standard_words import DOCUMENT_TYPE, numbers_shielded
from ordskifte.base.errors import StoreError
from ordskifte.base.ids import derived_text
from ordskifte.channels.exports.bluesky_records import CBOR
from ordskifte.records.errors import EvidenceError
from ordskifte.records.noark5.formats import accepted as accepted_endings
from ordskifte.records.noark5.formats import puid
from ordskifte.records.noark5.values import (
    Dokumentbeskrivelse,
    Dokumentobjekt,
    Konvertering,
    Merknad,
    Skjerming,
    UtfoertKassasjon,
)
from ordskifte.records.noark5.write.documents import document_name
from ordskifte.records.pdfa.pictures import Accepted, accepted
from ordskifte.records.pdfa.values import Picture
from ordskifte.threads.media import sniffed

SYSTEM: Final = "Ordskifte"
_KEPT: Final = 32  # pictures held for the records beside them
_SMALL: Final = 1 << 20  # bytes; larger things are read again when they are written
_ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "video/mp4": "mp4",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "application/pdf": "pdf",
}


@dataclass(slots=True)
class LeftOut:
    """What a package does not hold, and why: counted, never silent."""

    sealed: int = 0  # received bytes with personal numbers or private talk, without the right to hand them over
    damaged: int = 0  # bytes that are gone from the store
    formats: int = 0  # files no depot takes, and that we cannot convert


@dataclass(slots=True)
class Contents:
    """Makes the documents of records. One for each export."""

    received: Received
    press: Press
    body: str
    language: str
    origin: str
    sealed: bool  # hand over bytes that hold personal numbers, shielded
    left_out: LeftOut = field(default_factory=LeftOut)
    _told: dict[tuple[int, int], UUID] = field(default_factory=dict)
    _pictures: "OrderedDict[str, Accepted | None]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)  # pictures are looked at from the press's threads too

    def of(
        self, record: RecordOf, context: list[RecordOf], *, at: datetime, by: str, skjerming: Skjerming | None
    ) -> tuple[tuple[Dokumentbeskrivelse, ...], tuple[Merknad, ...]]:
        """The documents, and remarks for what is not among them."""
        if record.erased_at is not None and record.record_kind == "utterance":
            return (self._disposed(record, at=at, by=by),), ()
        made = _Made(record, at, by)
        hidden = replace(skjerming, ord=()) if skjerming and skjerming.skjerming_dokument else None
        made.add("Ytring i samtalen" if record.record_kind == "utterance" else "Vedtak i moderering", hidden)
        made.file("pdf", self.press.order(self.making(record, context)), self.press.puid)
        if record.record_kind == "utterance":
            self._raw(made, record)
            if right_to_left(record):
                made.add("Kildetekst", hidden)
                made.file("txt", _bytes(source_text(record).encode()), puid("txt") or "")
            self._media(made, record, hidden)
        return tuple(made.documents()), tuple(made.remarks)

    def making(self, record: RecordOf, context: list[RecordOf]) -> Making:
        """What makes the readable form's values, when the press comes to it."""
        return partial(
            document_of,
            record,
            context,
            body=self.body,
            language=self.language,
            pictures=self._picture,
            origin=self.origin,
        )

    def _disposed(self, record: RecordOf, *, at: datetime, by: str) -> Dokumentbeskrivelse:
        made = _Made(record, at, by)
        made.add("Ytring i samtalen", None)
        erased = next((act for act in reversed(record.acts) if act.kind == "erased"), None)
        who = str(erased.details.get("by") or "") if erased else ""
        moment = record.erased_at or at
        (one,) = made.documents()
        return replace(one, utfoert_kassasjon=UtfoertKassasjon(kassert_dato=moment, kassert_av=who or by))

    def _raw(self, made: "_Made", record: RecordOf) -> None:
        """Every version's own bytes, one document with a version each. Bytes that many share are there once."""
        taken: list[tuple[int, VersionOf, str, Callable[[], BinaryIO], tuple[Konvertering, ...]]] = []
        log: tuple[Konvertering, ...]
        numbers = False
        for number, version in enumerate(record.versions, start=1):
            place = version.evidence
            if place is None:
                continue
            if place.sealed and not self.sealed:
                self.left_out.sealed += 1
                made.remark("Rådata med personnummer eller fra en privat samtale er ikke med. De ligger hos organet.")
                continue
            key = (place.object_id, place.offset)
            if key in self._told:
                made.remark(f"Rådata er en del av en fil som ligger ved registrering {self._told[key]}.")
                continue
            try:
                headers, payload = self.received.raw(place)
            except (EvidenceError, StoreError):
                self.left_out.damaged += 1
                made.remark("Rådata kunne ikke leses da uttrekket ble laget.")
                continue
            ending, log = ending_of(headers, payload), ()
            if not ending and (converted := as_json(headers, payload)) is not None:
                log = (_from_cbor(payload, version.seen),)
                ending, payload = "json", converted
            if not ending:
                self.left_out.formats += 1
                made.remark(f"Rådata ({headers.get('Content-Type', 'ukjent')}) er i et format som ikke avleveres.")
                continue
            if headers.get("WARC-Record-ID") != f"<urn:uuid:{version.id}>":
                self._told[key] = record.record_id  # a whole file, which others may share
            numbers = numbers or place.sealed
            opened = _bytes(payload) if len(payload) <= _SMALL or log else self._again(version)
            taken.append((number, version, ending, opened, log))
        if taken:
            made.add("Rådata", numbers_shielded() if numbers else None)
            for number, version, ending, opened, log in taken:
                made.file(ending, opened, puid(ending) or "", version=number, at=version.seen, conversions=log)

    def _again(self, version: VersionOf) -> Callable[[], BinaryIO]:
        place = version.evidence
        assert place is not None
        return lambda: io.BytesIO(self.received.raw(place)[1])

    def _picture(self, one: AttachmentOf) -> Picture | None:
        found = self._accepted(one) if one.digest else None
        return Picture(found.content, found.media_type, one.alt) if found else None

    def _accepted(self, one: AttachmentOf) -> Accepted | None:
        with self._lock:
            if one.digest in self._pictures:
                self._pictures.move_to_end(one.digest)
                return self._pictures[one.digest]
        content = None if one.media_type.startswith(("video/", "audio/")) else self.received.media(one.digest)
        found: Accepted | None = None
        if content is not None:
            try:
                found = accepted(content)
            except EvidenceError:
                found = None
        with self._lock:
            self._pictures[one.digest] = found
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        return found

    def _media(self, made: "_Made", record: RecordOf, hidden: Skjerming | None) -> None:
        seen = set()
        for version in record.said:
            for one in version.attachments:
                if not one.digest or one.digest in seen:
                    continue
                seen.add(one.digest)
                self._medium(made, one, version.seen, hidden)

    def _medium(self, made: "_Made", one: AttachmentOf, at: datetime, hidden: Skjerming | None) -> None:
        picture = self._accepted(one)
        title = one.alt or one.name or "Bilde eller film"
        if picture is not None:
            made.add(title, hidden)
            conversion = picture.conversion
            log = (
                (
                    Konvertering(
                        konvertert_dato=at,
                        konvertert_av=SYSTEM,
                        konvertert_fra_format=conversion.from_type,
                        konvertert_til_format=conversion.to_type,
                        konverteringsverktoey=conversion.program,
                        konverteringskommentar=" ".join(
                            filter(None, (f"SHA-256 før: {conversion.from_digest}.", conversion.remark))
                        ),
                    ),
                )
                if conversion
                else ()
            )
            ending = _ENDINGS[picture.media_type]
            made.file(ending, _bytes(picture.content), puid(ending) or "", conversions=log)
            return
        content = self.received.media(one.digest)
        if content is None:
            self.left_out.damaged += 1
            made.remark(f"En fil er ikke i lageret lenger (SHA-256 {one.digest}).")
            return
        ending = _ENDINGS.get(one.media_type, "") if sniffed(content[:32]) == "application/octet-stream" else ""
        if ending == "pdf" or ending not in accepted_endings():
            self.left_out.formats += 1
            made.remark(f"En fil ({one.media_type or 'ukjent'}) er i et format som ikke avleveres.")
            return
        digest = one.digest
        made.add(title, hidden)
        made.file(ending, lambda: io.BytesIO(self.received.media(digest) or b""), puid(ending) or "")


class _Made:
    """Document descriptions of one record, in their order: the first is the main document."""

    def __init__(self, record: RecordOf, at: datetime, by: str) -> None:
        self._record, self._at, self._by = record, at, by
        self._documents: list[tuple[str, Skjerming | None, list[Dokumentobjekt]]] = []
        self.remarks: list[Merknad] = []

    def add(self, title: str, skjerming: Skjerming | None) -> None:
        self._documents.append((title, skjerming, []))

    def file(
        self,
        ending: str,
        opened: Callable[[], BinaryIO],
        puid_: str,
        *,
        version: int = 1,
        at: datetime | None = None,
        conversions: tuple[Konvertering, ...] = (),
    ) -> None:
        number = len(self._documents)
        name = document_name(self._record.record_id, number, version, ending)
        self._documents[-1][2].append(
            Dokumentobjekt(
                system_id=UUID(derived_text(str(self._record.record_id), "o", f"{number} {version}")),
                versjonsnummer=version,
                variantformat="Arkivformat",
                filnavn=name,
                innhold=opened,
                opprettet_dato=at or self._at,
                opprettet_av=SYSTEM,
                puid=puid_,
                konverteringer=conversions,
            )
        )

    def remark(self, text: str) -> None:
        one = Merknad(merknadstekst=text, merknadsdato=self._at, merknad_registrert_av=SYSTEM)
        if one not in self.remarks:
            self.remarks.append(one)

    def documents(self) -> list[Dokumentbeskrivelse]:
        return [
            Dokumentbeskrivelse(
                system_id=UUID(derived_text(str(self._record.record_id), "d", str(number))),
                dokumenttype=DOCUMENT_TYPE,
                tittel=title,
                opprettet_dato=self._record.first_seen,
                opprettet_av=SYSTEM,
                tilknyttet_registrering_som="Hoveddokument" if number == 1 else "Vedlegg",
                dokumentnummer=number,
                tilknyttet_dato=self._at,
                tilknyttet_av=self._by,
                skjerming=skjerming,
                dokumentobjekter=tuple(objects),
            )
            for number, (title, skjerming, objects) in enumerate(self._documents, start=1)
        ]


def _from_cbor(payload: bytes, at: datetime) -> Konvertering:
    return Konvertering(
        konvertert_dato=at,
        konvertert_av=SYSTEM,
        konvertert_fra_format=CBOR,
        konvertert_til_format="application/json",
        konverteringsverktoey=f"libipld {package_version('libipld')}",
        konverteringskommentar=f"SHA-256 før: {sha256(payload).hexdigest()}.",
    )


def _bytes(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(content)
