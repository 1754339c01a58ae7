"""What is out is corrected and withdrawn through the outbox; campaigns end; figures come back as dated snapshots."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from ordskifte.channels.errors import Unsure
from ordskifte.converse.models import Task
from ordskifte.people.models import Role
from ordskifte.plan.models import Channel
from ordskifte.publish.campaigns import begin_campaign, close_campaign
from ordskifte.publish.errors import DraftError
from ordskifte.publish.figures import newest_figures, take_figures
from ordskifte.publish.models import Figure, Outbox, State
from ordskifte.publish.published import correct, stands_as, withdraw_published, write_profile
from ordskifte.worker.jobs.publishing import on_post, task_review, tick
from tests.factories import make_channel, make_person, say
from tests.publish.conftest import AT, put
from tests.publish.world import draft_of, holds, who, writer

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def out(channel: Channel | None = None, **more: object) -> Outbox:
    """A post that stands on its channel."""
    row = put(channel or make_channel(kind="bluesky"), kind="post", details={"draft": "x"})
    given = {"state": State.CONFIRMED, "external_id": "post-7", "sent_at": AT, "confirmed_at": AT} | more
    Outbox.objects.filter(pk=row.pk).update(**given)
    row.refresh_from_db()
    return row


def test_a_correction_is_a_row_of_its_own_and_both_texts_stay() -> None:
    person, row = writer(), out()
    assert row.channel is not None
    seen = say(row.channel, row.text, ours=True, external_id="post-7")
    edit = correct(
        row.id, "Vi brøyter klokka sju.", why="Feil klokkeslett", holds=holds(person), at=LATER, **who(person)
    )
    assert (edit.kind, edit.target_external_id, edit.target_id, edit.text) == (
        "edit", "post-7", seen.id, "Vi brøyter klokka sju.",
    )  # fmt: skip
    assert edit.state == State.SCHEDULED
    assert stands_as(row) == row.text
    Outbox.objects.filter(pk=edit.pk).update(state=State.CONFIRMED, sent_at=LATER)
    assert stands_as(row) == "Vi brøyter klokka sju."
    row.refresh_from_db()
    assert row.text == "Vi brøyter klokka seks."


def test_what_needed_a_second_person_needs_one_again() -> None:
    person = writer()
    row = out(needs_approval=True, approved_by=make_person(Role.APPROVER))
    edit = correct(row.id, "Nytt", why="Feil", holds=holds(person), at=LATER, **who(person))
    assert edit.state == State.WAITING
    editor = make_person(Role.EDITOR)
    gone = withdraw_published(out().id, why="Feil", holds=holds(editor), at=LATER, **who(editor))
    assert (gone.kind, gone.state) == ("delete", State.WAITING)


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        ("", "Feil", "Write what shall stand there"),
        ("Vi brøyter klokka seks.", "Feil", "what stands there now"),
        ("Nytt", "", "Say what was wrong"),
        ("Per 13097248022", "Feil", "without any identity number"),
        ("x" * 301, "Feil", "too long"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(text: str, why: str, words: str) -> None:
    person = writer()
    with pytest.raises(DraftError, match=words):
        correct(out().id, text, why=why, holds=holds(person), at=LATER, **who(person))


def test_one_change_at_a_time_and_only_of_what_is_out() -> None:
    person, row = writer(), out()
    correct(row.id, "Nytt", why="Feil", holds=holds(person), at=LATER, **who(person))
    with pytest.raises(DraftError, match="Another change"):
        withdraw_published(row.id, why="Feil", holds=holds(person), at=LATER, **who(person))
    with pytest.raises(DraftError, match="not out"):
        correct(out(state=State.FAILED).id, "Nytt", why="Feil", holds=holds(person), at=LATER, **who(person))


def test_a_profile_text_leaves_through_the_outbox_and_always_has_a_second_reader() -> None:
    person, channel = writer(), make_channel(kind="facebook")
    row = write_profile(channel.id, "Vi svarer hverdager 8–15.30.", at=AT, **who(person))
    assert (row.kind, row.state) == ("profile", State.WAITING)
    with pytest.raises(DraftError, match="identity number"):
        write_profile(channel.id, "13097248022", at=AT, **who(person))


def test_a_campaign_has_an_end_and_says_what_is_done_then() -> None:
    person = writer()
    with pytest.raises(DraftError, match="when it ends"):
        begin_campaign("Vann", purpose="", ends_on=None, close_down="Takk", at=AT, **who(person))
    with pytest.raises(DraftError, match="what is done"):
        begin_campaign("Vann", purpose="", ends_on=AT.date(), close_down=" ", at=AT, **who(person))
    campaign = begin_campaign("Vann", purpose="Spare", ends_on=AT.date(), close_down="Takk folk", at=AT, **who(person))
    tick(at=AT)
    assert not Task.objects.filter(kind="campaign").exists()
    for _again in range(2):
        tick(at=AT + timedelta(days=1))
    assert Task.objects.get(kind="campaign").says == "Vann"
    draft_of(person, campaign=campaign.id, wanted_at=AT + timedelta(days=3))
    with pytest.raises(DraftError, match="still to go out"):
        close_campaign(campaign.id, "Bra", at=AT + timedelta(days=1), **who(person))
    close_campaign(campaign.id, "Bra", at=AT + timedelta(days=4), **who(person))
    campaign.refresh_from_db()
    assert (campaign.outcome, campaign.closed_by_id) == ("Bra", person.id)


@dataclass
class Given:
    reactions: int | None = 3
    shares: int | None = None
    replies: int | None = 0
    views: int | None = None


def test_figures_are_dated_and_what_a_channel_does_not_give_is_empty() -> None:
    row, other = out(), out(make_channel(kind="facebook"))
    asked: list[str] = []

    def ask(channel: Channel):  # type: ignore[no-untyped-def]  # as a channel gives it
        return (lambda name: asked.append(name) or Given()) if channel == row.channel else None

    assert take_figures(ask, at=LATER) == 1
    assert take_figures(ask, at=LATER + timedelta(hours=1)) == 0  # once a day
    assert take_figures(ask, at=LATER + timedelta(days=1)) == 1
    newest = newest_figures([row.id, other.id])
    assert (newest[row.id].reactions, newest[row.id].views, newest[row.id].at) == (3, None, LATER + timedelta(days=1))
    assert other.id not in newest
    assert asked == ["post-7", "post-7"]
    assert take_figures(ask, at=LATER + timedelta(days=40)) == 0  # a month is enough


def test_a_channel_in_trouble_gives_no_figures_and_no_crash() -> None:
    out()

    def trouble(_name: str) -> None:
        raise Unsure("cut")

    assert take_figures(lambda _channel: trouble, at=LATER) == 0
    assert Figure.objects.count() == 0


def test_a_post_in_trouble_is_one_task_that_ends_when_it_arrived() -> None:
    row = out(state=State.UNKNOWN, by=writer())
    for _again in range(2):
        on_post(row.id, at=LATER)
    task = Task.objects.get(outbox=row)
    assert (task.kind, task.done_at) == ("unknown", None)
    Outbox.objects.filter(pk=row.pk).update(state=State.CONFIRMED)
    on_post(row.id, at=LATER)
    task.refresh_from_db()
    assert task.done_at == LATER


def test_what_was_sent_alone_is_a_task_for_the_next_working_day() -> None:
    draft = draft_of(writer())
    for _again in range(2):
        task_review(draft.id, at=AT)
    task = Task.objects.get(kind="review_alone")
    assert task.due_at is not None
    assert task.due_at > AT


def test_a_draft_that_missed_its_time_is_a_task() -> None:
    draft_of(writer(), wanted_at=LATER)
    for _again in range(2):
        tick(at=LATER + timedelta(minutes=2))
    assert Task.objects.filter(kind="draft_missed").count() == 1


def test_what_is_corrected_and_withdrawn_by_hand_becomes_versions_in_the_record() -> None:
    from ordskifte.publish.handing import hand_off_done
    from ordskifte.publish.outbox import HAND_OFF
    from ordskifte.threads.models import Utterance
    from ordskifte.worker.jobs.sending import handed_off
    from tests.factories import home_store

    home_store()
    person, row = writer(), out(make_channel(kind="facebook"), external_id="https://www.facebook.com/kanal/1")
    assert row.channel is not None
    handed_off(str(row.id))
    edit = correct(row.id, "Vi brøyter klokka sju.", why="Feil", holds=holds(person), at=LATER, **who(person))
    Outbox.objects.filter(pk=edit.pk).update(state=State.CLAIMED, claimed_by=HAND_OFF)
    hand_off_done(edit.id, link="", at=LATER, **who(person))
    handed_off(str(edit.id))
    post = Utterance.objects.get(channel=row.channel)
    assert [one.text for one in post.version_set.order_by("at")] == [row.text, "Vi brøyter klokka sju."]
    gone = withdraw_published(row.id, why="Feil dag", holds=holds(person), at=LATER, **who(person))
    Outbox.objects.filter(pk=gone.pk).update(state=State.CLAIMED, claimed_by=HAND_OFF)
    hand_off_done(gone.id, link="", at=LATER + timedelta(hours=1), **who(person))
    handed_off(str(gone.id))
    post.refresh_from_db()
    assert post.deleted
    assert post.version_set.count() == 3
    with pytest.raises(DraftError, match="taken away already"):
        correct(row.id, "Igjen", why="Feil", holds=holds(person), at=LATER + timedelta(hours=2), **who(person))
