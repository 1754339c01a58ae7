"""E-mail that leaves: one message over SMTP, with errors that say whether the server may have taken it."""

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from ordskifte.base.errors import OrdskifteError
from ordskifte.channels.errors import NotSent, Refused, Unsure
from ordskifte.publish import reasons

PATIENCE: Final = 15.0  # seconds for each step of the conversation; `sending.lasts` is longer than all of them
_PORTS: Final = {"smtp": 25, "starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, as whom, and who it is from."""

    scheme: (
        str  # smtp: as it is; starttls: encrypted after the greeting, or not at all; smtps: encrypted from the start
    )
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    authority: str = ""  # a PEM file: who vouches for the server, when it is not one everybody trusts

    def send(self, message: EmailMessage) -> None:
        """Hand the message in. NotSent, Refused, or Unsure when it may have been taken."""
        try:
            with self._connected() as server:
                self._hand_in(server, message)
        except (OSError, smtplib.SMTPException) as error:
            raise _fault(error) from error

    def _connected(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=self._trust())
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)

    def _hand_in(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        server.ehlo_or_helo_if_needed()
        if self.scheme == "starttls":
            server.starttls(context=self._trust())
            server.ehlo()
        if self.user:
            server.login(self.user, self.password)
        server.mail(parseaddr(self.sender)[1])
        code, _said = server.rcpt(str(message["To"]))
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, "")
        try:
            code, _said = server.data(message.as_bytes())
        except smtplib.SMTPDataError:
            raise  # said before the message went over
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise Unsure(reasons.MAIL_CUT) from error
        if code != 250:
            raise smtplib.SMTPResponseException(code, "")


def _fault(error: Exception) -> NotSent | Refused:
    """Before the whole message is over, nothing has left. 4xx: later; 5xx: never (RFC 5321 4.2.1)."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NotSent(reasons.MAIL_UNREACHABLE)
    if isinstance(error, smtplib.SMTPResponseException):
        return Refused(reasons.MAIL_REFUSED) if error.smtp_code >= 500 else NotSent(reasons.MAIL_BUSY)
    return NotSent(reasons.MAIL_UNREACHABLE)


def message_of(*, to: str, subject: str, text: str, mark: str, sender: str, at: datetime) -> EmailMessage:
    """The message. Its Message-ID is the row's mark: a receiver that got it twice would see that it is one."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mark}@{parseaddr(sender)[1].rpartition('@')[2] or 'ordskifte.invalid'}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice answers it
    message.set_content(text)
    return message


def mail_server(environment: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server the operator has named; None when there is none. OrdskifteError when the address is no address."""
    url = environment.get("ORDSKIFTE_SMTP_URL", "")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise OrdskifteError(  # without the address itself: it may hold the password
            "ORDSKIFTE_SMTP_URL is not the address of a mail server.",
            advice="Write it as starttls://user@mail.example.no:587 (or smtps://, or smtp:// inside your own network).",
        )
    file = environment.get("ORDSKIFTE_SMTP_PASSWORD_FILE", "")
    password = Path(file).read_text(encoding="utf-8").strip() if file else unquote(parts.password or "")
    user = unquote(parts.username or "")
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=user,
        password=password,
        sender=environment.get("ORDSKIFTE_SMTP_FROM", "") or (user if "@" in user else f"ordskifte@{parts.hostname}"),
        authority=environment.get("ORDSKIFTE_SMTP_CA", ""),
    )
