"""The body, its units, the persons who work there, and what each may do."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class Body(models.Model):
    """The public body this installation belongs to (D4: one per installation; arkivskaper and controller)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    org_number = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=2, default="nb")
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(1), name="one_body_per_installation"),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An office of the body. Threads of a sensitive unit are seen only by that unit and the archivist."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    sensitive = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who works here. Never deleted: an act must always know who did it; `is_active` ends the access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    language = models.CharField(max_length=2, default="nb")
    scheme = models.CharField(
        max_length=5, default="auto", choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")]
    )
    keys = models.BooleanField(default=True)  # single-key shortcuts (WCAG 2.1.4)
    break_glass = models.BooleanField(default=False)  # the sealed account; its use alarms
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used; roles are (`people.rules`)."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Role(models.TextChoices):
    """Permission roles (design.md 5)."""

    ADMINISTRATOR = "administrator"
    OWNER = "owner"
    DEPUTY = "deputy"
    EDITOR = "editor"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    MODERATOR = "moderator"
    CASEWORKER = "caseworker"
    COMPLAINT_HANDLER = "complaint_handler"
    CRISIS_LEAD = "crisis_lead"
    ARCHIVIST = "archivist"
    LEADER = "leader"
    DPO = "dpo"
    AUDITOR = "auditor"


class Grant(models.Model):
    """A role given to a person for the body, a unit or a channel. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    channel_id = models.UUIDField(null=True, blank=True)  # the channel lies above this package: an id, no key
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "unit", "channel_id"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="one_open_grant",
            ),
            models.CheckConstraint(
                condition=models.Q(unit=None) | models.Q(channel_id=None), name="grant_for_unit_or_channel"
            ),
        ]


class Session(AbstractBaseSession):
    """A session of the web. The columns beside Django's own say whose it is, so that it can be shown and ended."""

    # What pages call it; the key itself is a secret. Not unique: while Django changes the key there are two rows.
    id = models.UUIDField(db_index=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sessions", null=True)
    way = models.CharField(max_length=12, blank=True)  # passkey, oidc, password, break_glass, demo
    agent = models.TextField(blank=True)  # the browser's own name
    started_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        pass

    @property
    def browser(self) -> str:
        """The browser in words one knows: "Firefox, Windows"."""
        names = ("Edg", "OPR", "Firefox", "Chrome", "Safari")  # in this order: each claims to be those behind it
        machines = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")
        found = [next((name for name in known if name in self.agent), "") for known in (names, machines)]
        shown = {"Edg": "Edge", "OPR": "Opera"}
        return ", ".join(shown.get(name, name) for name in found if name) or "?"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        from ordskifte.people.sessions import SessionStore

        return SessionStore


class Passkey(models.Model):
    """A WebAuthn credential of a person. Holds no secret: only the public key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passkeys")
    name = models.TextField()  # what the person calls it
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()  # WebAuthn attested credential data: AAGUID, id, COSE public key
    counter = models.BigIntegerField(default=0)  # signature counter; most authenticators keep it at 0
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["added_at"]


class Identity(models.Model):
    """Who a person is at an OpenID provider: the subject never changes, the e-mail may."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    issuer = models.TextField()
    subject = models.TextField()
    linked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_subject")]


class Invitation(models.Model):
    """A one-time way in. Only a digest of the link's secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    digest = models.BinaryField(unique=True)  # SHA-256 of the secret in the link
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # accepted, replaced or withdrawn


class Attempt(models.Model):
    """A password that was tried, counted before it is checked. Rows older than the window are swept."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, db_index=True)  # SHA-256 of the account or of the address
    at = models.DateTimeField()


class BreakGlassUse(models.Model):
    """A sign-in with the sealed account. Alarms every administrator until one of them has seen it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    address = models.TextField(blank=True)  # where from, as the web server saw it
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
