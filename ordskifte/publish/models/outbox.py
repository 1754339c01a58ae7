"""The outbox: everything that leaves, what became of it, and the receipt that proves it."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person
from ordskifte.plan.models import Channel


class Kind(models.TextChoices):
    POST = "post"
    REPLY = "reply"
    EDIT = "edit"
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    BLOCK = "block"
    UNBLOCK = "unblock"
    PROFILE = "profile"
    EMAIL = "email"


class State(models.TextChoices):
    WAITING = "waiting"  # for approval by another person
    SCHEDULED = "scheduled"  # leaves at `send_at`; can be withdrawn until it is claimed
    CLAIMED = "claimed"  # a worker has it; of a hand-off: it waits for a person, or a person has it
    SENT = "sent"  # the channel accepted it; not seen there yet
    CONFIRMED = "confirmed"  # seen on the channel
    UNKNOWN = "unknown"  # the worker ended between claim and receipt: the channel is looked at before anything else
    FAILED = "failed"  # did not leave; `reason` says why and what to do
    STOPPED = "stopped"  # held back by a person for all
    WITHDRAWN = "withdrawn"  # taken back before it left


class Outbox(models.Model):
    """One thing that leaves. Never deleted. The mark goes with it to the channel where the channel has room for one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField(choices=Kind.choices)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True)  # none: e-mail
    state = models.TextField(choices=State.choices)
    text = models.TextField(blank=True)  # exactly what leaves
    language = models.CharField(max_length=2, blank=True)
    subject = models.TextField(blank=True)  # e-mail
    to = models.TextField(blank=True)  # e-mail: the address
    thread_id = models.UUIDField(null=True, db_index=True)  # threads.Thread, for replies and measures
    target_id = models.UUIDField(null=True)  # threads.Utterance that is answered, hidden, edited, deleted
    target_external_id = models.TextField(blank=True)  # the same, as the channel names it
    details = models.JSONField(default=dict)  # what else the channel needs: {"until": ...} of a block
    digest = models.CharField(max_length=64, blank=True)  # of what leaves, when it was put in: nothing else may leave
    mark = models.UUIDField(default=uuid.uuid4, unique=True)  # idempotency key, and how we know it again
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: a rule
    needs_approval = models.BooleanField(default=False)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    wanted_at = models.DateTimeField()  # when it should have left
    send_at = models.DateTimeField()  # when it is tried next
    missed_at = models.DateTimeField(null=True)  # when we saw that the wanted time had passed; told, never passed over
    given_up_at = models.DateTimeField(null=True)  # what wanted it was undone: whatever became of it, never sent again
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.TextField(blank=True)  # worker's name, or person:<id>
    attempts = models.SmallIntegerField(default=0)
    looks = models.SmallIntegerField(default=0)  # how often the channel was looked at since it was last sent
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # confirmed, failed, withdrawn
    external_id = models.TextField(blank=True)  # what the channel called it
    permalink = models.TextField(blank=True)
    reason = models.TextField(blank=True)  # why it failed or is unknown: a fixed sentence (publish.reasons)
    note = models.TextField(blank=True)  # what a person said when they refused it or looked; masked

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["send_at"], condition=models.Q(state="scheduled"), name="outbox_due"),
            models.Index(fields=["state", "claimed_at"], name="outbox_state"),
        ]


class Receipt(models.Model):
    """What the channel answered when it took the thing, or what a person pasted back: kept as evidence. One a thing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outbox = models.OneToOneField(Outbox, on_delete=models.PROTECT, related_name="receipt")
    at = models.DateTimeField()
    external_id = models.TextField(blank=True)
    permalink = models.TextField(blank=True)
    version_id = models.UUIDField(null=True)  # threads.Version, when it has come back through intake
    evidence_id = models.BigIntegerField(null=True)  # records.EvidenceObject with the exchange
    evidence_offset = models.BigIntegerField(null=True)
    evidence_length = models.IntegerField(null=True)
