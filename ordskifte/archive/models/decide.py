"""Tables of deciding and keeping: the rules a body installed, what is undecided, what was purged, holds, disposals."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ordskifte.people.models import Person
from ordskifte.records.models import RecordClass


class RuleSet(models.Model):
    """A set of rules that the body installed beside those that came with the program. Never changed."""

    version = models.TextField(primary_key=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    content = models.JSONField()  # one set of archive/data/rules.json
    digest = models.CharField(max_length=64)  # SHA-256 of the content, canonical
    by = models.TextField()
    at = models.DateTimeField()


class KeepChoice(models.Model):
    """How long things wait, and where they are stored: the body's choice. Never changed: the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purge_days = models.SmallIntegerField(default=90)  # what is left out is purged after so many days
    warn_days = models.SmallIntegerField(default=7)  # undecided longer is warned of
    place = models.TextField(blank=True)  # where the home, the database and the store are: town, firm
    country = models.CharField(max_length=2, default="NO")
    backup_place = models.TextField(blank=True)
    backup_country = models.CharField(max_length=2, default="NO")
    responsible = models.TextField(blank=True)  # who answers for the archive
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="keep_choice_latest")]


class Undecided(models.Model):
    """A record that waits for its decision, with the proposal. The row goes when the decision comes."""

    record_id = models.UUIDField(primary_key=True)
    record_kind = models.TextField(default="utterance")
    thread_id = models.UUIDField()
    channel_id = models.UUIDField()
    private = models.BooleanField()
    ours = models.BooleanField()
    deleted = models.BooleanField()  # its author deleted it on the platform: decided first
    at = models.DateTimeField()  # when it was said
    since = models.DateTimeField()  # when it came to us
    outcome = models.TextField(blank=True)  # the proposal; "": not made yet
    rule = models.TextField(blank=True)
    rule_version = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(models.F("deleted").desc(), "at", "record_id", name="undecided_order"),
            models.Index(fields=["since"], condition=models.Q(ours=False), name="undecided_since"),
            models.Index(fields=["rule", "rule_version", "record_id"], name="undecided_rule"),
            models.Index(fields=["record_id"], condition=models.Q(outcome=""), name="undecided_unread"),
        ]


class Purged(models.Model):
    """A record that was left out and whose content is gone: which reason, never what."""

    record_id = models.UUIDField(primary_key=True)
    decision_id = models.UUIDField()
    reason = models.TextField()
    rule_version = models.TextField()
    deleted = models.BooleanField()  # its author had deleted it on the platform
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="purged_at")]


class Hold(models.Model):
    """A legal hold: stops purge, disposal and erasure of what it covers, until a person ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()  # utterance, thread, author, channel
    target_id = models.UUIDField()
    why = models.TextField()  # masked
    basis = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "target_id"], condition=models.Q(ended_at=None), name="one_standing_hold"
            )
        ]


class Disposal(models.Model):
    """A list of records to be disposed of (kassasjon): one person proposes, another one carries it out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_class = models.ForeignKey(RecordClass, on_delete=models.PROTECT)
    year = models.SmallIntegerField()  # closed in this year or before
    basis = models.TextField()  # section, or the permission
    state = models.TextField(default="proposed")  # proposed, running, done, refused
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)


class DisposalItem(models.Model):
    """One record of a list. What is left of it afterwards: that it was, and who disposed of it when."""

    id = models.BigAutoField(primary_key=True)
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    record_id = models.UUIDField()
    said_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)  # kassertDato
    disposed_by = models.TextField(blank=True)  # kassertAv: actor
    kept_why = models.TextField(blank=True)  # on the list, and not disposed of: hold, journal, kept

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disposal", "record_id"], name="once_per_disposal"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["record_id"], name="disposal_item_record"),
        ]


class PrivacyRequest(models.Model):
    """Somebody asks to have what they said erased: what was erased, what stays and why. Never the erased words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authors = ArrayField(models.UUIDField())
    arrived_at = models.DateTimeField()
    due_at = models.DateTimeField()  # GDPR art. 12 (3): a month
    state = models.TextField(default="open")  # open, running, answered
    erased = models.IntegerField(default=0)
    kept = models.JSONField(default=dict)  # why -> how many
    language = models.CharField(max_length=2, default="nb")
    letter = models.TextField(blank=True)  # the answer as it was given; names nobody
    by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-arrived_at"], name="privacy_latest")]
