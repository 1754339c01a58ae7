"""Deposits that were ordered at the desk, and where each record stands in them."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person


class Deposit(models.Model):
    """A package made at the desk: what was asked for, how it went, what the checker said of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    start = models.DateField(null=True)  # none: from the first
    end = models.DateField(null=True)  # none: to the last
    profile = models.TextField(default="default")
    sip = models.BooleanField(default=False)
    state = models.TextField(default="waiting")  # waiting, running, done, failed, removed
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    figures = models.JSONField(default=dict)  # what `export noark5 --json` says
    report = models.JSONField(default=dict)  # what `check noark5 --json` says
    digest = models.TextField(blank=True)  # SHA-256 of the file; its key in the store
    size = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-ordered_at"], name="deposit_latest")]


class DepositLine(models.Model):
    """Where a record stands in a deposit: the line of arkivstruktur.xml with its systemID."""

    id = models.BigAutoField(primary_key=True)
    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="lines")
    record_id = models.UUIDField()
    line = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["record_id", "deposit"], name="one_line_in_a_deposit")]
        indexes: ClassVar = [models.Index(fields=["deposit", "line"], name="deposit_line")]
