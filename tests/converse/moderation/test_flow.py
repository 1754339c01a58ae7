"""The whole way: it comes in, is hidden, is complained about, is put back by another; all of it is proved."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from ordskifte.base.keys import load_keys
from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Complaint, Measure, Task
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Ground
from ordskifte.publish.models import Outbox
from ordskifte.records.verify import Readers, verify
from ordskifte.threads import proof_rows
from tests.converse.moderation.factories import CRITICISM, HARASSMENT, make_ground, open_weekdays
from tests.factories import NOW, home_store, make_channel, make_person, number_entries, say


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_from_harassment_to_put_back_and_proved() -> None:
    open_weekdays()
    ground: Ground = make_ground()
    moderator = make_person(Role.MODERATOR, name="Ingrid Solli")
    handler = make_person(Role.COMPLAINT_HANDLER, name="Aisha Rahman")
    channel = make_channel("Facebook-siden", kind="arena")
    post = say(channel, "Vi brøyter i natt.", ours=True, by="Kommunen")
    said = say(channel, f"{HARASSMENT} {CRITICISM}", parent=post, at=NOW + timedelta(minutes=5))
    on_arrived([said.current_id], at=NOW + timedelta(minutes=6))

    desk = signed_in(moderator)
    address = f"/desk/c/{said.thread_id}/u/{said.id}/measure/"
    assert HARASSMENT[:10] in desk.get(address).content.decode()
    form = {
        "kind": "hide",
        "ground": str(ground.id),
        "version": str(said.current_id),
        "facts": "Et menneske kalles et dyr.",
        "neutral": "on",
    }
    shown = desk.post(address, form)
    assert Measure.objects.count() == 0  # the letter comes before the button
    letter = shown.context["letter"]
    assert letter.sent[0].startswith("Vi har skjult en kommentar.")
    answer = desk.post(address, form | {"shown": shown.context["given"].digest})
    measure = Measure.objects.get()
    assert answer.headers["Location"] == f"/desk/measures/{measure.id}/"
    assert measure.told is not None
    Outbox.objects.update(state="confirmed")

    public = Client()
    page = public.get(f"/begrunnelse/{measure.code}/")
    text = page.content.decode()
    assert ("Grunn: Harassment." in text, "Klag" in text) == (True, True)
    assert all(word not in text for word in (HARASSMENT, CRITICISM, "Nabo i Strandgata", "et dyr"))
    assert page.cookies == {}
    assert public.post(f"/begrunnelse/{measure.code}/", {"text": "Jeg mente brøytinga."}).status_code == 302
    complaint = Complaint.objects.get()
    assert "En annen enn den som avgjorde" in public.get(f"/begrunnelse/{measure.code}/").content.decode()

    address = f"/desk/complaints/{complaint.id}/"
    reply = {"outcome": "reversed", "answer": "Du har rett. Kommentaren står igjen."}
    assert desk.post(address, reply).status_code == 403  # the moderator may not answer
    other = signed_in(handler)
    page_of_both = other.get(address).content.decode()
    assert (HARASSMENT in page_of_both, "Jeg mente brøytinga." in page_of_both) == (True, True)
    assert other.post(address, reply).status_code == 302
    measure.refresh_from_db()
    complaint.refresh_from_db()
    assert (measure.state, complaint.outcome, complaint.answered_by) == ("reversed", "reversed", handler)
    assert sorted(Outbox.objects.exclude(state="confirmed").values_list("kind", flat=True)) == ["reply", "unhide"]
    assert Task.objects.get(kind="complaint").done_by == handler
    assert "Du har rett." in public.get(f"/begrunnelse/{measure.code}/").content.decode()

    record = desk.get(f"/desk/threads/{said.thread_id}/").content.decode()
    for act in ("Gjennomførte et tiltak", "Noen klaget på et tiltak", "Svarte på en klage", "Satte tilbake et tiltak"):
        assert act in record
    number_entries()
    readers = Readers(rows=proof_rows.rows, media=list, inconsistencies=proof_rows.inconsistencies)
    report = verify(home_store(), load_keys(settings.HOME), readers, processes=0)
    wrong = [one for one in report.findings if str(said.id) in one.where or str(measure.id) in one.where]
    assert (wrong, report.unnumbered) == ([], 0)
