"""The body, its units, the persons who work there, and what each may do."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


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
    scheme = models.CharField(max_length=5, default="auto", choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")])
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
