"""Sign-in through an OpenID provider: the code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700).

No Django here: what must be remembered between the two steps is a plain value, and the HTTP client is handed in.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import jwt

from ordskifte.base.errors import OrdskifteError
from ordskifte.people.provider import Provider

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LIMIT = 1_000_000  # bytes of an answer
LEEWAY = 60  # seconds the two clocks may differ
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class OidcError(OrdskifteError):
    """The provider could not be reached, or what it said cannot be trusted. English, for the log and the operator."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the first step leaves for the second; kept in the session."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who the provider says has signed in. `email` is empty unless the provider says that it is verified."""

    issuer: str
    subject: str
    email: str


def begin(provider: Provider, redirect_uri: str, http: httpx.Client) -> tuple[str, Pending]:
    """Where to send the browser, and what to remember until it comes back."""
    pending = Pending(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64), redirect_uri)
    challenge = urlsafe_b64encode(sha256(pending.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": "openid email profile",
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = _endpoint(_discover(provider, http), "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", pending


def finish(provider: Provider, pending: Pending, answer: Mapping[str, str], http: httpx.Client) -> Claims:
    """Who came back: `answer` is the query of the redirect. OidcError when any part of it does not hold."""
    if not hmac.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
        raise OidcError("The provider's answer belongs to another sign-in (state differs).")
    if answer.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
        raise OidcError("The answer comes from another provider (iss differs).")
    if "error" in answer or "code" not in answer:
        raise OidcError(f"The provider said no: {answer.get('error', 'no code')[:100]}.")
    found = _discover(provider, http)
    tokens = _exchange(provider, found, answer["code"], pending, http)
    claims = _verified(provider, found, str(tokens.get("id_token", "")), pending.nonce, http)
    if "email" not in claims and "access_token" in tokens and "userinfo_endpoint" in found:
        more = _json(
            http,
            "GET",
            _endpoint(found, "userinfo_endpoint"),
            headers={"Authorization": f"Bearer {tokens['access_token']}"},
        )
        if more.get("sub") != claims["sub"]:
            raise OidcError("The provider's user information is about somebody else (sub differs).")
        claims = more | claims
    said = claims.get("email_verified")
    verified = said is True or said == "true"  # some providers write a string
    return Claims(provider.issuer, str(claims["sub"]), str(claims.get("email", "")).strip() if verified else "")


def _exchange(
    provider: Provider, found: Mapping[str, Any], code: str, pending: Pending, http: httpx.Client
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": pending.redirect_uri,
        "code_verifier": pending.verifier,
    }
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if provider.client_secret and "client_secret_basic" in methods:
        # RFC 6749 2.3.1: both parts are form-encoded before they are put together
        auth = httpx.BasicAuth(quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
        return _json(http, "POST", _endpoint(found, "token_endpoint"), data=form, auth=auth)
    form["client_id"] = provider.client_id
    if provider.client_secret:
        form["client_secret"] = provider.client_secret
    return _json(http, "POST", _endpoint(found, "token_endpoint"), data=form)


def _verified(
    provider: Provider, found: Mapping[str, Any], token: str, nonce: str, http: httpx.Client
) -> dict[str, Any]:
    """The claims of an ID token whose signature, issuer, audience, times and nonce hold."""
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(_json(http, "GET", _endpoint(found, "jwks_uri")))
        fitting = [key for key in keys.keys if key.key_id == header.get("kid")] or keys.keys[:1]
        claims: dict[str, Any] = jwt.decode(
            token,
            fitting[0],
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, IndexError) as error:
        raise OidcError(f"The provider's ID token does not hold: {error}.") from error
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise OidcError("The provider's ID token belongs to another sign-in (nonce differs).")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise OidcError("The provider's ID token was made for another program (azp differs).")
    return claims


def _discover(provider: Provider, http: httpx.Client) -> dict[str, Any]:
    found = _json(http, "GET", provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise OidcError(
            f"The provider calls itself {found.get('issuer')!r}, not {provider.issuer!r}.",
            advice="Set ORDSKIFTE_OIDC_ISSUER to exactly what the provider calls itself.",
        )
    return found


def _endpoint(found: Mapping[str, Any], name: str) -> str:
    address = str(found.get(name, ""))
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise OidcError(f"The provider's {name} is not an https address.")
    return address


def _json(http: httpx.Client, method: str, address: str, **more: Any) -> dict[str, Any]:
    """One answer as a JSON object, read no further than LIMIT."""
    try:
        with http.stream(method, address, follow_redirects=False, **more) as response:
            body = b""
            for piece in response.iter_bytes():
                body += piece
                if len(body) > LIMIT:
                    raise OidcError(f"{address} answered with more than {LIMIT} bytes.")
        if response.status_code != 200:
            raise OidcError(f"{address} answered {response.status_code}.")
        value = httpx.Response(200, content=body).json()
    except httpx.HTTPError as error:
        raise OidcError(f"{address} could not be reached: {error}.") from error
    except ValueError as error:
        raise OidcError(f"{address} did not answer with JSON.") from error
    if not isinstance(value, dict):
        raise OidcError(f"{address} did not answer with a JSON object.")
    return value
