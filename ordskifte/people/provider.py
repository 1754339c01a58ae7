"""The OpenID provider of this installation, as settings know it. Apart from `oidc`: no verb loads its client."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider as the operator configured it. `name` is what the button says."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


def oidc_from(environ: Mapping[str, str]) -> Provider | None:
    """The provider of ORDSKIFTE_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET or _CLIENT_SECRET_FILE, and _NAME."""
    issuer = environ.get("ORDSKIFTE_OIDC_ISSUER", "")
    if not issuer:
        return None
    secret_file = environ.get("ORDSKIFTE_OIDC_CLIENT_SECRET_FILE")
    secret = Path(secret_file).read_text().strip() if secret_file else environ.get("ORDSKIFTE_OIDC_CLIENT_SECRET", "")
    return Provider(
        issuer=issuer,
        client_id=environ.get("ORDSKIFTE_OIDC_CLIENT_ID", ""),
        client_secret=secret,
        name=environ.get("ORDSKIFTE_OIDC_NAME") or str(urlsplit(issuer).hostname),
    )
