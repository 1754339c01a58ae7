"""Evidence objects and the ledger.

Ledger tables (Entry, Numbered, Tile, Checkpoint, Timestamp) are append-only: the database role `app` has no update or
delete right on them. Pending is not part of the ledger; it is the queue of what has not been numbered yet.
"""

from typing import ClassVar

from django.db import models


class EvidenceObject(models.Model):
    """One WARC file in the store: a batch of one channel and day, hashed when written (D5)."""

    id = models.BigAutoField(primary_key=True)
    path = models.TextField(unique=True)  # key in the content store
    digest = models.BinaryField(max_length=32)  # SHA-256 of the stored bytes (of the ciphertext when encrypted)
    size = models.BigIntegerField()  # bytes as stored
    records = models.IntegerField()
    encrypted = models.BooleanField()
    channel_id = models.UUIDField()
    day = models.DateField()
    written_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True)  # after an erasure (D8)
    removed_at = models.DateTimeField(null=True)  # the replaced file is gone from the store


class Aside(models.Model):
    """A like, a follow, a profile or an unreadable item: kept as evidence once, not an utterance."""

    id = models.UUIDField(primary_key=True)  # derived from channel and the bytes' digest
    channel_id = models.UUIDField()  # the channel lies above this package: an id, no key
    kind = models.TextField()
    evidence_id = models.BigIntegerField()
    evidence_offset = models.BigIntegerField()
    evidence_length = models.IntegerField()


class Entry(models.Model):
    """One leaf of the ledger, inserted unnumbered (D7). `body` is the leaf's exact bytes (docs/formats/ledger.md)."""

    pk = models.CompositePrimaryKey("batch", "ordinal")
    batch = models.BigIntegerField()  # one batch is one transaction
    ordinal = models.IntegerField()  # 0, 1, 2 within the batch
    record_id = models.UUIDField(null=True, db_index=True)  # the version, author or other row it is about
    kind = models.TextField()
    body = models.BinaryField()

    class Meta:
        db_table = "records_entry"


class Pending(models.Model):
    """A committed batch of entries that the sequencer has not numbered yet."""

    batch = models.BigIntegerField(primary_key=True)
    size = models.IntegerField()


class Numbered(models.Model):
    """Where a batch stands in the tree: its entries have the numbers first .. first + size - 1, from 0."""

    batch = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField(unique=True)
    size = models.IntegerField()


class Tile(models.Model):
    """256 hashes of the tree, stored when full (C2SP tlog-tiles: level 0 holds leaf hashes, level n roots below)."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()  # 256 x 32 bytes
    root = models.BinaryField()  # RFC 9162 root of these 256


class Checkpoint(models.Model):
    """A signed tree head (C2SP tlog-checkpoint in a signed note)."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()


class Timestamp(models.Model):
    """An RFC 3161 time-stamp of a checkpoint's note."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    tsa = models.TextField()
    token = models.BinaryField()  # DER TimeStampToken
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
