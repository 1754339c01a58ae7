"""A case system on loopback that takes arkivmelding: strict by the schemas, idempotent by key, bad on demand."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from lxml import etree

from ordskifte.records.noark5.arkivmelding import KATALOG, KVITTERING, OPPRETT
from tests.records.noark5.shared import beside

_NAMES = {"a": OPPRETT, "m": KATALOG}
_SPACE = UUID("6f3a1a52-1111-4222-8333-444455556666")
_FIKS = "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett"


def schema(name: str) -> Any:
    """The official schema, where it lies beside the repository."""
    path = beside(f"fiks-arkiv/{name}.xsd")
    return etree.XMLSchema(etree.parse(str(path))) if path else None


@dataclass
class CaseSystem:
    """`faults`: what happens to the next questions, in order: 500, cut (after it was taken), checksum, no, slow."""

    faults: list[str] = field(default_factory=list)
    cases: dict[str, tuple[str, int]] = field(default_factory=dict)
    entries: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    messages: list[bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, message: bytes, files: dict[str, bytes], *, damage: bool = False) -> bytes:
        """The receipt for a message. AssertionError when it is not by the schema."""
        root = etree.fromstring(message)
        if (known := schema(_FIKS)) is not None:
            known.assertValid(root)
        assert int(root.findtext("a:antallFiler", namespaces=_NAMES) or -1) == len(files)
        post = root.find("a:registrering", _NAMES)
        assert post is not None
        for one in post.iterfind("a:dokumentbeskrivelse/a:dokumentobjekt", _NAMES):
            name = one.findtext("a:referanseDokumentfil", namespaces=_NAMES) or ""
            content = files[name] + (b"!" if damage else b"")
            if one.findtext("a:sjekksum", namespaces=_NAMES) != sha256(content).hexdigest():
                return receipt("", f"<registreringFeilet>{_failed('Sjekksum stemmer ikke')}</registreringFeilet>")
            assert int(one.findtext("a:filstoerrelse", namespaces=_NAMES) or -1) == len(content)
        self.messages.append(message)
        self.files.update(files)
        return receipt(self._case(root), self._entry(post))

    def _case(self, root: Any) -> str:
        made = root.find("a:mappe", _NAMES)
        if made is None:
            return ""
        key = made.findtext("a:referanseEksternNoekkel/m:noekkel", namespaces=_NAMES) or ""
        known = key in self.cases
        id_, number = self.cases.setdefault(key, (str(uuid5(_SPACE, key)), len(self.cases) + 101))
        return (
            f'<mappeKvittering xsi:type="saksmappeKvittering"><systemID>{id_}</systemID>'
            f"<mappeID>2026/{number}</mappeID>{_key(key)}{_made(known)}"
            f"<saksaar>2026</saksaar><sakssekvensnummer>{number}</sakssekvensnummer></mappeKvittering>"
        )

    def _entry(self, post: Any) -> str:
        key = post.findtext("a:referanseEksternNoekkel/m:noekkel", namespaces=_NAMES) or ""
        parent = post.find("a:referanseForelderMappe", _NAMES)
        case = (
            parent.findtext("m:systemID", namespaces=_NAMES)
            or self.cases[parent.findtext(".//m:noekkel", namespaces=_NAMES)][0]
        )
        known = key in self.entries
        place = sum(one[0] == case for one in self.entries.values()) + 1
        _, number, place = self.entries.setdefault(key, (case, len(self.entries) + 5001, place))
        return (
            f'<registreringKvittering xsi:type="journalpostKvittering"><systemID>{uuid5(_SPACE, key)}</systemID>'
            f"{_key(key)}{_made(known)}<journalaar>2026</journalaar><journalsekvensnummer>{number}</journalsekvensnummer>"
            f"<journalpostnummer>{place}</journalpostnummer></registreringKvittering>"
        )


def receipt(case: str, entry: str) -> bytes:
    """A receipt, valid by the schema."""
    data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<arkivmeldingKvittering xmlns="{KVITTERING}" xmlns:m="{KATALOG}"'
        ' xmlns:f="https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/feil/feilmelding/v1"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{case}{entry}</arkivmeldingKvittering>"
    ).encode()
    if (known := schema(f"{_FIKS}.kvittering")) is not None:
        known.assertValid(etree.fromstring(data))
    return data


def refusal(words: str) -> bytes:
    return receipt("", f"<registreringFeilet>{_failed(words)}</registreringFeilet>")


def _failed(words: str) -> str:
    return f"<f:feilId>1</f:feilId><f:feilmelding>{escape(words)}</f:feilmelding>"


def _key(key: str) -> str:
    return (
        "<referanseEksternNoekkel><m:fagsystem>Ordskifte</m:fagsystem>"
        f"<m:noekkel>{key}</m:noekkel></referanseEksternNoekkel>"
    )


def _made(known: bool) -> str:
    return f"<opprettetEllerEksisterende>{'Eksisterende' if known else 'Opprettet'}</opprettetEllerEksisterende>"


@contextmanager
def running(**more: Any) -> Iterator[CaseSystem]:
    """The case system at an address."""
    system = CaseSystem(**more)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with system.lock:
                fault = system.faults.pop(0) if system.faults else ""
                system.secrets.append(self.headers.get("Authorization", ""))
                if fault == "500":
                    return self._say(500, b"")
                if fault == "no":
                    return self._say(422, refusal("Klassen finnes ikke"))
                if fault == "text":
                    return self._say(200, b"<html>ok</html>")
                parts = message_from_bytes(
                    b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body, policy=policy.HTTP
                )
                message, files = b"", {}
                for part in parts.iter_parts():  # type: ignore[attr-defined]  # a multipart message
                    name = part.get_filename()
                    if part.get_param("name", header="content-disposition") == "arkivmelding":
                        message = part.get_payload(decode=True)
                    else:
                        files[name] = part.get_payload(decode=True)
                try:
                    answer = system.take(message, files, damage=fault == "checksum")
                except (AssertionError, etree.DocumentInvalid, KeyError) as error:
                    return self._say(400, refusal(f"Ugyldig: {error}"))
                if fault == "cut":
                    self.close_connection = True
                    self.connection.close()
                    return None
                if fault == "slow":
                    time.sleep(0.2)
                return self._say(200, answer)

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    system.address = f"http://127.0.0.1:{server.server_port}/arkivmelding"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
