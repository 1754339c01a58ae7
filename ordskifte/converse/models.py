"""What is ours to handle: conversations with their clocks, tasks, notes, measures and complaints."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from ordskifte.people.models import Person, Unit
from ordskifte.plan.models import Channel, Ground, Place, Promise, Topic
from ordskifte.publish.models import Outbox
from ordskifte.threads.models import Thread, Utterance


class Turn(models.TextChoices):
    OURS = "ours"
    THEIRS = "theirs"


class State(models.TextChoices):
    OPEN = "open"
    WAITING = "waiting"  # for somebody else than the asker: another unit, a supplier
    SNOOZED = "snoozed"
    DONE = "done"


class Conversation(models.Model):
    """A thread that somebody must handle. Imported history has none (it starts no clock and opens no task)."""

    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)  # the thread's, for lists
    private = models.BooleanField()  # the thread's, for lists: who may see it
    state = models.TextField(choices=State.choices, default=State.OPEN)
    turn = models.TextField(choices=Turn.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.TextField(blank=True)  # as triage, or a person, says of the newest utterance from them
    warnings = ArrayField(models.TextField(), default=list)  # threat, emergency, child_welfare, klage, innsynskrav, ...
    language = models.CharField(max_length=5, blank=True)  # the writer's written form
    says = models.TextField(blank=True)  # first words of the newest utterance from them, masked
    newest_id = models.UUIDField(null=True)  # the newest utterance from them: what an answer answers
    arrived_at = models.DateTimeField(null=True)  # when it came in to us
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()  # newest utterance, either side
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True)  # the one in force when the clock began
    clock_from = models.DateTimeField(null=True)  # none: no clock runs
    risk_at = models.DateTimeField(null=True)  # warned from here
    due_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)  # a holding reply has been sent
    responded_at = models.DateTimeField(null=True)  # first response to what is ours now
    response_type = models.CharField(max_length=3, blank=True)  # F1 .. F10
    risk_told_at = models.DateTimeField(null=True)  # the warning has gone out
    broken_told_at = models.DateTimeField(null=True)  # escalated
    snoozed_until = models.DateTimeField(null=True)
    follow_up_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    closed_at = models.DateTimeField(null=True)
    serial = models.IntegerField(default=0)  # counts changes: a reply made on an older thread is refused
    source_id = models.UUIDField(null=True)  # split off: the thread its utterances stand in
    # What lists sort by, kept by the database: emergencies, then what has a deadline, then the rest.
    rank = models.GeneratedField(
        expression=models.Case(
            models.When(warnings__contains=["emergency"], then=models.Value(0)),
            models.When(due_at__isnull=False, then=models.Value(1)),
            default=models.Value(2),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    order_at = models.GeneratedField(
        expression=Coalesce("due_at", "follow_up_at", "last_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["rank", "order_at", "thread"],
                condition=models.Q(state="open", turn="ours"),
                name="conversation_needs",
            ),
            models.Index(
                fields=["rank", "order_at", "thread"], condition=~models.Q(state="done"), name="conversation_open"
            ),
            models.Index(
                fields=["channel", "-last_at"], condition=~models.Q(state="done"), name="conversation_channel"
            ),
            models.Index(
                fields=["risk_at"],
                condition=models.Q(risk_at__isnull=False, risk_told_at=None),
                name="conversation_risk",
            ),
            models.Index(fields=["snoozed_until"], condition=models.Q(state="snoozed"), name="conversation_snoozed"),
            models.Index(fields=["due_at"], condition=~models.Q(state="done"), name="conversation_due"),
            models.Index(fields=["assignee", "due_at"], condition=~models.Q(state="done"), name="conversation_mine"),
            models.Index(fields=["unit", "due_at"], condition=~models.Q(state="done"), name="conversation_unit"),
            models.Index(fields=["-closed_at"], condition=models.Q(state="done"), name="conversation_done"),
        ]


class Answered(models.Model):
    """One answer of ours that left, with the clock it met: what figures are made of, and what "in time" means.

    Written once for each thing in the outbox, so that a receipt that comes twice stops nothing twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="answers")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    outbox = models.OneToOneField(Outbox, on_delete=models.PROTECT, null=True)  # none: written on the platform itself
    utterance_id = models.UUIDField(null=True)  # what was answered; ours, when it was written on the platform
    kind = models.TextField(blank=True)  # of what was answered, as the conversation said then
    response_type = models.CharField(max_length=3, blank=True)
    holding = models.BooleanField()  # F2: kept apart from answers
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, null=True)
    clock_from = models.DateTimeField(null=True)  # none: no clock ran
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    in_time = models.BooleanField(null=True)  # none: nothing was promised

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="answered_at")]


class Part(models.Model):
    """An utterance that was split off into a conversation of its own, or merged into another than its thread's."""

    utterance = models.OneToOneField(Utterance, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)


class Assessment(models.Model):
    """What triage proposed for a version, with the rules' words. A proposal; a person decides (D10)."""

    version_id = models.UUIDField(primary_key=True)
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, db_constraint=False)
    language = models.TextField()
    language_sure = models.BooleanField()
    kind = models.TextField()
    formal = ArrayField(models.TextField(), default=list)
    journal_candidate = models.BooleanField()
    moderation = models.TextField()
    personal_data = models.JSONField(default=list)  # [{"type", "start", "end"}] in the masked text
    why = models.JSONField(default=list)  # [{"rule", "start", "end"}]; never the words: they are in the version
    rules_version = models.TextField()
    at = models.DateTimeField()


class Correction(models.Model):
    """A person says that a proposal was wrong; kept, and shown as a proposal of a local rule."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    field = models.TextField()  # kind, language, moderation, journal_candidate, topic
    was = models.TextField()
    now = models.TextField()
    rule = models.TextField(blank=True)  # the rule that was wrong
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()


class LocalRule(models.Model):
    """ "Say X is Y from now on": the body's own rule, in use when a person has confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    words = ArrayField(models.TextField())
    kind = models.TextField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Note(models.Model):
    """An internal note in a conversation. Never leaves; masked like every text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    mentions = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()


class Task(models.Model):
    """Something a person must do, with a date: a commitment made in public, a case moved out, a look at a measure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()  # commitment, moved_out, hand_off, look, review_number, care, police, unknown, roster
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, null=True)
    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    says = models.TextField(blank=True)  # our own words that made it, masked
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="task_due"),
        ]


class Step(models.Model):
    """An act that can be undone until somebody else acts: what the conversation said before it, and after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    act = models.TextField()  # assigned, handed_over, snoozed, merged, split, closed, ...
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()
    before = models.JSONField()  # fields of the conversation that the act changed
    after = models.JSONField()
    serial = models.IntegerField()  # the conversation's after it: orders the steps
    made = models.JSONField(default=dict)  # what else the act made: {"parts": [...], "task": ..., "conversation": ...}
    undone_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)  # done with several at once, undone together

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["conversation", "-serial"], name="step_latest"),
            models.Index(fields=["batch"], condition=~models.Q(batch=None), name="step_batch"),
        ]


class MailWay(models.Model):
    """How a person wants to hear of things: at once, once a day, or not. Emergencies always come at once."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    way = models.TextField(default="at_once")  # at_once, digest, none


class Notice(models.Model):
    """Something a person was told, or will be told in the next digest. Holds no word of any citizen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True)
    what = models.TextField()  # assigned, handed_over, mentioned, at_risk, broken, emergency, approval
    at = models.DateTimeField()
    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True)  # the mail it went in; none: waits

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], condition=models.Q(outbox=None), name="notice_waits"),
        ]


class Presence(models.Model):
    """Who has a conversation open, and whether they write. Old rows mean nothing and are swept."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    writes = models.BooleanField(default=False)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["conversation", "person"], name="one_presence")]


class Draft(models.Model):
    """A reply somebody is writing, kept so that nothing is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["conversation", "by"], name="one_draft_each")]


class Opened(models.Model):
    """A look at a person's other talk, or at an unmasked original, for a stated purpose. The entry is in the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    what = models.TextField()  # original, other_talk
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, null=True, db_constraint=False)
    purpose = models.TextField()
    at = models.DateTimeField()


class Measure(models.Model):
    """What was done to an utterance or an account: hide, remove, block. Never without ground and reasons (R105)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.TextField(unique=True)  # what the writer gets: opens the page with reasons and complaint, not a name
    kind = models.TextField()  # hide, remove, block
    state = models.TextField()  # proposed (waits for a second person), done, refused, reversed, ended (time is up)
    utterance = models.ForeignKey(Utterance, on_delete=models.PROTECT, db_constraint=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, null=True)
    ground = models.ForeignKey(Ground, on_delete=models.PROTECT)
    version_id = models.UUIDField()  # the version that was seen: its bytes are the snapshot in evidence
    facts = models.TextField()  # S5: what in it falls under the ground; never a number
    automated = models.BooleanField(default=False)  # S7
    reported = models.BooleanField(default=False)  # S6: after a report from someone else
    why_not_less = models.TextField(blank=True)  # why the less intrusive step is not enough
    neutral = models.BooleanField(default=False)  # "would I, if it praised us?" was answered by a person
    until = models.DateTimeField(null=True)  # end of a block; lifted by itself
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: the number rule
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True, related_name="+")  # the reasons, on their way
    batch = models.UUIDField(null=True)  # spam handled together, undone together
    language = models.CharField(max_length=2, default="nb")  # the written form the writer is answered in
    statement = models.JSONField(default=dict)  # S1 .. S13 as they were given; never the writer's text or name
    despite = models.TextField(blank=True)  # why the ground holds although triage reads the words as an opinion
    decided_why = models.TextField(blank=True)  # what the second person, or the one who put it back, said

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["utterance"], name="measure_utterance"),
            models.Index(fields=["until"], condition=models.Q(kind="block", state="done"), name="measure_block_ends"),
            models.Index(fields=["made_at"], condition=models.Q(state="proposed"), name="measure_proposed"),
        ]


class Complaint(models.Model):
    """A complaint about a measure, made with its code. Answered in words by another person than the one who acted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField()  # masked
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)  # upheld (the measure stands), reversed
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)
    reminded_at = models.DateTimeField(null=True)  # those who may answer were told that the deadline comes
    told = models.ForeignKey(Outbox, on_delete=models.PROTECT, null=True, related_name="+")  # that it is answered

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(answered_at=None), name="complaint_open"),
        ]
