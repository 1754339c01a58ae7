"""Tokens for the read API: a program's own key to what one person may see."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ordskifte.people.models import Person, Role


class ApiToken(models.Model):
    """A key for a program: it sees what `person` sees through `roles`, while they are held. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()  # what it is for
    digest = models.BinaryField(max_length=32, unique=True)  # SHA-256 of the token; the token itself is not kept
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)  # the day, not the moment: enough to find keys nobody uses

    class Meta:
        ordering: ClassVar = ["ended_at", "-created_at"]

    def __str__(self) -> str:
        return self.name
