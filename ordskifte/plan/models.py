"""The channel register: every account or page the body has on a platform."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Unit


class Channel(models.Model):
    """One account or page on one platform. `external_id` is the account's own id there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    kind = models.CharField(max_length=32)  # mastodon, x, facebook, ... as in channels.registry
    external_id = models.TextField(blank=True)
    handle = models.TextField(blank=True)
    url = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    practice = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "external_id"], condition=~models.Q(external_id=""), name="one_channel_per_account"
            )
        ]

    def __str__(self) -> str:
        return self.name
