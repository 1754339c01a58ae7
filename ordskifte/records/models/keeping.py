"""What is decided of each record, and where it stands: decision, class, period, case, journal entry, shielding.

`record_id` is the id of an utterance, or of an act that is a record of its own (a measure, a complaint): those rows lie
above this package, so it is an id and no key. Persons are actor values, as in the ledger.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Outcome(models.TextChoices):
    JOURNAL = "journal"  # journalføres, and archived
    ARCHIVE = "archive"  # arkiveres
    LEAVE_OUT = "leave_out"  # holdes utenfor arkivet (arkivavgrensing)


class RecordClass(models.Model):
    """A class of the plan for keeping (klasse): what work, how long it is kept. Never changed: a new one follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.TextField()  # klasseID
    names = models.JSONField()  # {"nb", "nn", "en"}
    description = models.TextField(blank=True)
    keep = models.BooleanField()  # Bevares; else disposed of after `years`
    years = models.SmallIntegerField(null=True)  # from the year the case or the period was closed
    legal_basis = models.TextField(blank=True)  # why it may be disposed of: section, or the permission
    topic_id = models.UUIDField(null=True)  # plan.Topic whose threads fall in it; none: chosen by a person
    standard = models.BooleanField(default=False)  # where threads fall that no other class takes
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_to=None), name="one_class_per_code"),
            models.UniqueConstraint(
                fields=["standard"], condition=models.Q(valid_to=None, standard=True), name="one_standard_class"
            ),
        ]


class Period(models.Model):
    """A series (arkivdel) with its dates, and where the journal is in it: with us, or in the body's case system."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.TextField()  # "Sosiale medier 2026"
    starts = models.DateField()
    ends = models.DateField(null=True)  # inclusive; none: runs
    journal = models.TextField(default="external")  # external (the body's case system), own
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["starts"], name="one_period_per_start")]


class KeepDecision(models.Model):
    """Journal, archive or leave out, for one record. The standing one is the one that nothing followed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_id = models.UUIDField()
    record_kind = models.TextField()  # utterance, measure, complaint
    outcome = models.TextField(choices=Outcome.choices)
    handled = models.BooleanField(null=True)  # test 1: subject to case handling; none: not asked (own publication, act)
    documents = models.BooleanField(null=True)  # test 2: value as documentation
    reason = models.TextField()  # code of a reason (archive/data), or "own_words"
    words = models.TextField(blank=True)  # why, in the person's words; masked
    rule = models.TextField()  # code of the rule that gave the outcome
    rule_version = models.TextField()
    basis = models.TextField()  # "arkivforskrifta § 14 første ledd": the section of that day
    by = models.TextField()  # actor
    at = models.DateTimeField()
    batch = models.UUIDField(null=True)  # decided together, undone together
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    ended_at = models.DateTimeField(null=True)  # another decision followed, or it was undone

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_id"], condition=models.Q(ended_at=None), name="one_standing_decision"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["batch"], condition=~models.Q(batch=None), name="decision_batch"),
            models.Index(
                fields=["at"], condition=models.Q(ended_at=None, outcome="leave_out"), name="decision_left_out"
            ),
        ]


class Case(models.Model):
    """A case (saksmappe): a thread with at least one utterance to be journalled. Numbered where the journal is ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT)
    record_class = models.ForeignKey(RecordClass, on_delete=models.PROTECT, null=True)
    year = models.SmallIntegerField(null=True)  # saksår and sakssekvensnummer; none: the case system's to give
    number = models.IntegerField(null=True)
    external_system = models.TextField(blank=True)  # where it was delivered, and what it is called there
    external_id = models.TextField(blank=True)
    external_year = models.SmallIntegerField(null=True)
    external_number = models.IntegerField(null=True)
    title = models.TextField()
    public_title = models.TextField(blank=True)  # neutral words; none: the title with shielded words as *****
    status = models.TextField(default="under_handling")  # under_handling, closed, cancelled (Utgår)
    unit_id = models.UUIDField(null=True)  # people.Unit
    unit_name = models.TextField(blank=True)  # as it was called then
    responsible = models.TextField(blank=True)  # name of the one who answers for it
    opened_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=~models.Q(number=None), name="one_case_per_number"
            )
        ]

    @property
    def called(self) -> str:
        """ "2026/7" as people say it; "" until it has a number."""
        if self.number is not None:
            return f"{self.year}/{self.number}"
        return f"{self.external_year}/{self.external_number}" if self.external_number is not None else ""


class CaseThread(models.Model):
    """The case a thread belongs to. A case may hold several threads; a thread is in one case."""

    thread_id = models.UUIDField(primary_key=True)  # threads.Thread lies above
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="threads")
    linked_at = models.DateTimeField()
    linked_by = models.TextField()


class JournalNumber(models.Model):
    """The last number given in a year. The row is locked while a number is given: no gaps, no doubles."""

    pk = models.CompositePrimaryKey("series", "year")
    series = models.TextField()  # case, entry
    year = models.SmallIntegerField()
    last = models.IntegerField()


class JournalEntry(models.Model):
    """An entry in the journal (journalpost): one utterance or one act. Numbered where the journal is ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    record_id = models.UUIDField(unique=True)
    decision = models.ForeignKey(KeepDecision, on_delete=models.PROTECT)
    kind = models.TextField()  # in, out, internal
    year = models.SmallIntegerField(null=True)  # journalår and journalsekvensnummer
    number = models.IntegerField(null=True)
    number_in_case = models.IntegerField()  # journalpostnummer
    external_id = models.TextField(blank=True)  # the same in the body's case system
    external_year = models.SmallIntegerField(null=True)
    external_number = models.IntegerField(null=True)
    external_number_in_case = models.IntegerField(null=True)
    status = models.TextField(default="journalled")  # journalled (Journalført), finished, cancelled (Utgår)
    journal_date = models.DateField()  # journaldato
    document_date = models.DateField()  # dokumentetsDato: when it was said
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()  # arkivforskrifta § 15 f
    registered_by = models.TextField()
    title = models.TextField()
    public_title = models.TextField(blank=True)
    assessed_on = models.DateField(null=True)  # offentlighetsvurdertDato
    answered_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    closed_on = models.DateField(null=True)  # avskrivningsdato
    closed_how = models.TextField(blank=True)  # answered (Besvart med ...), noted (Tatt til etterretning), ...
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=~models.Q(number=None), name="one_entry_per_number"
            ),
            models.UniqueConstraint(fields=["case", "number_in_case"], name="one_entry_per_place_in_case"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["journal_date", "id"], name="entry_date"),
        ]


class Party(models.Model):
    """Who sent or received an entry (korrespondansepart)."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="parties")
    kind = models.TextField()  # sender, recipient, internal_sender, internal_recipient
    name = models.TextField()
    natural = models.BooleanField()  # a natural person: out of public search after twelve months
    account = models.TextField(blank=True)  # the account's id on the platform
    unit_name = models.TextField(blank=True)  # of ours: administrativ enhet and saksbehandler
    person_name = models.TextField(blank=True)


class Shielding(models.Model):
    """What the public does not see of a record, and by which law. Words are shown as *****, fields left out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_id = models.UUIDField()  # an utterance, an act, or a case
    field = models.TextField()  # words, title, text, author, pictures, whole
    words = ArrayField(models.TextField(), default=list)  # the words themselves: they stand in no public output
    basis = models.TextField()  # "offentleglova § 13 første ledd, jf. forvaltningsloven § 13 første ledd nr. 1"
    restriction = models.TextField()  # tilgangsrestriksjon: the code of the standard's list
    years = models.SmallIntegerField(null=True)  # skjermingsvarighet
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["record_id"], condition=models.Q(ended_at=None), name="shielding_of"),
        ]
