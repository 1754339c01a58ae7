"""The journal's own tables: what the body chose, deliveries to its case system, documents set free, access requests."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person
from ordskifte.publish.models import Outbox
from ordskifte.records.models import Case, JournalEntry


class JournalChoice(models.Model):
    """What the body has chosen about its journal. Never changed: the newest counts, and the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public = models.BooleanField(default=False)  # the public journal is shown: the body's own choice
    way = models.TextField(default="folder")  # folder, http (Fiks Arkiv), noark5 (tjenestegrensesnitt)
    address = models.TextField(blank=True)  # of http and noark5
    series = models.TextField(blank=True)  # noark5: systemID of the arkivdel that cases are made in
    secret = models.BinaryField(null=True)  # what opens the case system's door, sealed with the home's key
    codes = models.JSONField(default=dict)  # the standard's word -> the code the case system wants
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="journal_choice_latest")]


class Delivery(models.Model):
    """One entry on its way to the body's case system. Its external key is the entry's id: a retry has the same one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="delivery")
    state = models.TextField(default="waiting")  # waiting, sent (no receipt yet), received, refused
    way = models.TextField(blank=True)  # how it went, when it went
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # when it is tried next; none: when a person says so
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)  # the last trouble: a fixed code (archive.delivery.TROUBLE)
    said = models.TextField(blank=True)  # what the case system said of it, masked
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the message as sent
    receipt = models.TextField(blank=True)  # as it came
    made = models.JSONField(default=dict)  # noark5: what has been made there so far, by address

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=models.Q(state__in=["waiting", "sent"]), name="delivery_waiting"
            ),
            models.Index(fields=["-made_at"], name="delivery_latest"),
        ]


class Release(models.Model):
    """A document that anyone may read in the public journal: a person has checked it (offentlegforskrifta § 7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="releases")
    version_id = models.UUIDField()  # the version that was checked; a later one is not set free by it
    shieldings = models.CharField(max_length=64)  # digest of the shieldings it was checked with
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry"], condition=models.Q(ended_at=None), name="one_standing_release")
        ]


class AccessRequest(models.Model):
    """A request for access (innsynskrav) to an entry or a case, with its clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, null=True, related_name="requests")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="requests")
    words = models.TextField(blank=True)  # what is asked for; masked
    name = models.TextField(blank=True)  # nobody need say who they are
    email = models.TextField()
    language = models.CharField(max_length=2, default="nb")
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField()
    promise = models.TextField()  # version of the promise the clock came from (archive/data/access.json)
    state = models.TextField(default="open")  # open, granted, partly, refused, withdrawn
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    basis = models.TextField(blank=True)  # why not, or not all: the section
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(blank=True)
    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="access_open"),
            models.Index(fields=["-arrived_at"], name="access_latest"),
        ]


class Redaction(models.Model):
    """One place where something was taken out before an answer left: where and why, never what."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="redactions")
    record_id = models.UUIDField()
    place = models.TextField()  # text, author, title, pictures, whole
    start = models.IntegerField(null=True)  # of text: from which character of the full text, and how many
    length = models.IntegerField(null=True)
    basis = models.TextField()
    shielding_id = models.UUIDField()
    by = models.TextField()
    at = models.DateTimeField()
