"""The channel register: every account or page the body has on a platform."""

import uuid
from typing import ClassVar

from django.db import models

from ordskifte.channels.registry import needs_connection
from ordskifte.people.models import Unit


class Channel(models.Model):
    """One account or page on one platform. `external_id` is the account's own id there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    kind = models.CharField(max_length=32)  # mastodon, x, facebook, ... as in channels.registry
    external_id = models.TextField(blank=True)
    handle = models.TextField(blank=True)
    url = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    practice = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True, blank=True)  # none: a person serves it by hand, where it is foreign
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "external_id"], condition=~models.Q(external_id=""), name="one_channel_per_account"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def way(self) -> str:
        """The kind by which the registry reaches it; "" while a person serves it by hand."""
        return self.kind if self.connected_at or not needs_connection(self.kind) else ""


class Connection(models.Model):
    """Our access to an account on a platform. The secret is sealed with the home's key, and gone when disconnected."""

    channel = models.OneToOneField(Channel, on_delete=models.PROTECT, primary_key=True)
    url = models.TextField()  # where the channel is asked
    login = models.TextField(blank=True)  # user name, where there is one
    sealed = models.BinaryField(default=bytes)
    more = models.JSONField(default=dict)  # what the channel wants remembered to be reached
    may = models.JSONField(default=list)  # fixed words of channels.setup
    may_not = models.JSONField(default=list)
    server = models.TextField(blank=True)  # software and version, as it says
    checked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)


class OpeningHours(models.Model):
    """When the body, or one unit, is at work on a weekday. A split day has several rows."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)  # none: the whole body
    weekday = models.SmallIntegerField()  # 0 Monday .. 6 Sunday
    opens = models.TimeField()  # wall clock in Europe/Oslo
    closes = models.TimeField()  # after `opens`; the same day
    valid_from = models.DateTimeField(null=True, blank=True)  # none: since always
    valid_to = models.DateTimeField(null=True, blank=True)  # set when they were changed: the past is counted by them

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="opens_before_it_closes"),
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="a_day_of_the_week"),
        ]


class SpecialDay(models.Model):
    """A day of its own: closed, or other hours than the weekday's. Public holidays are known and need no row."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    month = models.SmallIntegerField()
    day = models.SmallIntegerField()
    year = models.SmallIntegerField(null=True, blank=True)  # none: every year (24 December)
    opens = models.TimeField(null=True, blank=True)  # none: closed all day
    closes = models.TimeField(null=True, blank=True)
    note = models.TextField(blank=True)  # why, for colleagues: "planning day"
    valid_from = models.DateTimeField(null=True, blank=True)  # none: since always
    valid_to = models.DateTimeField(null=True, blank=True)  # set when it was taken off the list


class Promise(models.Model):
    """What the body said it will do, with its clock (R93). Never changed: a new one follows, from its own moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, null=True, blank=True)  # none: every channel
    kind = models.TextField()  # comment (said where all can read) or message (private)
    value = models.IntegerField(null=True, blank=True)  # none: no number is promised; no clock then
    unit_of_time = models.TextField()  # minutes, hours, days
    clock = models.TextField()  # working: the body's working hours; all: around the clock
    condition = models.TextField(blank=True)  # shown beside the promise: "questions about our services"
    holding_counts = models.BooleanField(default=False)  # a holding reply keeps the promise of a first response
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)


class Ground(models.Model):
    """A published reason for moderation (R94). Withdrawn, never deleted: old measures point at it.

    What is published is not changed: it is withdrawn, and a new ground with the same code follows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField()  # threat, harassment, personal_data, spam, ...
    names = models.JSONField()  # {"nb", "nn", "en"}
    examples = models.JSONField()  # {"nb", "nn", "en"}
    legal_basis = models.TextField(blank=True)  # "straffeloven § 263", where the thing is unlawful
    published_at = models.DateTimeField(null=True, blank=True)  # none: not in use yet
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(withdrawn_at=None), name="one_standing_ground_per_code"
            )
        ]


class Place(models.Model):
    """Where people go with what is not for social media (R95): a case, an emergency, access, a complaint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.TextField()  # casework, access, complaint, emergency, press, privacy, other
    names = models.JSONField()  # {"nb", "nn", "en"}
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    url = models.URLField(blank=True, max_length=1000)
    phone = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    hours = models.TextField(blank=True)  # in words: "weekdays 9-15"
    dead_since = models.DateTimeField(null=True, blank=True)  # closed by a person, or its link does not answer
    dead_why = models.TextField(blank=True)  # person, link, address (shipped without one: to be filled in)
    failing_since = models.DateTimeField(null=True, blank=True)  # its link has failed since; not dead yet
    checked_at = models.DateTimeField(null=True, blank=True)


class Topic(models.Model):
    """A field of work: the words that tell it, the unit that owns it, and how much trust its replies get (R11, R82)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    names = models.JSONField()  # {"nb", "nn", "en"}
    words = models.JSONField(default=list)  # word beginnings that tell the topic, in any written form
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)  # where its cases go
    four_eyes = models.BooleanField(default=False)  # a reply leaves when another person has approved it
    closed_at = models.DateTimeField(null=True, blank=True)


class SavedReply(models.Model):
    """An answer written once, in the languages the body writes. {place.*}, {name} and {unit} are filled in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    kind = models.CharField(max_length=3, default="F1")  # the first-response type it is (F1 .. F10)
    texts = models.JSONField()  # {"nb", "nn", "en"}
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)


class Shift(models.Model):
    """A person on watch (R87). `urgent`: on the duty list that is alerted outside working hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
