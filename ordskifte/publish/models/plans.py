"""Campaigns, crises, and the figures that come back."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person
from ordskifte.publish.models.outbox import Outbox


class Campaign(models.Model):
    """Posts that belong together, with an end, and what is done then (R10: nothing is left standing by accident)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    purpose = models.TextField(blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField()
    close_down = models.TextField()  # what is done when it ends: pinned posts down, links moved, thanks said
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # when the owner was told that it has ended
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)  # what came of it, in words


class Crisis(models.Model):
    """While one is on: what was scheduled stands still, a banner says so, and promises are shorter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    says = models.TextField()  # what has happened: on the banner, for colleagues
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    stopped = models.JSONField(default=list)  # ids of the outbox rows it stopped
    promises = models.JSONField(default=list)  # [{"made": id, "before": id}]: shortened, and what held before

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(1), condition=models.Q(ended_at=None), name="one_crisis_at_a_time"),
        ]


class Figure(models.Model):
    """What a channel said about a post of ours on a day. Nothing is filled in: what it does not give is empty."""

    id = models.BigAutoField(primary_key=True)
    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, related_name="figures")
    at = models.DateTimeField()
    reactions = models.BigIntegerField(null=True)
    shares = models.BigIntegerField(null=True)
    replies = models.BigIntegerField(null=True)
    views = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["outbox", "-at"], name="figure_latest")]
