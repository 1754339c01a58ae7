"""Making, ending and using the API's tokens."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.errors import OrdskifteError
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Grant, Person
from ordskifte.people.viewer import NOBODY, Viewer
from ordskifte.records.entry import record_act
from ordskifte.web.models import ApiToken

PREFIX: Final = "ordskifte_"
"""What every token starts with, so that one that is lost in a log or a repository can be recognised."""

LONGEST_NAME: Final = 100


class TokenError(OrdskifteError):
    """A token cannot be made as asked."""


@transaction.atomic
def create_token(name: str, person: Person, *, roles: Sequence[str], actor: str, at: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret, which is not kept. TokenError when the name is empty or the person lacks a role."""
    name = mask(" ".join(name.split()))[0]
    if not name or len(name) > LONGEST_NAME:
        raise TokenError(_("Say in at most 100 characters what the token is for."))
    held = set(Grant.objects.filter(person=person, ended_at=None).values_list("role", flat=True))
    if not person.is_active or not roles or not held.issuperset(roles):
        raise TokenError(_("Choose roles that the person has."))
    secret = PREFIX + token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name, digest=sha256(secret.encode()).digest(), person=person, roles=sorted(set(roles)), created_at=at
    )
    details = {"person": str(person.id), "roles": token.roles}
    record_act("token.created", actor=actor, at=at, record=token.id, details=details)
    return token, secret


@transaction.atomic
def end_token(token: ApiToken, *, actor: str, at: datetime) -> None:
    """End a token, from now on. Ending it again changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        record_act("token.ended", actor=actor, at=at, record=token.id)


def viewer_of_secret(secret: str, *, at: datetime) -> Viewer:
    """Who looks with this token; NOBODY when it is unknown, ended, or its person may do nothing any more."""
    digest = sha256(secret.encode("utf-8", "surrogatepass")).digest()
    token = ApiToken.objects.filter(digest=digest, ended_at=None, person__is_active=True).first()
    if token is None:
        return NOBODY
    grants = list(
        Grant.objects.filter(person=token.person_id, ended_at=None, role__in=token.roles).values_list(
            "role", "unit_id", "channel_id"
        )
    )
    if token.last_used != at.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used=at.date())
    return Viewer(
        person_id=token.person_id,
        roles=frozenset(role for role, _unit, _channel in grants),
        body_roles=frozenset(role for role, unit, channel in grants if not (unit or channel)),
        units=frozenset(unit for _role, unit, _channel in grants if unit),
        channels=frozenset(channel for _role, _unit, channel in grants if channel),
    )
