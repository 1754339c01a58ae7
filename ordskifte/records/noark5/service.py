"""A client of Noark 5's service interface (tjenestegrensesnitt): one entry with its case and files, over HATEOAS links.

No address is built: each is found by its relation in what the core answered. The core gives systemIDs; our own key goes
with case and entry (as own metadata and in the description, where it can be searched for), so that what was made by a
question whose answer was lost is found again and not made twice. What has been made is told to `keep` as it is made: a
retry goes on from there.

409 means that it is there already: it is looked for by our key. 400 and 422 to a file mean that the file does not fit
what we said of it: the object is deleted, and the caller may try again. Above `limit` a file is sent in pieces.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import quote, urljoin, urlsplit
from uuid import UUID

import orjson

from ordskifte.records.noark5.arkivmelding import Fil, Mottatt, files_of, media_type
from ordskifte.records.noark5.errors import MessageError
from ordskifte.records.noark5.public import is_name_shielded
from ordskifte.records.noark5.values import Dokumentbeskrivelse, Journalpost, Korrespondansepart, Saksmappe, Skjerming

TYPE: Final = "application/vnd.noark5+json"
REL: Final = "https://rel.arkivverket.no/noark5/v5/api/"
LIMIT: Final = 150 * 1000 * 1000
PIECE: Final = 512 * 1024
KEY: Final = "vnd-ordskifte-v1:noekkel"
_CODES: Final[Mapping[str, str]] = {
    "Under behandling": "B",
    "Journalført": "J",
    "Inngående dokument": "I",
    "Utgående dokument": "U",
    "Organinternt dokument for oppfølging": "N",
    "Organinternt dokument uten oppfølging": "X",
    "Saksframlegg": "S",
    "Avsender": "EA",
    "Mottaker": "EM",
    "Kopimottaker": "EK",
    "Gruppemottaker": "GM",
    "Intern avsender": "IA",
    "Intern mottaker": "IM",
    "Dokumentet er ferdigstilt": "F",
    "Hoveddokument": "H",
    "Vedlegg": "V",
    "Produksjonsformat": "P",
    "Arkivformat": "A",
    "Dokument hvor deler av innholdet er skjermet": "O",
    "Elektronisk arkiv": "E",
}


class Answer(Protocol):
    """What came back from a question."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


Ask = Callable[..., Answer]
"""(method, url, headers=, content=): the door, with whatever opens the core in its headers."""


class ServiceError(MessageError):
    """The core did not take something. `again`: trying later may help. `mismatch`: a file did not fit what we said."""

    def __init__(self, message: str, *, status: int = 0, again: bool = False, mismatch: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.again = again
        self.mismatch = mismatch


Made = dict[str, str]
"""What has been made: our name of it -> its address in the core."""


@dataclass
class Service:
    """A core, asked at its root."""

    ask: Ask
    root: str
    series: UUID  # the arkivdel that cases are made in
    codes: Mapping[str, str] = field(default_factory=dict)
    limit: int = LIMIT
    piece: int = PIECE

    def deliver(
        self,
        post: Journalpost,
        sak: Saksmappe,
        *,
        sak_address: str = "",
        made: Made | None = None,
        keep: Callable[[Made], None] = lambda made: None,
    ) -> tuple[Mottatt, Mottatt]:
        """The case and the entry as the core has them, made where they were not.

        `sak_address`: the case's, from an earlier delivery.
        """
        done = dict(made or {})
        if sak_address:
            done["sak"] = sak_address
        files = {one.objekt.system_id: one for one in files_of(post)}
        case = self._once(
            done,
            keep,
            "sak",
            self._parent,
            "sakarkiv/saksmappe/",
            "sakarkiv/ny-saksmappe/",
            _sak(sak, self),
            sak.system_id,
        )
        entry = self._once(
            done,
            keep,
            "post",
            lambda: case,
            "sakarkiv/journalpost/",
            "sakarkiv/ny-journalpost/",
            _post(post, self),
            post.system_id,
        )
        for number, part in enumerate(post.korrespondanseparter):
            if f"part:{number}" not in done:
                found = self._make(entry, _part_rel(part), self._part(part, post))
                self._kept(done, keep, f"part:{number}", found)
        for document in post.dokumentbeskrivelser:
            self._document(entry, document, files, done, keep)
        return _received(case, sak.system_id), _received(entry, post.system_id)

    # -- what is asked

    def _once(
        self,
        done: Made,
        keep: Callable[[Made], None],
        name: str,
        parent: Callable[[], dict[str, Any]],
        many: str,
        new: str,
        body: dict[str, Any],
        key: UUID,
    ) -> dict[str, Any]:
        if name in done:
            return self._get(done[name])
        above = parent()
        found = self._by_key(above, many, key) or self._make(
            above, new, body, again=lambda: self._by_key(above, many, key)
        )
        self._kept(done, keep, name, found)
        return found

    def _kept(self, done: Made, keep: Callable[[Made], None], name: str, found: dict[str, Any]) -> None:
        done[name] = self._self(found)
        keep(dict(done))

    def _parent(self) -> dict[str, Any]:
        structure = self._get(self._link(self._get(self.root), "arkivstruktur/"))
        series = self._link(structure, "arkivstruktur/arkivdel/")
        rows = self._rows(self._get(_with(series, f"systemID eq '{self.series}'")))
        if len(rows) != 1:
            raise ServiceError(f"The core has no arkivdel {self.series} that we may see.")
        return rows[0]

    def _by_key(self, above: dict[str, Any], many: str, key: UUID) -> dict[str, Any] | None:
        address = self._maybe(above, many)
        if not address:
            return None
        rows = self._rows(self._get(_with(address, f"contains(beskrivelse, '{key}')")))
        ours = [one for one in rows if str(key) in str(one.get("beskrivelse", ""))]
        return self._get(self._self(ours[0])) if ours else None

    def _document(
        self,
        entry: dict[str, Any],
        one: Dokumentbeskrivelse,
        files: Mapping[UUID, Fil],
        done: Made,
        keep: Callable[[Made], None],
    ) -> None:
        name = f"dok:{one.system_id}"
        if name in done:
            described = self._get(done[name])
        else:
            described = self._make(entry, "arkivstruktur/ny-dokumentbeskrivelse/", self._described(one))
            self._kept(done, keep, name, described)
        for objekt in one.dokumentobjekter:
            if f"fil:{objekt.system_id}" in done:
                continue
            file = files[objekt.system_id]
            mime = media_type(objekt.filnavn)
            about = {
                "versjonsnummer": objekt.versjonsnummer,
                "variantformat": self._code(objekt.variantformat),
                "format": {"kode": objekt.puid or "av/0"},
                "filnavn": objekt.filnavn,
                "mimeType": mime,
                "sjekksum": file.sjekksum,
                "sjekksumAlgoritme": "SHA-256",
                "filstoerrelse": file.filstoerrelse,
            }
            name = f"obj:{objekt.system_id}"
            if name in done:
                made = self._get(done[name])
            else:
                made = self._make(described, "arkivstruktur/ny-dokumentobjekt/", about)
                self._kept(done, keep, name, made)
            try:
                self._upload(made, file, mime)
            except ServiceError as error:
                if error.mismatch:
                    self._send("DELETE", self._self(made), headers=_if_match(made))
                    del done[name]
                    keep(dict(done))
                raise
            done[f"fil:{objekt.system_id}"] = "1"
            keep(dict(done))

    def _upload(self, made: dict[str, Any], file: Fil, mime: str) -> None:
        address = self._link(made, "arkivstruktur/fil/")
        if file.filstoerrelse <= self.limit:
            with file.aapne() as source:
                answer = self._send("POST", address, headers={"Content-Type": mime}, content=source.read())
            self._uploaded(answer, last=True)
            return
        begun = self._send(
            "POST",
            address,
            headers={
                "Content-Length": "0",
                "X-Upload-Content-Type": mime,
                "X-Upload-Content-Length": str(file.filstoerrelse),
            },
        )
        session = begun.headers.get("location", "")
        if begun.status != 200 or not session:
            raise self._refused(begun, "a session for a large file")
        session = self._near(address, session)
        with file.aapne() as source:
            for start, piece in _pieces(source, self.piece):
                end = start + len(piece) - 1
                about = {"Content-Type": mime, "Content-Range": f"bytes {start}-{end}/{file.filstoerrelse}"}
                answer = self._send("PUT", session, headers=about, content=piece)
                self._uploaded(answer, last=end + 1 == file.filstoerrelse)

    def _uploaded(self, answer: Answer, *, last: bool) -> None:
        if answer.status == 409 and last:
            return  # the file is there already
        if answer.status in (400, 422):
            raise ServiceError(
                f"The file is not what we said it was ({_said(answer)}).",
                status=answer.status,
                again=True,
                mismatch=True,
            )
        if answer.status != (201 if last else 200):
            raise self._refused(answer, "a file")

    def _make(
        self,
        above: dict[str, Any],
        rel: str,
        body: dict[str, Any],
        again: Callable[[], dict[str, Any] | None] = lambda: None,
    ) -> dict[str, Any]:
        answer = self._send("POST", self._link(above, rel), headers={"Content-Type": TYPE}, content=orjson.dumps(body))
        if answer.status == 409:
            found = again()
            if found is None:
                raise self._refused(answer, rel)
            return found
        if answer.status != 201:
            raise self._refused(answer, rel)
        made = _read(answer)
        return made if made.get("_links") else self._get(self._self(made))

    def _get(self, address: str) -> dict[str, Any]:
        answer = self._send("GET", address)
        if answer.status != 200:
            raise self._refused(answer, urlsplit(address).path)
        found = _read(answer)
        if etag := answer.headers.get("etag"):
            found["_etag"] = etag
        return found

    def _send(
        self, method: str, address: str, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> Answer:
        about = {"Accept": TYPE, **(headers or {})}
        return self.ask(method, address, headers=about, content=content)

    def _refused(self, answer: Answer, what: str) -> ServiceError:
        again = answer.status in (408, 423, 429) or answer.status >= 500
        return ServiceError(
            f"The core answered {answer.status} to {what} ({_said(answer)}).", status=answer.status, again=again
        )

    # -- links

    def _maybe(self, found: Mapping[str, Any], rel: str) -> str:
        link = found.get("_links", {}).get(REL + rel)
        address = str(link.get("href", "")) if isinstance(link, dict) else ""
        return self._near(self.root, address.partition("{")[0]) if address else ""

    def _link(self, found: Mapping[str, Any], rel: str) -> str:
        address = self._maybe(found, rel)
        if not address:
            raise ServiceError(f"The core gives no link {rel}: we may not do that there.")
        return address

    def _self(self, found: Mapping[str, Any]) -> str:
        link = found.get("_links", {}).get("self")
        if not isinstance(link, dict) or not link.get("href"):
            raise ServiceError("The core gives no address for what it has made.")
        return self._near(self.root, str(link["href"]))

    def _near(self, base: str, address: str) -> str:
        """Our credentials go nowhere else than to the core."""
        whole = urljoin(base, address)
        if urlsplit(whole)[:2] != urlsplit(self.root)[:2]:
            raise ServiceError("The core points to another machine than itself.")
        return whole

    def _rows(self, found: Mapping[str, Any]) -> list[dict[str, Any]]:
        rows = found.get("results", [])
        return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []

    # -- what is said

    def _code(self, value: str) -> dict[str, str]:
        return {"kode": self.codes.get(value) or _CODES.get(value, value), "kodenavn": value}

    def _part(self, part: Korrespondansepart, post: Journalpost) -> dict[str, Any]:
        said: dict[str, Any] = {"korrespondanseparttype": self._code(part.korrespondanseparttype)}
        if _is_internal(part):
            said["administrativEnhet"] = part.administrativ_enhet or part.korrespondansepart_navn
            if part.saksbehandler:
                said["saksbehandler"] = part.saksbehandler
            return said
        said["navn"] = part.korrespondansepart_navn
        if is_name_shielded(part, post.skjerming):
            said["virksomhetsspesifikkeMetadata"] = {"vnd-ordskifte-v1:skjermet": True}
        return said

    def _described(self, one: Dokumentbeskrivelse) -> dict[str, Any]:
        said: dict[str, Any] = {
            "dokumenttype": self._code(one.dokumenttype),
            "dokumentstatus": self._code(one.dokumentstatus),
            "tittel": one.tittel,
            "tilknyttetRegistreringSom": self._code(one.tilknyttet_registrering_som),
            "dokumentnummer": one.dokumentnummer,
        }
        if one.beskrivelse:
            said["beskrivelse"] = one.beskrivelse
        if one.skjerming:
            said["skjerming"] = self.skjerming(one.skjerming)
        return said

    def skjerming(self, one: Skjerming) -> dict[str, Any]:
        return {
            "tilgangsrestriksjon": self._code(one.tilgangsrestriksjon),
            "skjermingshjemmel": one.skjermingshjemmel,
            "skjermingMetadata": [self._code(value) for value in one.skjerming_metadata],
        }

    def code(self, value: str) -> dict[str, str]:
        return self._code(value)


def _sak(one: Saksmappe, service: Service) -> dict[str, Any]:
    return _filled(
        {
            "tittel": one.tittel,
            "offentligTittel": one.offentlig_tittel,
            "beskrivelse": _described(one.beskrivelse, one.system_id),
            "saksdato": _day(one.saksdato),
            "saksansvarlig": one.saksansvarlig,
            "administrativEnhet": one.administrativ_enhet,
            "saksstatus": service.code("Under behandling"),
            "skjerming": service.skjerming(one.skjerming) if one.skjerming else None,
            "virksomhetsspesifikkeMetadata": {KEY: str(one.system_id)},
        }
    )


def _post(one: Journalpost, service: Service) -> dict[str, Any]:
    return _filled(
        {
            "tittel": one.tittel,
            "offentligTittel": one.offentlig_tittel,
            "beskrivelse": _described(one.beskrivelse, one.system_id),
            "journalposttype": service.code(one.journalposttype),
            "journalstatus": service.code("Journalført"),
            "journaldato": _day(one.journaldato),
            "dokumentetsDato": _day(one.dokumentets_dato),
            "mottattDato": _time(one.mottatt_dato),
            "sendtDato": _time(one.sendt_dato),
            "offentlighetsvurdertDato": _day(one.offentlighetsvurdert_dato),
            "skjerming": service.skjerming(one.skjerming) if one.skjerming else None,
            "virksomhetsspesifikkeMetadata": {KEY: str(one.system_id)},
        }
    )


def _described(words: str, key: UUID) -> str:
    return f"{words}\nOrdskifte {key}".strip()


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}


def _day(value: date | None) -> str | None:
    return f"{value.isoformat()}Z" if value else None  # the interface asks for a zone with a date too


def _time(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def _is_internal(part: Korrespondansepart) -> bool:
    return part.korrespondanseparttype.startswith("Intern")


def _part_rel(part: Korrespondansepart) -> str:
    if _is_internal(part):
        return "arkivstruktur/ny-korrespondansepartintern/"
    kind = "person" if part.fysisk_person else "enhet"
    return f"arkivstruktur/ny-korrespondansepart{kind}/"


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    start = 0
    while piece := source.read(size):
        yield start, piece
        start += len(piece)


def _with(address: str, condition: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}$filter={quote(condition, safe='')}"


def _if_match(found: Mapping[str, Any]) -> dict[str, str]:
    return {"If-Match": str(found["_etag"])} if found.get("_etag") else {}


def _read(answer: Answer) -> dict[str, Any]:
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        raise ServiceError("The core's answer is no JSON.", status=answer.status) from None
    if not isinstance(found, dict):
        raise ServiceError("The core's answer is no object.", status=answer.status)
    if etag := answer.headers.get("etag"):
        found["_etag"] = etag
    return found


def _said(answer: Answer) -> str:
    """What the core says is wrong, short."""
    try:
        found = orjson.loads(answer.body)
        return str(found["feil"].get("beskrivelse", ""))[:200]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return "no reason given"


def _received(found: Mapping[str, Any], key: UUID) -> Mottatt:
    system_id = found.get("systemID")
    if not isinstance(system_id, str) or not system_id:
        raise ServiceError("The core gives no systemID.")

    def number(name: str) -> int | None:
        value = found.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    return Mottatt(
        system_id=system_id,
        fantes=False,
        noekkel=str(key),
        mappe_id=str(found.get("mappeID", "")),
        registrerings_id=str(found.get("registreringsID", "")),
        saksaar=number("saksaar"),
        sakssekvensnummer=number("sakssekvensnummer"),
        journalaar=number("journalaar"),
        journalsekvensnummer=number("journalsekvensnummer"),
        journalpostnummer=number("journalpostnummer"),
    )
