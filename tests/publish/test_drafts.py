"""Drafts: saved without losing anyone's words, approved by others than their writers, sent as approved."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ordskifte.base.http import Door
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Topic
from ordskifte.publish import approving, crisis, drafting, ticking
from ordskifte.publish.approving import answer, ask, pass_check, place, place_alone, review
from ordskifte.publish.checking import sheet_of
from ordskifte.publish.drafting import VariantWritten, add_picture, go_back_to, repeat, save_draft
from ordskifte.publish.errors import DraftError, MovedOn
from ordskifte.publish.models import Draft, DraftState, LinkTried, Outbox, State
from ordskifte.publish.placing import go_on, move_to, pull_back, rows_of
from ordskifte.publish.sending import send
from ordskifte.records.models import Entry
from tests.factories import home_store, make_channel
from tests.loopback import Platform
from tests.publish.conftest import AT, Office, channel_on, put
from tests.publish.world import TEXT, approver, draft_of, holds, who, writer, written

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def fresh(draft: Draft) -> Draft:
    return Draft.objects.select_related("topic", "owner").get(pk=draft.pk)


def one_row(draft: Draft) -> Outbox:
    (row,) = rows_of([draft.id])
    return row


def ready(draft: Draft) -> None:
    """Pass what warns, as a writer would."""
    sheet = sheet_of(fresh(draft), at=AT)
    for name in sorted({one.check for one in sheet.warnings}):
        pass_check(draft.id, name, "Lest", crisis_lead=False, at=AT, **who(draft.owner))


def test_a_save_is_one_entry_and_the_same_again_is_none() -> None:
    person = writer()
    draft = draft_of(person, make_channel())
    before = Entry.objects.count()
    channel = draft.variants.get().channel
    again = save_draft(draft.id, written(channel), serial=draft.serial, at=LATER, **who(person))
    assert (again.serial, Entry.objects.count()) == (draft.serial, before)
    changed = save_draft(draft.id, written(channel, text="Nytt"), serial=again.serial, at=LATER, **who(person))
    assert (changed.serial, Entry.objects.count()) == (draft.serial + 1, before + 1)
    assert Entry.objects.filter(record_id=draft.id, kind="draft.saved").count() == 2


def test_two_writers_do_not_overwrite_each_other() -> None:
    one, two = writer(), writer()
    draft = draft_of(one, make_channel())
    channel = draft.variants.get().channel
    save_draft(draft.id, written(channel, text="Hennes ord"), serial=draft.serial, at=AT, **who(two))
    with pytest.raises(MovedOn, match="Another person has saved"):
        save_draft(draft.id, written(channel, text="Hans ord"), serial=draft.serial, at=AT, **who(one))
    assert fresh(draft).texts == {"nb": "Hennes ord"}


def test_older_words_come_back_and_those_of_now_are_kept() -> None:
    one, two = writer(), writer()
    draft = draft_of(one, make_channel())
    channel = draft.variants.get().channel
    save_draft(draft.id, written(channel, text="Ny tekst"), serial=draft.serial, at=LATER, **who(two))
    first = draft.editions.order_by("-number")[0]
    assert first.content["texts"] == {"nb": TEXT}
    go_back_to(draft.id, first.number, at=LATER, **who(two))
    assert fresh(draft).texts == {"nb": TEXT}
    assert draft.editions.order_by("-number")[0].content["texts"] == {"nb": "Ny tekst"}


def test_a_national_number_is_masked_before_the_row_and_stops_the_post() -> None:
    draft = draft_of(writer(), text="Per 13097248022 bor i Strandgata.")
    assert "13097248022" not in str(Draft.objects.filter(pk=draft.pk).values())
    assert sheet_of(fresh(draft), at=AT).blocking[0].check == "personal_data"
    with pytest.raises(DraftError, match="cannot be passed"):
        pass_check(draft.id, "personal_data", "fordi", crisis_lead=False, at=AT, **who(draft.owner))


def test_a_picture_is_kept_by_its_digest_and_must_be_described() -> None:
    draft = draft_of(writer())
    picture = add_picture(draft.id, PNG, "kart.png", store=home_store(), at=AT, **who(draft.owner))
    assert picture.media_type == "image/png"
    assert f"media/{picture.digest[:2]}/{picture.digest}" in home_store()
    assert {one.check for one in sheet_of(fresh(draft), at=AT).blocking} == {"pictures"}
    channel = draft.variants.get().channel
    saved = written(channel, pictures={picture.id: ("Kart over Nes med grønn vei.", False, False)})
    save_draft(draft.id, saved, serial=fresh(draft).serial, at=AT, **who(draft.owner))
    assert sheet_of(fresh(draft), at=AT).blocking == []
    with pytest.raises(DraftError, match="Choose a picture"):
        add_picture(draft.id, b"<script>alert(1)</script>", "kart.png", store=home_store(), at=AT, **who(draft.owner))


def test_a_publisher_places_alone_and_an_editor_asks() -> None:
    channel = make_channel(kind="bluesky")
    person = writer()
    draft = draft_of(person, channel)
    ready(draft)
    place(draft.id, holds=holds(person), actor="x", at=AT)
    row = one_row(draft)
    assert (row.text, row.state, row.channel_id, row.needs_approval) == (TEXT, State.SCHEDULED, channel.id, False)
    editor = approver_less(Role.EDITOR)
    other = draft_of(editor, channel)
    ready(other)
    with pytest.raises(DraftError, match="Ask for approval"):
        place(other.id, holds=holds(editor), actor="x", at=AT)


def approver_less(*roles: str) -> Person:
    from tests.factories import make_person

    return make_person(*roles, language="en")


def asked(draft: Draft, *persons: Person, everyone: bool = False) -> None:
    ready(draft)
    ask(draft.id, [one.id for one in persons], everyone=everyone, at=AT, **who(draft.owner))


def test_a_topic_with_four_eyes_is_approved_by_another_and_then_leaves_as_it_stood() -> None:
    topic = Topic.objects.create(names={"nb": "Vann", "nn": "Vatn", "en": "Water"}, four_eyes=True)
    person, other = writer(), approver()
    draft = draft_of(person, topic=topic.id)
    ready(draft)
    with pytest.raises(DraftError, match="Another person must approve it first"):
        place(draft.id, holds=holds(person), actor="x", at=AT)
    asked(draft, other)
    mail = Outbox.objects.get(kind="email", to=other.email)
    assert f"/desk/publish/{draft.id}/" in mail.text
    assert "Strandgata" not in mail.text + mail.subject
    assert answer(draft.id, yes=True, note="", holds=holds(other), actor="x", at=AT)
    row = one_row(draft)
    assert (row.text, row.approved_by_id, row.needs_approval) == (TEXT, other.id, True)


def test_nobody_approves_what_they_wrote_themselves() -> None:
    owner = approver_less(Role.OWNER)
    second = approver_less(Role.OWNER)
    draft = draft_of(owner, four_eyes=True)
    channel = draft.variants.get().channel
    save_draft(draft.id, written(channel, text="Rettet", four_eyes=True), serial=draft.serial, at=AT, **who(second))
    assert approving.approvers_of(fresh(draft)) == []
    third = approver()
    asked(draft, third)
    for writer_ in (owner, second):
        with pytest.raises(DraftError, match="Another person than those who wrote it"):
            answer(draft.id, yes=True, note="", holds=holds(writer_), actor="x", at=AT)


def test_several_are_asked_in_parallel_and_everyone_must_say_yes_when_that_is_wanted() -> None:
    one, two = approver("Aisha"), approver("Tarjei")
    draft = draft_of(writer(), four_eyes=True)
    asked(draft, one, two, everyone=True)
    assert not answer(draft.id, yes=True, note="", holds=holds(one), actor="x", at=AT)
    assert rows_of([draft.id]) == []
    assert answer(draft.id, yes=True, note="", holds=holds(two), actor="x", at=AT)
    with pytest.raises(DraftError, match="does not wait"):
        answer(draft.id, yes=True, note="", holds=holds(two), actor="x", at=AT)


def test_a_no_has_a_reason_and_brings_it_back_to_its_writer() -> None:
    other = approver()
    draft = draft_of(writer(), four_eyes=True)
    asked(draft, other)
    with pytest.raises(DraftError, match="Say why"):
        answer(draft.id, yes=False, note=" ", holds=holds(other), actor="x", at=AT)
    answer(draft.id, yes=False, note="Feil dato", holds=holds(other), actor="x", at=AT)
    assert fresh(draft).state == DraftState.WRITING
    assert draft.comments.get().text == "Feil dato"
    assert Outbox.objects.filter(kind="email", to=draft.owner.email).exists()


def test_a_person_without_the_role_on_every_channel_cannot_approve() -> None:
    mine, other = make_channel(kind="bluesky"), make_channel(kind="facebook")
    person = approver_less()
    from ordskifte.people.models import Grant

    Grant.objects.create(person=person, role=Role.APPROVER, channel_id=mine.id, given_at=AT)
    draft = draft_of(writer(), mine, other, four_eyes=True)
    assert person not in approving.approvers_of(fresh(draft))
    everywhere = approver()
    asked(draft, everywhere)
    with pytest.raises(DraftError, match="on all its channels"):
        answer(draft.id, yes=True, note="", holds=holds(person), actor="x", at=AT)


def scheduled(text: str = TEXT, **more: object) -> tuple[Draft, Person]:
    """Approved and scheduled for later."""
    other = approver()
    draft = draft_of(writer(), four_eyes=True, wanted_at=LATER, text=text, **more)
    asked(draft, other)
    answer(draft.id, yes=True, note="", holds=holds(other), actor="x", at=AT)
    return fresh(draft), other


def test_a_scheduled_post_whose_words_change_goes_back_for_approval() -> None:
    draft, _other = scheduled()
    person = draft.owner
    pull_back(draft.id, actor="x", at=AT)
    assert one_row(draft).state == State.WITHDRAWN
    channel = draft.variants.get().channel
    changed = written(channel, text="Vi brøyter i morgen.", four_eyes=True, wanted_at=LATER)
    save_draft(draft.id, changed, serial=fresh(draft).serial, at=AT, **who(person))
    ready(draft)
    with pytest.raises(DraftError, match="Another person must approve it first"):
        place(draft.id, holds=holds(person), actor="x", at=AT)
    same = written(channel, four_eyes=True, wanted_at=LATER + timedelta(hours=1))
    save_draft(draft.id, same, serial=fresh(draft).serial, at=AT, **who(person))
    ready(draft)
    place(draft.id, holds=holds(person), actor="x", at=AT)  # the approved words again, at another time
    assert {row.state for row in rows_of([draft.id])} == {State.WITHDRAWN, State.SCHEDULED}


def test_only_the_time_moves_without_a_new_approval() -> None:
    draft, other = scheduled()
    move_to(draft.id, LATER + timedelta(days=1), actor="x", at=AT)
    row = one_row(draft)
    assert (row.send_at, row.wanted_at, row.approved_by_id) == (*[LATER + timedelta(days=1)] * 2, other.id)
    with pytest.raises(DraftError, match="has passed"):
        move_to(draft.id, AT, actor="x", at=AT)


def test_what_was_changed_in_the_outbox_after_approval_is_not_sent(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    person = writer()
    draft = draft_of(person, channel)
    ready(draft)
    place(draft.id, holds=holds(person), actor="x", at=AT)
    row = one_row(draft)
    Outbox.objects.filter(pk=row.pk).update(text="Andre ord")
    assert send(row.id, job="job:1", post=office.post) == State.FAILED
    assert platform.posts == []
    row.refresh_from_db()
    assert row.reason == "It is not what was put in and approved, so it was not sent."


def test_a_thread_goes_out_part_by_part_each_answering_the_one_before(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    person = writer()
    long = " ".join(f"Dette er setning nummer {number} om brøyting." for number in range(90))
    draft = draft_of(person, channel, text=long, variants={channel.id: VariantWritten(split=True)})
    ready(draft)
    place(draft.id, holds=holds(person), actor="x", at=AT)
    parts = [part["text"] for part in draft.variants.get().parts]
    assert len(parts) > 1
    row = one_row(draft)
    while row is not None:
        assert send(row.id, job=f"job:{row.id}", post=office.post) in (State.SENT, State.CONFIRMED)
        following = go_on(row.id, at=office.now)
        assert go_on(row.id, at=office.now) is None  # run twice, it is one
        row = following
    assert [post["text"] for post in platform.posts] == parts
    assert [post["parent"] for post in platform.posts] == ["", *[post["id"] for post in platform.posts[:-1]]]


def test_a_missed_time_is_told_once() -> None:
    draft = draft_of(writer(), wanted_at=LATER)
    assert ticking.missed_drafts(at=AT) == []
    late = LATER + timedelta(minutes=1)
    assert ticking.missed_drafts(at=late) == [draft.id]
    assert ticking.missed_drafts(at=late) == []
    assert Outbox.objects.filter(kind="email", to=draft.owner.email, subject__contains="in time").count() == 1


def test_a_series_is_drafts_of_their_own() -> None:
    draft = draft_of(writer())
    times = [LATER + timedelta(days=7 * number) for number in range(3)]
    copies = repeat(draft.id, times, at=AT, **who(draft.owner))
    assert [one.wanted_at for one in copies] == times
    assert {one.series_id for one in copies} == {fresh(draft).series_id}
    assert all(one.variants.count() == 1 and one.state == DraftState.WRITING for one in copies)
    with pytest.raises(DraftError, match="has passed"):
        repeat(draft.id, [AT], at=AT, **who(draft.owner))


def test_a_warning_passed_with_a_reason_holds_for_what_it_said_then() -> None:
    draft = draft_of(writer(), text="Vi 😀 brøyter i kveld.")
    ready(draft)
    assert sheet_of(fresh(draft), at=AT).warnings == []
    channel = draft.variants.get().channel
    worse = written(channel, text="Vi brøyter 😀😀 i kveld, og 👍 flytt bilen.")
    save_draft(draft.id, worse, serial=fresh(draft).serial, at=AT, **who(draft.owner))
    assert {one.check for one in sheet_of(fresh(draft), at=AT).warnings} == {"emoji"}
    with pytest.raises(DraftError, match="Say why"):
        pass_check(draft.id, "emoji", " ", crisis_lead=False, at=AT, **who(draft.owner))


def test_a_machines_words_cannot_be_sent_before_a_person_has_edited_them() -> None:
    channel = make_channel(kind="facebook")
    draft = draft_of(writer(), channel, variants={channel.id: VariantWritten(language="nn")})
    drafting.take_machine_words(draft.id, "nn", "Vi *brøyter i kveld.", at=AT, **who(draft.owner))
    assert "machine" in sheet_of(fresh(draft), at=AT).blocking[0].what
    edited = written(channel, texts={"nn": "Vi brøyter i kveld."}, variants={channel.id: VariantWritten(language="nn")})
    save_draft(draft.id, edited, serial=fresh(draft).serial, at=AT, **who(draft.owner))
    assert sheet_of(fresh(draft), at=AT).blocking == []


def test_a_link_that_does_not_answer_is_warned_of() -> None:
    import httpx

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404 if "borte" in str(request.url) else 200)

    draft = draft_of(writer(), text="Se https://eksempel.example/borte og https://eksempel.example/her i kveld.")
    with Door(transport=httpx.MockTransport(respond)) as door:
        assert ticking.try_links(draft.id, door, at=AT) == 2
    assert dict(LinkTried.objects.values_list("url", "answers")) == {
        "https://eksempel.example/borte": False,
        "https://eksempel.example/her": True,
    }
    assert "links" in {one.check for one in sheet_of(fresh(draft), at=AT).warnings}


def test_in_a_crisis_its_lead_passes_a_block_and_sends_alone_and_another_reviews_it() -> None:
    lead = approver_less(Role.CRISIS_LEAD, Role.EDITOR)
    draft = draft_of(lead, important=True, four_eyes=True, crisis=True)
    with pytest.raises(DraftError, match="Only the crisis lead"):
        place_alone(draft.id, reason="Haster", in_crisis=False, holds=holds(lead), actor="x", at=AT)
    crisis.start_crisis("Flom", answer_within=30, unit_of_time="minutes", at=AT, **who(lead))
    pass_check(draft.id, "important_link", "Nettsiden er nede", crisis_lead=True, at=AT, **who(lead))
    ready(draft)
    with pytest.raises(DraftError, match="cannot wait"):
        place_alone(draft.id, reason="", in_crisis=True, holds=holds(lead), actor="x", at=AT)
    place_alone(draft.id, reason="Haster", in_crisis=True, holds=holds(lead), actor="x", at=AT)
    assert one_row(draft).state == State.SCHEDULED
    assert ProcrastinateJob.objects.filter(task_name="review_alone", args={"draft_id": str(draft.id)}).exists()
    with pytest.raises(DraftError, match="Another person"):
        review(draft.id, holds=holds(lead), actor="x", at=LATER)
    review(draft.id, holds=holds(approver()), actor="x", at=LATER)
    assert fresh(draft).reviewed_at == LATER


def test_while_a_crisis_is_on_other_posts_wait() -> None:
    person = writer()
    draft = draft_of(person)
    ready(draft)
    crisis.start_crisis("Flom", answer_within=30, unit_of_time="minutes", at=AT, **who(person))
    with pytest.raises(DraftError, match="A crisis is on"):
        place(draft.id, holds=holds(person), actor="x", at=AT)


def test_a_reason_holds_though_figures_and_times_in_the_words_move_on() -> None:
    channel = make_channel(kind="bluesky")
    draft = draft_of(writer(), channel, text="Se https://eksempel.example/borte i kveld.")
    LinkTried.objects.create(url="https://eksempel.example/borte", at=AT, answers=False)
    for number in range(20):
        row = put(channel, kind="post", language="nb")
        Outbox.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=AT - timedelta(hours=number))
    ready(draft)
    row = put(channel, kind="post", language="nb")
    Outbox.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=AT)
    LinkTried.objects.update(at=AT + timedelta(hours=1))
    later = sheet_of(fresh(draft), at=AT + timedelta(hours=2))
    assert {"links", "written_form"} <= {one.check for one in later.findings if one.level == "warn"}
    assert later.warnings == []
