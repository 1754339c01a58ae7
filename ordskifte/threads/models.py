"""What was said: utterances and their versions, by authors, in threads. Written only by `threads.record_versions`."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from ordskifte.plan.models import Channel
from ordskifte.records.models import EvidenceObject


class Author(models.Model):
    """An account seen on a channel, as it last called itself. Id: `base.ids.author_id`."""

    id = models.UUIDField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    external_id = models.TextField()
    handle = models.TextField(blank=True)
    name = models.TextField(blank=True)
    url = models.TextField(blank=True)
    ours = models.BooleanField()
    salt = models.BinaryField(null=True)  # of its ledger entry; gone when erased
    erased_at = models.DateTimeField(null=True)


class Thread(models.Model):
    """A conversation. Its id is the utterance id of the topmost thing known to be in it, seen or not, or of the
    platform's conversation; so replies that come before their parent already stand together."""

    id = models.UUIDField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    title = models.TextField(blank=True)  # the first utterance's title, or its first words, masked
    title_at = models.DateTimeField(null=True)  # time of the utterance the title came from: the earliest wins
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    utterances = models.IntegerField()
    ours = models.IntegerField()  # how many of them are the body's
    has_media = models.BooleanField()
    edited = models.BooleanField()
    deleted = models.BooleanField()
    private = models.BooleanField()  # holds a private message
    languages = ArrayField(models.TextField(), default=list)  # as declared

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-last_at", "-id"], name="thread_latest"),
            models.Index(fields=["channel", "-last_at", "-id"], name="thread_channel_latest"),
            models.Index(fields=["-last_at", "-id"], condition=models.Q(has_media=True), name="thread_media"),
            models.Index(fields=["-last_at", "-id"], condition=models.Q(edited=True), name="thread_edited"),
            models.Index(fields=["-last_at", "-id"], condition=models.Q(deleted=True), name="thread_deleted"),
            GinIndex(fields=["languages"], name="thread_languages"),
        ]


class Utterance(models.Model):
    """One thing said (ytring), by us or to us. Id: `base.ids.utterance_id`."""

    id = models.UUIDField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    parent_id = models.UUIDField(null=True)  # may never have been seen: no key
    external_id = models.TextField()  # masked like every text
    author = models.ForeignKey(Author, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    kind = models.TextField()  # channels.contract.Kind of its first version
    ours = models.BooleanField()
    private = models.BooleanField()
    published = models.DateTimeField(null=True)
    at = models.DateTimeField()  # published, else edited, else first seen: what lists sort by
    current_id = models.UUIDField()  # the newest version
    versions = models.IntegerField()
    deleted = models.BooleanField()
    first_seen = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thread", "at"], name="utterance_thread"),
            models.Index(fields=["-at", "-id"], name="utterance_latest"),
        ]


class Version(models.Model):
    """One version of an utterance, never changed but by an erasure. Id (`base.ids.version_id`) is its record id."""

    id = models.UUIDField(primary_key=True)
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, db_constraint=False)
    parent_id = models.UUIDField(null=True)  # as this version says; the utterance's own is the first one known
    author = models.ForeignKey(Author, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False)
    key = models.TextField(blank=True)  # what the platform calls this version
    kind = models.TextField()
    at = models.DateTimeField()  # edited, else published, else seen: orders the versions
    published = models.DateTimeField(null=True)
    edited = models.DateTimeField(null=True)
    seen = models.DateTimeField()
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)  # masked
    alts = models.TextField(blank=True)  # alt texts, for search
    language = models.TextField(blank=True)
    english = models.BooleanField()  # also indexed with the English stemmer
    visibility = models.TextField()
    permalink = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # [{"alt","blob","media_type","name","url"}], blob: hex SHA-256 or ""
    extra = models.JSONField(default=dict)
    masked = models.SmallIntegerField()  # how many personal numbers were masked
    tags = ArrayField(models.TextField())  # month, channel, author, own: lexemes that filters use inside the index
    search = SearchVectorField(null=True)  # generated (migration)
    evidence = models.ForeignKey(
        EvidenceObject, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False
    )
    evidence_offset = models.BigIntegerField(null=True)
    evidence_length = models.IntegerField(null=True)  # bytes of the record's gzip member
    raw_digest = models.BinaryField(null=True)  # SHA-256 of the bytes as received; gone when erased
    salt = models.BinaryField(null=True)  # 32 random bytes of the ledger entry; gone when erased
    erased_at = models.DateTimeField(null=True)


class Media(models.Model):
    """A picture or film in the store, once, by its SHA-256."""

    digest = models.CharField(primary_key=True, max_length=64)
    media_type = models.TextField()  # as found by looking at the bytes
    size = models.BigIntegerField()
