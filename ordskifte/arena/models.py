"""What stands in the arena: its citizens, what was written there, the scenes they play, and who has practised."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.people.models import Person
from ordskifte.plan.models import Channel


class Resident(models.Model):
    """An invented citizen on one practice channel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    persona = models.SlugField(allow_unicode=True)  # the script in data/personas
    name = models.TextField()
    handle = models.TextField()
    blocked_at = models.DateTimeField(null=True)
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "handle"], name="one_resident_a_handle")]


class Run(models.Model):
    """One go at an exercise, by one person. Shown to that person alone, and never ranked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    exercise = models.SlugField()
    language = models.CharField(max_length=2)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    passed = models.BooleanField(null=True)
    edition = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "exercise"], condition=models.Q(ended_at=None), name="one_open_run_an_exercise"
            )
        ]


class Score(models.Model):
    """What one check said of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    check_code = models.SlugField()
    ok = models.BooleanField()
    why = models.TextField(blank=True)  # a fixed sentence (arena.sayings)
    order = models.SmallIntegerField()


class Scene(models.Model):
    """A citizen's errand: one opening of their script, and where it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT)
    opening = models.TextField()  # code in the script
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="scene")
    seed = models.IntegerField()  # makes the personal number
    state = models.TextField(default="coming")  # coming, open, content, gone
    does = models.TextField(default="open")  # what comes next: open, more, react, nag, remark
    next_at = models.DateTimeField(null=True)
    said = models.JSONField(default=dict)  # reaction -> how often
    read_to = models.BigIntegerField(default=0)  # our posts up to this one have been read
    remarked = models.BooleanField(default=False)  # has spoken of something of theirs that was hidden
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="scene_due")
        ]


class Post(models.Model):
    """What was written in the arena, by a citizen or by us. Numbers stand as a placeholder (`arena.numbers`)."""

    id = models.BigAutoField(primary_key=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    change = models.BigIntegerField()  # counts changes on the channel: the cursor of those who read it
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True)  # none: ours
    scene = models.ForeignKey(Scene, on_delete=models.PROTECT, null=True, related_name="posts")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    mark = models.UUIDField(null=True)  # ours: the mark it came with
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    version = models.SmallIntegerField(default=1)
    hidden_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "change"], name="one_post_a_change"),
            models.UniqueConstraint(fields=["channel", "mark"], name="one_post_a_mark"),
        ]


class Certificate(models.Model):
    """A person has passed every exercise of an edition. The launch gate may ask for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edition = models.TextField()
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()
