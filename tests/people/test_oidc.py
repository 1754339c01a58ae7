"""What a provider may say and not be believed. The provider is a function behind httpx's own mock transport."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

from ordskifte.people.oidc import LIMIT, Claims, OidcError, Pending, begin, finish
from ordskifte.people.provider import Provider, oidc_from

ISSUER = "https://id.eksempel.no"
PROVIDER = Provider(ISSUER, "ordskifte", "hemmelig&", "Eksempel ID")
KEY = generate_private_key(SECP256R1())
ANOTHER = generate_private_key(SECP256R1())
BACK = "https://ordskifte.eksempel.no/sign-in/oidc/answer/"
Answers = dict[str, Any]


def found(**more: object) -> Answers:
    """The provider's description of itself."""
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize?tenant=1",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/keys",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
    } | more


def token(expected: str, key: Any = KEY, algorithm: str = "ES256", **more: object) -> str:
    """An ID token; `more` changes its claims, None leaves one out."""
    claims = {
        "iss": ISSUER,
        "sub": "kim-1",
        "aud": "ordskifte",
        "iat": int(time()),
        "exp": int(time()) + 300,
        "nonce": expected,
        "email": "kim@eksempel.no",
        "email_verified": True,
    } | more
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "one"})


def client(answers: Answers, asked: list[httpx.Request] | None = None) -> httpx.Client:
    """A client whose every request is answered from `answers`, by path."""
    keys = {"keys": [ECAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "one"}]}
    all_answers: Answers = {"/.well-known/openid-configuration": found(), "/keys": keys} | answers

    def answer(request: httpx.Request) -> httpx.Response:
        if asked is not None:
            asked.append(request)
        said = all_answers.get(request.url.path)
        if isinstance(said, httpx.Response):
            return said
        return httpx.Response(200, json=said) if said is not None else httpx.Response(404)

    return httpx.Client(transport=httpx.MockTransport(answer))


def come_back(make: Callable[[str], Answers], **query: str) -> Claims:
    """A whole sign-in; `make` is given the nonce and makes the provider's answers."""
    with client({}) as http:
        address, pending = begin(PROVIDER, BACK, http)
    state = parse_qs(urlsplit(address).query)["state"][0]
    with client(make(pending.nonce)) as http:
        return finish(PROVIDER, pending, {"state": state, "code": "c"} | query, http)


def with_token(**more: Any) -> Callable[[str], Answers]:
    return lambda nonce: {"/token": {"id_token": token(nonce, **more), "access_token": "a"}}


def test_the_first_step_asks_for_what_it_should() -> None:
    with client({}) as http:
        address, pending = begin(PROVIDER, BACK, http)
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert (parts.netloc, parts.path, query.pop("tenant")) == ("id.eksempel.no", "/authorize", "1")
    assert len(query.pop("code_challenge")) == 43
    assert query == {
        "response_type": "code",
        "client_id": "ordskifte",
        "redirect_uri": BACK,
        "scope": "openid email profile",
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge_method": "S256",
    }
    assert Pending(**pending.as_dict()) == pending


def test_a_good_answer_is_believed() -> None:
    assert come_back(with_token()) == Claims(ISSUER, "kim-1", "kim@eksempel.no")


@pytest.mark.parametrize(
    ("said", "email"), [(True, "k@e.no"), ("true", "k@e.no"), (False, ""), (None, ""), (1, ""), ("yes", "")]
)
def test_an_address_counts_only_when_it_is_verified(said: object, email: str) -> None:
    assert come_back(with_token(email="k@e.no", email_verified=said)).email == email


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"exp": int(time()) - 3600},
        {"iat": int(time()) + 3600},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"azp": "another"},
        {"key": ANOTHER},
    ],
)
def test_a_token_that_does_not_hold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(OidcError):
        come_back(with_token(**change))


def test_a_token_without_a_signature_or_signed_with_what_is_public_is_refused() -> None:
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def forged(nonce: str, key: bytes) -> str:
        header = urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=")
        signed = header + b"." + token(nonce).split(".")[1].encode()
        return (signed + b"." + urlsafe_b64encode(hmac.digest(key, signed, "sha256")).rstrip(b"=")).decode()

    with pytest.raises(OidcError):
        come_back(with_token(key="", algorithm="none"))
    with pytest.raises(OidcError):
        come_back(lambda nonce: {"/token": {"id_token": forged(nonce, public)}})
    with pytest.raises(OidcError):
        come_back(lambda nonce: {"/token": {"id_token": forged(nonce, PROVIDER.client_secret.encode())}})


@pytest.mark.parametrize("said", ["", "a.b.c", "x" * 100_000, None, 7, ["list"]])
def test_what_is_no_token_is_refused(said: object) -> None:
    with pytest.raises(OidcError):
        come_back(lambda _: {"/token": {"id_token": said}})


@pytest.mark.parametrize(
    "answers",
    [
        {"/keys": {"keys": []}},
        {"/keys": {}},
        {"/keys": {"keys": "no"}},
        {"/token": httpx.Response(400, json={"error": "invalid_grant"})},
        {"/token": httpx.Response(302, headers={"Location": "http://169.254.169.254/"})},
        {"/token": httpx.Response(200, content=b"not json")},
        {"/token": httpx.Response(200, content=b"\xff\xfe")},
        {"/token": httpx.Response(200, json=["list"])},
        {"/token": httpx.Response(200, content=b" " * (LIMIT + 1))},
        {"/.well-known/openid-configuration": found(issuer="https://evil.example")},
        {"/.well-known/openid-configuration": found(token_endpoint="http://id.eksempel.no/token")},
        {"/.well-known/openid-configuration": found(token_endpoint=None)},
        {"/.well-known/openid-configuration": found(jwks_uri="file:///etc/passwd")},
    ],
)
def test_a_provider_that_answers_wrongly_is_refused(answers: Answers) -> None:
    with pytest.raises(OidcError):
        come_back(lambda nonce: with_token()(nonce) | answers)


def test_the_address_may_come_from_userinfo_about_the_same_person() -> None:
    without = with_token(email=None, email_verified=None)
    more = {"sub": "kim-1", "email": "kim@eksempel.no", "email_verified": True}
    assert come_back(lambda nonce: without(nonce) | {"/userinfo": more}).email == "kim@eksempel.no"
    with pytest.raises(OidcError):
        come_back(lambda nonce: without(nonce) | {"/userinfo": more | {"sub": "another"}})


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"state": "æ"}, {"iss": "https://evil.example"}, {"error": "access_denied"}]
)
def test_an_answer_with_a_wrong_query_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(OidcError):
        come_back(with_token(), **query)


@pytest.mark.parametrize(
    ("methods", "secret", "form", "header"),
    [
        (None, "s:/ +", {}, "Basic b3Jkc2tpZnRlOnMlM0ElMkYlMjAlMkI="),
        (["client_secret_post"], "s", {"client_id": "ordskifte", "client_secret": "s"}, None),
        (["none"], "", {"client_id": "ordskifte"}, None),
    ],
)
def test_we_say_who_we_are_as_the_provider_wants(
    methods: list[str] | None, secret: str, form: dict[str, str], header: str | None
) -> None:
    provider = Provider(ISSUER, "ordskifte", secret, "Eksempel ID")
    pending = Pending("s", "n", "v" * 43, BACK)
    described = found(**({"token_endpoint_auth_methods_supported": methods} if methods else {}))
    asked: list[httpx.Request] = []
    answers = {"/.well-known/openid-configuration": described, "/token": {"id_token": token("n")}}
    with client(answers, asked) as http:
        finish(provider, pending, {"state": "s", "code": "c"}, http)
    request = next(one for one in asked if one.url.path == "/token")
    sent = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
    common = {"grant_type": "authorization_code", "code": "c", "redirect_uri": BACK, "code_verifier": "v" * 43}
    assert (sent, request.headers.get("Authorization")) == (common | form, header)


def test_the_settings_are_read_with_the_secret_from_a_file(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("hemmelig\n")
    environ = {
        "ORDSKIFTE_OIDC_ISSUER": ISSUER,
        "ORDSKIFTE_OIDC_CLIENT_ID": "ordskifte",
        "ORDSKIFTE_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
    }
    assert oidc_from(environ) == Provider(ISSUER, "ordskifte", "hemmelig", "id.eksempel.no")
    assert oidc_from({}) is None
