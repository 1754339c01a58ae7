"""A task for what nobody has decided for too long: one, brought up to date each morning."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext

from ordskifte.archive.worklist import overdue
from ordskifte.converse.models import Task
from ordskifte.people.models import Body
from ordskifte.records.entry import record_act

ACTOR: Final = "system:undecided"
KIND: Final = "undecided"


@transaction.atomic
def warn(*, at: datetime) -> bool:
    """One open task while something is overdue; done when nothing is. Says whether there is one."""
    late = overdue(at=at)
    task = Task.objects.select_for_update().filter(kind=KIND, done_at=None).first()
    if not late:
        if task is not None:
            Task.objects.filter(pk=task.pk).update(done_at=at)
            record_act("task.done", actor=ACTOR, at=at, record=task.id, details={"kind": KIND})
        return False
    with translation.override(Body.objects.values_list("language", flat=True).first() or "nb"):
        says = ngettext(
            "%(n)s utterance has waited too long for its keep-decision.",
            "%(n)s utterances have waited too long for their keep-decision.",
            late,
        ) % {"n": late}
    if task is not None:
        Task.objects.filter(pk=task.pk).update(says=says)
        return True
    task = Task.objects.create(kind=KIND, says=says, due_at=at, made_at=at)
    record_act("task.made", actor=ACTOR, at=at, record=task.id, details={"kind": KIND, "count": late})
    return True
