"""What this package keeps of its own: reports that were made, with neither utterance nor author in them."""

import uuid

from django.db import models

from ordskifte.people.models import Person


class EqualTreatment(models.Model):
    """A report on equal treatment. Stance was computed while it was made and is kept nowhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    since = models.DateField()
    until = models.DateField()  # included
    groups = models.JSONField()  # as `measure.equal.Group.as_json`; small groups hold nothing but their stance
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
