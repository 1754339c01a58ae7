"""E-mail through a real SMTP server on loopback: what arrives, and what each way of failing means."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ordskifte.base.errors import OrdskifteError
from ordskifte.publish import reasons
from ordskifte.publish.mail import MailServer, mail_server
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.publish.sending import send
from tests.acceptance.command import free_port
from tests.publish.conftest import AT, Office, jobs

pytestmark = pytest.mark.django_db


class Box:
    """Takes mail, or answers as it was told."""

    def __init__(self) -> None:
        self.mail: list[bytes] = []
        self.at_rcpt = ""
        self.at_data = ""
        self.cut = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data:
            return self.at_data
        assert isinstance(envelope.content, bytes)
        self.mail.append(envelope.content)
        if self.cut:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (b"oss", b"hemmelig /:@"))


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine alone: its PEM file, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(AT - timedelta(days=3650))
        .not_valid_after(AT + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return pem, context


@contextmanager
def listening(box: Box, **more: Any) -> Iterator[int]:
    """A server that takes mail; its port."""
    port = free_port()
    control = Controller(box, hostname="127.0.0.1", port=port, **more)
    control.start()
    try:
        yield port
    finally:
        control.stop()


def plain(port: int, scheme: str = "smtp", authority: str = "", user: str = "") -> MailServer:
    return MailServer(scheme, "localhost", port, user, "hemmelig /:@", "Eksempel <post@eksempel.example>", authority)


def letter() -> Outbox:
    return put_in_outbox(
        kind="email",
        channel_id=None,
        actor="system:test",
        by=None,
        at=AT,
        to="ingrid@eksempel.example",
        subject="Frist om én time",
        text="Samtalen om brøyting må svares innen 11.20.\nÅpne: https://ordskifte.example/desk/",
    )


def test_a_letter_arrives_whole_and_once(office: Office) -> None:
    box, row = Box(), letter()
    with listening(box) as port:
        office.server = plain(port)
        assert send(row.id, job="job:1", post=office.post) == State.CONFIRMED
        assert send(row.id, job="job:2", post=office.post) is None
    (content,) = box.mail
    message = message_from_bytes(content, policy=default)
    assert message["To"] == "ingrid@eksempel.example"
    assert message["From"] == "Eksempel <post@eksempel.example>"
    assert message["Subject"] == "Frist om én time"
    assert message["Message-ID"] == f"<{row.mark}@eksempel.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == row.text


def test_encrypted_from_the_start_or_after_the_greeting_with_a_password(office: Office, tmp_path: Path) -> None:
    pem, context = certificate(tmp_path)
    ways: dict[str, dict[str, Any]] = {
        "smtps": {"ssl_context": context, "auth_require_tls": False},
        "starttls": {"tls_context": context, "require_starttls": True, "auth_required": True},
    }
    for scheme, more in ways.items():
        box, row = Box(), letter()
        with listening(box, authenticator=authenticate, **more) as port:
            office.server = plain(port, scheme, str(pem), "oss")
            assert send(row.id, job="job:1", post=office.post) == State.CONFIRMED
        assert len(box.mail) == 1


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail(office: Office, tmp_path: Path) -> None:
    _pem, context = certificate(tmp_path)
    box, row = Box(), letter()
    with listening(box, tls_context=context) as port:
        office.server = plain(port, "starttls", user="oss")
        assert send(row.id, job="job:1", post=office.post) == State.SCHEDULED
    row.refresh_from_db()
    assert (row.reason, box.mail) == (reasons.MAIL_UNREACHABLE, [])


@pytest.mark.parametrize(
    ("where", "answer", "state", "reason"),
    [
        ("at_rcpt", "550 no such person", State.FAILED, reasons.MAIL_REFUSED),
        ("at_rcpt", "450 later", State.SCHEDULED, reasons.MAIL_BUSY),
        ("at_data", "451 later", State.SCHEDULED, reasons.MAIL_BUSY),
        ("at_data", "554 no", State.FAILED, reasons.MAIL_REFUSED),
    ],
)
def test_a_no_for_now_is_tried_again_and_a_no_for_ever_fails(
    office: Office, where: str, answer: str, state: State, reason: str
) -> None:
    box, row = Box(), letter()
    setattr(box, where, answer)
    with listening(box) as port:
        office.server = plain(port)
        assert send(row.id, job="job:1", post=office.post) == state
    row.refresh_from_db()
    assert (row.reason, box.mail) == (reason, [])


def test_cut_off_after_the_message_went_over_it_is_unknown_and_a_person_is_told(office: Office) -> None:
    box, row = Box(), letter()
    box.cut = True
    with listening(box) as port:
        office.server = plain(port)
        assert send(row.id, job="job:1", post=office.post) == State.UNKNOWN
    row.refresh_from_db()
    assert (row.reason, len(jobs("sent"))) == (reasons.MAIL_CUT, 1)


def test_a_server_that_is_away_is_tried_later_and_no_server_at_all_is_said(office: Office) -> None:
    away, none = letter(), letter()
    office.server = plain(1)
    assert send(away.id, job="job:1", post=office.post) == State.SCHEDULED
    office.server = None
    assert send(none.id, job="job:2", post=office.post) == State.FAILED
    none.refresh_from_db()
    assert none.reason == reasons.NO_MAIL_SERVER


def test_the_settings_say_where_and_as_whom(tmp_path: Path) -> None:
    assert mail_server({}) is None
    given = {"ORDSKIFTE_SMTP_URL": "starttls://oss%40eksempel.example:hemmelig%20%2F%3A%40@post.eksempel.example"}
    found = mail_server(given)
    assert found == MailServer(
        "starttls", "post.eksempel.example", 587, "oss@eksempel.example", "hemmelig /:@", "oss@eksempel.example"
    )
    assert "hemmelig" not in repr(found)
    file = tmp_path / "password"
    file.write_text("fra fil\n")
    more = {"ORDSKIFTE_SMTP_PASSWORD_FILE": str(file), "ORDSKIFTE_SMTP_FROM": "K <k@eksempel.example>"}
    found = mail_server(given | more)
    assert found is not None
    assert (found.password, found.sender) == ("fra fil", "K <k@eksempel.example>")
    for wrong in ("http://post.eksempel.example", "smtp://", "smtp://host:port"):
        with pytest.raises(OrdskifteError) as error:
            mail_server({"ORDSKIFTE_SMTP_URL": wrong})
        assert wrong not in str(error.value)
