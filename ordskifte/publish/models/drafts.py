"""What is written before it leaves: one message, variants, pictures, editions, questions, comments."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person, Unit
from ordskifte.plan.models import Channel, Topic
from ordskifte.publish.models.plans import Campaign


class DraftState(models.TextChoices):
    WRITING = "writing"
    ASKED = "asked"  # other persons look at it; the text cannot change meanwhile
    PLACED = "placed"  # it stands in the outbox
    DROPPED = "dropped"  # nobody goes on with it


class Draft(models.Model):
    """One message. `texts` has its written forms; a variant of one's own is the exception."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.TextField(choices=DraftState.choices, default=DraftState.WRITING)
    title = models.TextField()  # for colleagues; never sent
    texts = models.JSONField(default=dict)  # {"nb", "nn", "en"}
    machine = models.JSONField(default=dict)  # {"nn": digest}: a machine's words that nobody has edited; never sent
    source_url = models.TextField(blank=True)  # the full text on our own site
    audience = models.TextField(blank=True)  # who it is for
    purpose = models.TextField(blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    important = models.BooleanField(default=False)  # people must get to know it: it stands on our own site too (R9)
    pending = models.BooleanField(default=False)  # it is about a matter that elected members have not decided
    four_eyes = models.BooleanField(default=False)  # the writer wants another look, whatever the topic says
    ask_all = models.BooleanField(default=False)  # everyone who is asked must say yes; else one is enough
    crisis = models.BooleanField(default=False)  # it is about the crisis that is on: not stopped by it
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True)
    series_id = models.UUIDField(null=True, db_index=True)  # drafts of one series share it
    wanted_at = models.DateTimeField(null=True)  # none: as soon as it is approved
    expires_on = models.DateField(null=True)  # the day from which it is no longer true
    passed = models.JSONField(default=dict)  # {check: {"reason", "by", "at", "digest"}}
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    serial = models.IntegerField(default=1)  # counts saves: two writers cannot overwrite each other unseen
    missed_at = models.DateTimeField(null=True)  # its time passed while it waited; told
    expired_at = models.DateTimeField(null=True)  # when the owner was told that it is no longer true
    alone_at = models.DateTimeField(null=True)  # sent in a crisis without a second person
    alone_why = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "wanted_at"], name="draft_when"),
            models.Index(fields=["-saved_at"], name="draft_latest"),
        ]

    def __str__(self) -> str:
        return self.title


class Variant(models.Model):
    """The message on one channel. Without words of its own it follows the message, in its written form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    language = models.CharField(max_length=2, default="nb")
    own = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    split = models.BooleanField(default=False)  # a text that is too long leaves as a thread
    parts = models.JSONField(default=list)  # [{"text", "outbox"}]: what was placed, part by part

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "channel"], name="one_variant_per_channel")]


class Picture(models.Model):
    """A picture or film of a draft. Its bytes lie in the store by their digest; described, or marked decorative."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pictures")
    number = models.SmallIntegerField()
    digest = models.CharField(max_length=64)
    media_type = models.TextField()  # as its bytes say
    size = models.BigIntegerField()
    name = models.TextField(blank=True)
    alt = models.TextField(blank=True)
    decorative = models.BooleanField(default=False)
    holds_text = models.BooleanField(null=True)  # what a person answered; none: nobody has been asked
    captions = models.CharField(max_length=64, blank=True)  # digest of a WebVTT file in the store

    class Meta:
        ordering: ClassVar = ["number", "id"]

    @property
    def film(self) -> bool:
        return self.media_type.startswith("video/")


class Edition(models.Model):
    """A draft as it was when somebody left off: what one can go back to."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="editions")
    number = models.IntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "number"], name="one_edition_per_number")]


class Asked(models.Model):
    """A person was asked to approve a draft; the answer is about exactly the bytes of `digest`."""

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    answer = models.TextField(blank=True)  # yes, no, or "" while waiting
    answered_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    void = models.BooleanField(default=False)  # the text has changed since

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "person"], condition=models.Q(void=False), name="one_question_per_person"
            )
        ]


class Comment(models.Model):
    """What a colleague said about a draft. Never sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()


class LinkTried(models.Model):
    """Whether an address in a draft answered when we last asked."""

    url = models.TextField(primary_key=True)
    at = models.DateTimeField()
    answers = models.BooleanField()
    status = models.SmallIntegerField(null=True)
