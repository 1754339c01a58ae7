"""Moderation always leaves a record: measures and complaints get a decision of their own."""

import pytest

from ordskifte.archive import deciding, journalling
from ordskifte.converse.moderation.complaint import complain
from ordskifte.people.models import Role
from ordskifte.publish.models import Outbox
from ordskifte.records.keeping import standing
from ordskifte.records.models import JournalEntry
from tests.archive.office import BY, open_period
from tests.converse.moderation.factories import make_ground, open_weekdays, take
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db

HARASSMENT = "Du er en ekkel gris og burde skamme deg."


def test_a_measure_is_archived_a_complaint_journalled_and_what_was_hidden_kept() -> None:
    open_period()
    open_weekdays()
    moderator = make_person(Role.MODERATOR, Role.COMPLAINT_HANDLER)
    said = say(make_channel(kind="arena"), HARASSMENT)
    measure = take(said, make_ground(), moderator)
    Outbox.objects.update(state="confirmed")
    complaint = complain(measure.code, "Det var ikke sånn ment.", at=NOW)
    assert deciding.keep_acts(at=NOW) == 2
    assert deciding.keep_acts(at=NOW) == 0
    found = standing([measure.pk, complaint.pk])
    assert (found[measure.pk].outcome, found[measure.pk].rule) == ("archive", "measure")
    assert (found[complaint.pk].outcome, found[complaint.pk].rule) == ("journal", "complaint_measure")
    assert found[measure.pk].by == "system:rules"
    assert JournalEntry.objects.get().record_id == complaint.pk
    assert journalling.refuse_undo([complaint.pk])
    proposal = deciding.propose([said.pk], at=NOW)[said.pk]
    assert proposal.must is not None
    assert proposal.must.code == "measured"
    with pytest.raises(Exception, match="alltid"):
        deciding.decide([said.pk], handled=False, documents=False, reason="misread", words="x", by=BY, at=NOW)


def test_practice_leaves_no_record() -> None:
    open_weekdays()
    said = say(make_channel(kind="arena", practice=True), HARASSMENT)
    take(said, make_ground(), make_person(Role.MODERATOR))
    assert deciding.keep_acts(at=NOW) == 0
