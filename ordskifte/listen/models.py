"""Imports: what was brought in, by whom, how it went."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.plan.models import Channel


class Import(models.Model):
    """One run of the import, from the command or the page. Its numbers are the report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.TextField()
    actor_name = models.TextField(blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12)  # waiting, running, done, stopped, failed
    failure = models.TextField(blank=True)
    names = models.JSONField(default=list)  # what the person gave, masked
    channel_name = models.TextField(blank=True)  # --channel
    keep = models.CharField(max_length=8)  # default keep-decision: own, all, later
    legal_basis = models.TextField()
    stop_asked = models.BooleanField(default=False)
    bytes_total = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    first_batch = models.BigIntegerField(null=True)  # ledger batches first .. last hold its entries
    last_batch = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-started_at"]


class ImportFile(models.Model):
    """One file of an import: items = utterances + versions + duplicates + other + problems."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True)
    path = models.TextField()
    kind = models.CharField(max_length=32)
    items = models.IntegerField(default=0)
    utterances = models.IntegerField(default=0)
    versions = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    other = models.IntegerField(default=0)
    media = models.IntegerField(default=0)
    problems = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]


class ImportProblem(models.Model):
    """One thing that could not be read, or (remark) was read with a doubt."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="listed")
    where = models.TextField()
    why = models.TextField()  # a fixed sentence of channels.reasons
    detail = models.TextField(blank=True)
    remark = models.BooleanField(default=False)
    utterance_id = models.UUIDField(null=True)  # the utterance it became, when it did

    class Meta:
        ordering: ClassVar = ["id"]


class Watch(models.Model):
    """How far a live channel has been read, and how it goes. The cursor is the channel's own word."""

    channel = models.OneToOneField(Channel, on_delete=models.PROTECT, primary_key=True)
    cursor = models.TextField(blank=True)
    succeeded_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)  # a fixed sentence of channels.reasons; "" while all is well
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)  # when it is asked next; none: now
    pause = models.IntegerField(default=60)  # seconds between two goes: shorter while something happens
    gap_told_at = models.DateTimeField(null=True)  # when a gap of more than a day was told
