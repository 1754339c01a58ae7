"""Passkeys (WebAuthn level 2): discoverable, with user verification, so that one is enough to sign in.

A passkey belongs to the host name the page was opened under; nothing else is asked of the authenticator.
"""

import struct
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from fido2 import cbor
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ordskifte.base.text import storable
from ordskifte.people.errors import PeopleError, SignInError
from ordskifte.people.models import Passkey, Person
from ordskifte.records.entry import record_act

LIMIT = 20  # passkeys a person may have
PARTS = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
UNBELIEVABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, NotImplementedError),
    *(struct.error, RecursionError, UnsupportedAlgorithm),
)
"""What fido2 and cryptography raise over bytes that no authenticator would send."""


def host_name(host: str) -> str:
    """The host of a Host header, without its port."""
    return host.rsplit(":", 1)[0] if not host.endswith("]") else host


def possible_on(host: str) -> bool:
    """Passkeys need a name: browsers refuse them where the page was opened by a number."""
    try:
        ip_address(host_name(host).strip("[]"))
    except ValueError:
        return True
    return False


def begin_adding(person: Person, *, host: str, origin: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(options for the browser, state for the session)."""
    known = [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(passkey.credential_id))
        for passkey in person.passkeys.all()
    ]
    options, state = _server(host, origin).register_begin(
        PublicKeyCredentialUserEntity(id=person.id.bytes, name=person.email, display_name=person.name),
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


@transaction.atomic
def add_passkey(
    person: Person,
    answer: Mapping[str, Any],
    *,
    state: Mapping[str, Any],
    name: str,
    host: str,
    origin: str,
    at: datetime,
) -> Passkey:
    """Keep the passkey that the browser made. PeopleError when its answer does not hold."""
    refused = PeopleError(_("The passkey was not accepted. Try again."))
    try:
        made = _server(host, origin).register_complete(state, _plain(answer)).credential_data
    except UNBELIEVABLE as error:
        raise refused from error
    if made is None or isinstance(made.public_key, UnsupportedKey) or person.passkeys.count() >= LIMIT:
        raise refused
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                person=person,
                name=storable(name).strip()[:80] or _("Passkey"),
                credential_id=made.credential_id,
                credential=bytes(made),
                added_at=at,
            )
    except IntegrityError as error:
        raise PeopleError(_("This passkey is in use already.")) from error
    details = {"passkey": str(passkey.id)}
    record_act("passkey.added", actor=f"person:{person.id}", at=at, record=person.id, details=details)
    return passkey


@transaction.atomic
def remove_passkey(person: Person, passkey_id: UUID, *, at: datetime) -> None:
    """Take away one of a person's own passkeys. The last way in is never taken away."""
    kept = Person.objects.select_for_update().get(id=person.id)
    others = Passkey.objects.filter(person=kept).exclude(id=passkey_id).exists()
    if not (others or kept.has_usable_password() or kept.identities.exists()):
        raise PeopleError(_("This is your only way in. Add another passkey first."))
    if Passkey.objects.filter(person=kept, id=passkey_id).delete()[0]:
        details = {"passkey": str(passkey_id)}
        record_act("passkey.removed", actor=f"person:{kept.id}", at=at, record=kept.id, details=details)


def begin_signing_in(*, host: str, origin: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(options for the browser, state for the session); the browser shows the passkeys it has for this host."""
    options, state = _server(host, origin).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def recognise(answer: Mapping[str, Any], *, state: Mapping[str, Any], host: str, origin: str, at: datetime) -> Person:
    """The person whose passkey signed the challenge. SignInError when it does not hold."""
    refused = SignInError(_("This passkey is not known here."))
    try:
        said = AuthenticationResponse.from_dict(_plain(answer))
        passkey = Passkey.objects.select_related("person").filter(credential_id=said.raw_id).first()
        if passkey is None or not passkey.person.is_active:
            raise refused
        if said.response.user_handle not in (None, passkey.person_id.bytes):
            raise refused
        kept = AttestedCredentialData(bytes(passkey.credential))
        _server(host, origin).authenticate_complete(state, [kept], said)
    except UNBELIEVABLE as error:
        raise refused from error
    counter = said.response.authenticator_data.counter
    if counter <= passkey.counter and (counter or passkey.counter):  # WebAuthn 7.2 step 22: perhaps a copy
        raise refused
    Passkey.objects.filter(id=passkey.id).update(counter=counter, used_at=at)
    return passkey.person


def _plain(answer: object) -> dict[str, Any]:
    """What fido2 may read of a browser's answer: text, and nothing else.

    Where fido2 wants bytes it calls `bytes(value)`, and `bytes(10**10)` is ten gigabytes: with a number, also in the
    CBOR, anyone could fill the memory from the sign-in page.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise ValueError("not an answer")
    said = {name: value for name, value in answer["response"].items() if name in PARTS and isinstance(value, str)}
    if "attestationObject" in said:
        statement = cbor.decode(websafe_decode(said["attestationObject"]))
        if not isinstance(statement, dict) or not isinstance(statement.get("authData"), bytes):
            raise ValueError("not an attestation")
    named = str(answer.get("rawId"))
    return {"id": named, "rawId": named, "type": "public-key", "response": said, "clientExtensionResults": {}}


def _server(host: str, origin: str) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=host_name(host), name="Ordskifte")
    return Fido2Server(party, verify_origin=lambda said: said == origin)
