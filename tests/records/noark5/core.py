"""A strict Noark 5 core on loopback, by the service interface's rules, bad on demand.

It answers only to the type of the interface, refuses fields it does not know and bodies without the obligatory ones,
checks every file against what was said of its object (400), and lets no file be written twice (409).
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from ordskifte.records.noark5.service import REL, TYPE

SERIES = UUID("0d0b6c54-0000-4000-8000-000000000001")
_CODE = {"kode", "kodenavn"}
_KNOWN: dict[str, tuple[set[str], set[str]]] = {  # (obligatory, allowed too)
    "saksmappe": (
        {"tittel", "saksdato", "saksstatus"},
        {
            "offentligTittel",
            "beskrivelse",
            "saksansvarlig",
            "administrativEnhet",
            "skjerming",
            "virksomhetsspesifikkeMetadata",
        },
    ),
    "journalpost": (
        {"tittel", "journalposttype", "journalstatus", "journaldato"},
        {
            "offentligTittel",
            "beskrivelse",
            "dokumentetsDato",
            "mottattDato",
            "sendtDato",
            "offentlighetsvurdertDato",
            "skjerming",
            "virksomhetsspesifikkeMetadata",
        },
    ),
    "korrespondansepartperson": ({"korrespondanseparttype", "navn"}, {"virksomhetsspesifikkeMetadata"}),
    "korrespondansepartenhet": ({"korrespondanseparttype", "navn"}, {"virksomhetsspesifikkeMetadata"}),
    "korrespondansepartintern": ({"korrespondanseparttype", "administrativEnhet"}, {"saksbehandler"}),
    "dokumentbeskrivelse": (
        {"dokumenttype", "dokumentstatus", "tittel", "tilknyttetRegistreringSom"},
        {"dokumentnummer", "beskrivelse", "skjerming"},
    ),
    "dokumentobjekt": (
        {"versjonsnummer", "variantformat"},
        {"format", "filnavn", "mimeType", "sjekksum", "sjekksumAlgoritme", "filstoerrelse"},
    ),
}
_INSIDE = {
    "arkivdel": ("sakarkiv", ["saksmappe"]),
    "saksmappe": ("sakarkiv", ["journalpost"]),
    "journalpost": (
        "arkivstruktur",
        ["korrespondansepartperson", "korrespondansepartenhet", "korrespondansepartintern", "dokumentbeskrivelse"],
    ),
    "dokumentbeskrivelse": ("arkivstruktur", ["dokumentobjekt"]),
    "dokumentobjekt": ("arkivstruktur", []),
}
_DATES = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?(Z|[+-]\d\d:\d\d)")
_CODES = {"I", "U", "N", "X", "S", "J", "B", "F", "H", "V", "P", "A", "O", "EA", "EM", "EK", "GM", "IA", "IM"}


@dataclass
class Core:
    """`faults`: {"POST saksmappe": ["500", "cut"]}: what happens to the next questions of a kind, in order.

    "cut": done, but the answer is lost. "409": done before. "damage": the file is another over here.
    """

    faults: dict[str, list[str]] = field(default_factory=dict)
    token: str = ""
    elsewhere: bool = False  # links lead to another machine
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    sessions: dict[str, tuple[str, int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.objects.values() if one["_kind"] == kind]

    def fault(self, method: str, kind: str) -> str:
        waiting = self.faults.get(f"{method} {kind}", [])
        return waiting.pop(0) if waiting else ""

    def shown(self, one: dict[str, Any]) -> dict[str, Any]:
        kind, here = one["_kind"], f"{self.address}{one['_kind']}/{one['systemID']}/"
        links = {"self": {"href": here}}
        way, inside = _INSIDE.get(kind, ("", []))
        for each in inside:
            links[f"{REL}{way}/ny-{each}/"] = {"href": f"{here}ny-{each}/"}
            links[f"{REL}{way}/{each}/"] = {"href": f"{here}{each}/{{?$filter,$top}}", "templated": True}  # type: ignore[dict-item]
        if kind == "dokumentobjekt":
            links[f"{REL}arkivstruktur/fil/"] = {"href": f"{here}referanseFil"}
        if self.elsewhere:
            links = {rel: {"href": "https://ond.example/"} for rel in links}
        return {name: value for name, value in one.items() if not name.startswith("_")} | {"_links": links}


def problem(kind: str, said: dict[str, Any]) -> str:
    """Why a body is refused; "" when it is right."""
    must, may = _KNOWN[kind]
    if missing := must - set(said):
        return f"mangler {sorted(missing)}"
    if unknown := set(said) - must - may:
        return f"kjenner ikke {sorted(unknown)}"
    for name, value in said.items():
        if value in (None, "", [], {}):
            return f"{name} er tom"
        if isinstance(value, dict) and name not in ("skjerming", "virksomhetsspesifikkeMetadata"):
            if not set(value) <= _CODE or not value.get("kode"):
                return f"{name} er ingen kode"
            if name not in ("dokumenttype", "format") and value["kode"] not in _CODES:
                return f"{name} har ukjent kode {value['kode']}"
        if name.lower().endswith("dato") and not _DATES.fullmatch(str(value)):
            return f"{name} er ingen dato med tidssone"
        if name in ("versjonsnummer", "dokumentnummer", "filstoerrelse") and not isinstance(value, int):
            return f"{name} er intet tall"
    for key in said.get("virksomhetsspesifikkeMetadata", {}):
        if not re.fullmatch(r"vnd-[a-z0-9]+-v\d+:[a-z0-9]+", key):
            return f"{key} er intet navn på et eget felt"
    return ""


class _Handler(BaseHTTPRequestHandler):
    core: ClassVar[Core]
    protocol_version = "HTTP/1.1"

    def _go(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.core.lock:
            self._answer(body)

    do_GET = do_POST = do_PUT = do_DELETE = _go

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        path = parts.path.strip("/").split("/")[1:]
        self.core.asked.append(f"{self.command} {'/'.join(path)}")
        if self.core.token and self.headers.get("Authorization") != f"Bearer {self.core.token}":
            return self._say(401, {})
        if self.headers.get("Accept") != TYPE:
            return self._say(406, {})
        match path:
            case []:
                return self._say(200, self._links("arkivstruktur/", "arkivstruktur/"))
            case ["arkivstruktur"]:
                return self._say(200, self._links("arkivstruktur/arkivdel/", "arkivdel/{?$filter}"))
            case ["arkivdel"]:
                return self._many("", "arkivdel", parts.query)
            case [kind, id_] if id_ in self.core.objects and self.core.objects[id_]["_kind"] == kind:
                if self.command == "DELETE":
                    return self._delete(id_)
                return self._one(200, self.core.objects[id_])
            case [_, id_, "referanseFil"] if id_ in self.core.objects:
                return self._file(self.core.objects[id_], body, parts.query)
            case [_, id_, new] if new.startswith("ny-") and self.command == "POST":
                return self._new(id_, new[3:], body)
            case [_, id_, kind] if self.command == "GET":
                return self._many(id_, kind, parts.query)
        return self._say(404, {"feil": {"kode": 404, "beskrivelse": "Not Found"}})

    def _links(self, rel: str, place: str) -> dict[str, Any]:
        return {"_links": {REL + rel: {"href": self.core.address + place, "templated": "{" in place}}}

    def _many(self, above: str, kind: str, query: str) -> None:
        rows = [one for one in self.core.of(kind) if one["_above"] == above]
        wanted = parse_qs(query).get("$filter", [""])[0]
        if match := re.fullmatch(r"systemID eq '([^']+)'", wanted):
            rows = [one for one in rows if one["systemID"] == match[1]]
        elif match := re.fullmatch(r"contains\(beskrivelse, '([^']+)'\)", wanted):
            rows = [one for one in rows if match[1] in one.get("beskrivelse", "")]
        elif wanted:
            return self._say(400, {"feil": {"kode": 400, "beskrivelse": "filter"}})
        found = {"count": len(rows), "results": [self.core.shown(one) for one in rows]}
        return self._say(200, found)

    def _new(self, above: str, kind: str, body: bytes) -> None:
        fault = self.core.fault("POST", kind)
        if fault == "500":
            return self._say(500, {"feil": {"kode": 500, "beskrivelse": "vent"}})
        if self.headers.get("Content-Type") != TYPE:
            return self._say(415, {})
        said = json.loads(body)
        if wrong := problem(kind, said):
            return self._say(400, {"feil": {"kode": 400, "beskrivelse": wrong}})
        if kind not in _INSIDE[self.core.objects[above]["_kind"]][1]:
            return self._say(404, {})
        key = said.get("virksomhetsspesifikkeMetadata", {}).get("vnd-ordskifte-v1:noekkel")
        twin = [one for one in self.core.of(kind) if key and key in one.get("beskrivelse", "")]
        if twin:
            return self._say(409, {"feil": {"kode": 409, "beskrivelse": "finnes"}})
        made = {**said, "_kind": kind, "_above": above, "systemID": str(uuid4())}
        if kind == "saksmappe":
            made |= {"mappeID": f"2026/{70 + len(self.core.of(kind))}", "saksaar": 2026}
            made["sakssekvensnummer"] = 70 + len(self.core.of(kind))
        if kind == "journalpost":
            made |= {"journalaar": 2026, "journalsekvensnummer": 900 + len(self.core.of(kind))}
            made["journalpostnummer"] = sum(one["_above"] == above for one in self.core.of(kind)) + 1
            made["registreringsID"] = f"2026/{made['journalsekvensnummer']}"
        self.core.objects[made["systemID"]] = made
        if fault == "cut":
            return self._cut()
        if fault == "409":
            return self._say(409, {"feil": {"kode": 409, "beskrivelse": "finnes"}})
        return self._one(201, made)

    def _file(self, one: dict[str, Any], body: bytes, query: str) -> None:
        fault = self.core.fault(self.command, "fil")
        if fault == "500":
            return self._say(503, {})
        if one["systemID"] in self.core.files:
            return self._say(409, {"feil": {"kode": 409, "beskrivelse": "har fil"}})
        if self.command == "POST" and "X-Upload-Content-Length" in self.headers:
            if self.headers["Content-Length"] != "0":
                return self._say(400, {})
            session = uuid4().hex
            size = int(self.headers["X-Upload-Content-Length"])
            self.core.sessions[session] = (one["systemID"], size, self.headers["X-Upload-Content-Type"], b"")
            return self._say(
                200,
                {},
                Location=f"{self.core.address}dokumentobjekt/{one['systemID']}/referanseFil?filsesjon={session}",
            )
        mime = self.headers["Content-Type"]
        if self.command == "PUT":
            session = parse_qs(query)["filsesjon"][0]
            id_, size, mime, have = self.core.sessions[session]
            about = self.headers["Content-Range"]
            self.core.ranges.append(about)
            if about != f"bytes {len(have)}-{len(have) + len(body) - 1}/{size}" or self.headers["Content-Type"] != mime:
                return self._say(400, {"feil": {"kode": 400, "beskrivelse": "Content-Range"}})
            have += body
            self.core.sessions[session] = (id_, size, mime, have)
            if len(have) < size:
                return self._say(200, {}, Range=f"bytes 0-{len(have) - 1}")
            body = have
        if fault == "damage":
            body += b"!"
        said = (one.get("sjekksum"), one.get("filstoerrelse"), one.get("mimeType"), one.get("sjekksumAlgoritme"))
        if said != (sha256(body).hexdigest(), len(body), mime, "SHA-256"):
            return self._say(400, {"feil": {"kode": 400, "beskrivelse": "sjekksum"}})
        self.core.files[one["systemID"]] = body
        if fault == "cut":
            return self._cut()
        return self._one(201, one)

    def _delete(self, id_: str) -> None:
        if self.headers.get("If-Match") != f'"{id_}"':
            return self._say(409, {})
        del self.core.objects[id_]
        return self._say(204, None)

    def _one(self, status: int, one: dict[str, Any]) -> None:
        self._say(status, self.core.shown(one), ETag=f'"{one["systemID"]}"')

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _say(self, status: int, found: Any, **headers: str) -> None:
        data = b"" if found is None else json.dumps(found).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def running(**more: Any) -> Iterator[Core]:
    core = Core(**more)
    core.objects[str(SERIES)] = {"_kind": "arkivdel", "_above": "", "systemID": str(SERIES), "tittel": "Sosiale medier"}

    handler = type("Handler", (_Handler,), {"core": core})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    core.address = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield core
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
