"""A time-stamping authority of our own, made with the openssl command: root, signing certificate and answers."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

_CONFIG = """
[ tsa ]
default_tsa = ours
[ ours ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Tsa:
    """An authority in a folder. `broken`: what its next answers are instead."""

    folder: Path

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    @property
    def signer(self) -> bytes:
        return (self.folder / "tsa.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        """The DER TimeStampResp to a DER TimeStampReq."""
        (self.folder / "request.tsq").write_bytes(request)
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-out", "answer.tsr")
        return (self.folder / "answer.tsr").read_bytes()

    def verifies(self, token: bytes, content: bytes) -> bool:
        """Does openssl itself believe the token for these bytes?"""
        (self.folder / "token").write_bytes(token)
        (self.folder / "content").write_bytes(content)
        arguments = ("-token_in", "-in", "token", "-data", "content", "-CAfile", "root.pem", "-untrusted", "tsa.pem")
        done = subprocess.run(
            ["openssl", "ts", "-verify", *arguments], cwd=self.folder, capture_output=True, check=False
        )
        return b"Verification: OK" in done.stdout

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


def make_tsa(folder: Path, name: str = "Eksempel tidsstempling") -> Tsa:
    """A new authority with its own root. Skips the test, aloud, where openssl is not installed."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here: time-stamps are not tested against a real authority")
    folder.mkdir(parents=True, exist_ok=True)
    tsa = Tsa(folder)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    tsa._openssl(
        "req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "30", "-subj", f"/CN={name} rot",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    tsa._openssl("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}")
    (folder / "tsa.ext").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
    )
    tsa._openssl(
        "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30",
        "-extfile", "tsa.ext", "-out", "tsa.pem",
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    return tsa


@contextmanager
def served(tsa: Tsa, *, status: int = 200, instead: bytes | None = None) -> Iterator[str]:
    """The authority on loopback; gives its address. `instead` is answered to everything, when given."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            content = tsa.answer(request) if instead is None else instead
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()
