"""Whatever leaves and fails, or may have left, is a task that a person finds; with nobody's words in it."""

import pytest
from django.test import Client

from ordskifte.base.clock import now
from ordskifte.converse.models import Task
from ordskifte.converse.queries import counts, tasks_of
from ordskifte.converse.sent import on_sent
from ordskifte.people.models import Role
from ordskifte.people.viewer import viewer_of
from ordskifte.publish.models import Outbox
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.records.models import Entry
from ordskifte.threads.models import Utterance
from tests.converse.world import WORKDAY, ask
from tests.factories import make_channel, make_person, make_unit

pytestmark = pytest.mark.django_db
WORDS = "Du er et svin, Ola i Strandgata!"


def put(kind: str, state: str, **more: object) -> Outbox:
    given: dict[str, object] = {"channel_id": None, "actor": "system:test", "by": None, "at": WORKDAY}
    row = put_in_outbox(kind=kind, **(given | more))  # type: ignore[arg-type]  # what the outbox takes
    become(row, state)
    return row


def become(row: Outbox, state: str, **more: object) -> None:
    Outbox.objects.filter(pk=row.pk).update(state=state, **more)
    on_sent(row.pk, at=WORKDAY)


def mail(state: str) -> Outbox:
    return put("email", state, to="ingrid@eksempel.example", subject="Et løfte er i fare", text="Se på desken.")


def hide(state: str, **more: object) -> Outbox:
    one = ask(WORDS, **more)
    said = Utterance.objects.get(pk=one.newest_id)
    return put(
        "hide", state, channel_id=one.channel_id, thread_id=one.pk, target_id=said.pk, target_external_id="1",
        details={"about": "measure"},
    )  # fmt: skip


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_measure_that_may_not_stand_is_a_task_in_its_conversation(state: str) -> None:
    row = hide(state)
    on_sent(row.pk, at=WORKDAY)  # the job may run twice
    task = Task.objects.get(kind=state)
    assert (task.outbox_id, task.conversation_id, task.done_at) == (row.pk, row.thread_id, None)
    assert task.says.startswith("Skjul: ")
    assert WORDS not in task.says
    assert [one.pk for one in tasks_of(viewer_of(make_person(Role.MODERATOR)))] == [task.pk]
    assert Entry.objects.filter(kind="task.made", record_id=task.pk).count() == 1


def test_it_ends_when_it_was_done_or_undone() -> None:
    for row, state, more in (
        (hide("unknown"), "confirmed", {}),
        (hide("failed", private=True), "withdrawn", {}),
        (hide("unknown"), "unknown", {"given_up_at": WORKDAY}),
    ):
        become(row, state, **more)
        assert Task.objects.get(outbox=row).done_at == WORKDAY


def test_a_measure_on_a_channel_that_is_served_by_hand_is_a_task() -> None:
    row = hide("claimed")
    assert not Task.objects.exists()
    become(row, "claimed", claimed_by="hand-off")
    assert Task.objects.get().kind == "hand_off"
    become(row, "confirmed")
    assert Task.objects.get().done_at == WORKDAY


def test_a_post_that_failed_is_its_writers_task() -> None:
    writer = make_person(Role.PUBLISHER)
    row = put("post", "failed", channel_id=make_channel().id, text="Vi brøyter.", by=writer.id)
    task = Task.objects.get()
    assert (task.kind, task.assignee_id, task.outbox_id) == ("failed", writer.id, row.pk)
    assert "brøyter" not in task.says


def test_reasons_that_did_not_reach_the_writer_are_a_task() -> None:
    row = hide("confirmed")
    told = put(
        "reply", "failed", channel_id=row.channel_id, thread_id=row.thread_id, target_id=row.target_id,
        target_external_id="1", text="Vi har skjult det du skrev.", details={"about": "measure"},
    )  # fmt: skip
    task = Task.objects.get(kind="failed")
    assert (task.outbox_id, task.says.partition(":")[0]) == (told.pk, "Begrunnelse for et tiltak")


def test_a_mail_server_that_is_down_makes_one_task_until_all_is_sent() -> None:
    first, second = mail("failed"), mail("failed")
    task = Task.objects.get()
    assert (task.kind, task.conversation, task.assignee) == ("failed", None, None)
    assert "ingrid" not in task.says
    become(first, "confirmed")
    assert Task.objects.get().done_at is None
    become(second, "confirmed")
    assert Task.objects.get().done_at == WORKDAY
    mail("unknown")
    assert Task.objects.get(done_at=None).kind == "unknown"


def test_what_leaves_on_a_closed_channel_is_no_strangers_task() -> None:
    unit = make_unit("Barnevern", sensitive=True)
    channel = make_channel()
    type(channel).objects.filter(pk=channel.pk).update(unit=unit)
    put("post", "failed", channel_id=channel.id, text="Ny åpningstid.")
    Task.objects.update(unit=None)
    there, elsewhere = make_person(Role.CASEWORKER, unit=unit), make_person(Role.MODERATOR)
    assert counts(viewer_of(elsewhere), at=now()).tasks == 0
    assert counts(viewer_of(there), at=now()).tasks == 1


def test_the_task_leads_to_the_outbox() -> None:
    row = mail("failed")
    client = Client()
    client.force_login(make_person(Role.MODERATOR))
    page = client.get("/desk/tasks/").content.decode()
    assert f'<a href="/desk/outbox/#o-{row.pk}" data-step>' in page
