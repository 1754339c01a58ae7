"""What a browser may answer and not be believed. A real browser's passkeys are tried in tests/peers/test_passkey.py."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from fido2 import cbor
from fido2.utils import websafe_encode
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from ordskifte.people import acts, passkeys
from ordskifte.people.errors import PeopleError, SignInError
from ordskifte.people.models import Passkey, Person, Session
from ordskifte.people.passkeys import possible_on
from tests.people.conftest import AT, entries

As = Callable[[Person | None], Client]
pytestmark = pytest.mark.django_db

HERE = {"host": "localhost:8000", "origin": "http://localhost:8000"}
SHAPED = st.fixed_dictionaries(
    {
        "id": st.just("AQ"),
        "rawId": st.just("AQ"),
        "type": st.sampled_from(["public-key", "other"]),
        "response": st.dictionaries(
            st.sampled_from(["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]),
            st.one_of(st.text(max_size=60), st.none(), st.integers()),
        ),
        "clientExtensionResults": st.just({}),
    }
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("host", "possible"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("ordskifte.eksempel.no", True),
        ("127.0.0.1:8000", False),
        ("127.0.0.1", False),
        ("[::1]:8000", False),
        ("[::1]", False),
    ],
)
def test_passkeys_need_a_name(host: str, possible: bool) -> None:
    assert possible_on(host) is possible


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(answer=st.one_of(SHAPED, ANYTHING))
def test_hostile_answers_are_refused_and_nothing_more(administrator: Person, answer: object) -> None:
    _, state = passkeys.begin_signing_in(**HERE)
    with pytest.raises(SignInError):
        passkeys.recognise(answer, state=state, **HERE, at=AT)  # type: ignore[arg-type]  # that is the point
    _, state = passkeys.begin_adding(administrator, **HERE)
    with pytest.raises(PeopleError):
        passkeys.add_passkey(administrator, answer, state=state, name="n", **HERE, at=AT)  # type: ignore[arg-type]
    assert Passkey.objects.count() == 0


HUGE = 1 << 45  # bytes that nobody has
CLIENT = websafe_encode(json.dumps({"type": "webauthn.create", "challenge": "AA", "origin": HERE["origin"]}).encode())
DEEP = websafe_encode(bytes(32) + b"\x81" + bytes(4) + b"\x81" * 5000)


@pytest.mark.parametrize(
    "response",
    [
        {"clientDataJSON": CLIENT, "attestationObject": HUGE},
        {"clientDataJSON": CLIENT, "authenticatorData": HUGE, "signature": HUGE},
        {"clientDataJSON": CLIENT, "attestationObject": websafe_encode(cbor.encode({"authData": HUGE, "fmt": "none"}))},
        {"clientDataJSON": CLIENT, "attestationObject": websafe_encode(b"\x9b" + b"\xff" * 8)},
        {"clientDataJSON": CLIENT, "attestationObject": websafe_encode(b"\x81" * 5000)},
        {"clientDataJSON": CLIENT, "authenticatorData": DEEP, "signature": "AA"},
    ],
)
def test_an_answer_cannot_ask_for_memory(administrator: Person, response: dict[str, object]) -> None:
    key = Passkey.objects.create(person=administrator, name="p", credential_id=b"\1", credential=b"2", added_at=AT)
    answer = {"rawId": "AQ", "response": response}
    _, state = passkeys.begin_signing_in(**HERE)
    with pytest.raises(SignInError):
        passkeys.recognise(answer, state=state, **HERE, at=AT)
    _, state = passkeys.begin_adding(administrator, **HERE)
    with pytest.raises(PeopleError):
        passkeys.add_passkey(administrator, answer, state=state, name="n", **HERE, at=AT)
    assert list(Passkey.objects.values_list("id", flat=True)) == [key.id]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"credential": 7}', b"[" * 5000, b" " * 200_000]
)
def test_a_sign_in_with_rubbish_is_refused(administrator: Person, as_: As, body: bytes) -> None:
    client = as_(None)
    assert client.post("/sign-in/passkey/begin/", HTTP_HOST="localhost").status_code == 200
    response = client.post("/sign-in/passkey/complete/", body, content_type="application/json", HTTP_HOST="localhost")
    assert (response.status_code, list(response.json())) == (403, ["error"])
    assert Session.objects.exclude(person=None).count() == 0


def test_a_challenge_counts_once(administrator: Person, as_: As) -> None:
    client = as_(None)
    assert client.post("/sign-in/passkey/complete/", b"{}", content_type="application/json").status_code == 403
    options = client.post("/sign-in/passkey/begin/", HTTP_HOST="localhost").json()["publicKey"]
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")
    assert "passkey" in client.session
    client.post("/sign-in/passkey/complete/", b"{}", content_type="application/json")
    assert "passkey" not in client.session


def test_an_invitation_with_a_bad_passkey_is_not_used_up(administrator: Person, client: Client) -> None:
    from ordskifte.base.clock import now

    person, secret = acts.invite("kim@eksempel.no", "Kim", roles=[], actor="system:command", at=now())
    before = len(entries())
    address = f"/sign-in/invitation/{secret}/passkey"
    options = client.post(f"{address}/begin/", HTTP_HOST="localhost").json()["publicKey"]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    body = json.dumps({"credential": {"rawId": "AQ"}})
    assert client.post(f"{address}/complete/", body, content_type="application/json").status_code == 403
    person.refresh_from_db()
    assert (person.is_active, len(entries())) == (False, before)
    assert acts.open_invitation(secret, at=now()) is not None


@pytest.mark.parametrize("way", ["passkey/begin", "passkey/complete"])
def test_an_invitation_nobody_made_leads_nowhere(administrator: Person, client: Client, way: str) -> None:
    assert client.post(f"/sign-in/invitation/unknown/{way}/").status_code == 403
    assert client.get("/sign-in/invitation/unknown/").status_code == 404
    assert client.get("/sign-in/invitation/unknown/oidc/").status_code == 404


@pytest.mark.parametrize("field", ["rawId", "id"])
def test_a_number_for_bytes_takes_no_memory(administrator: Person, field: str) -> None:
    answer = {"id": "YQ", "rawId": "YQ", "response": {}, "type": "public-key", field: 10**12}
    _, state = passkeys.begin_signing_in(**HERE)
    with pytest.raises(SignInError):
        passkeys.recognise(answer, state=state, **HERE, at=AT)
