"""Once, provably, and never in silence: what becomes of a thing when the channel behaves badly."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from ordskifte.base.keys import load_keys
from ordskifte.channels import reasons as said
from ordskifte.listen.live import collect
from ordskifte.plan.models import Channel
from ordskifte.publish import reasons
from ordskifte.publish.confirm import confirm
from ordskifte.publish.looking import look, watch
from ordskifte.publish.models import Outbox, Receipt, State
from ordskifte.publish.outbox import give_up, hold_back, put_in_outbox, resolve_unknown, start_again, withdraw
from ordskifte.publish.receipts import took
from ordskifte.publish.sending import CLAIM_LASTS, TRIES, outgoing, send, wait_after
from ordskifte.records.evidence import open_records, read_raw
from ordskifte.records.models import Entry, EvidenceObject
from ordskifte.threads.models import Utterance, Version
from tests.factories import home_store, make_channel, make_person, say
from tests.loopback import Platform
from tests.publish.conftest import AT, Office, channel_on, jobs, put

pytestmark = pytest.mark.django_db


def state(row: Outbox) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="outbox.").order_by("batch").values_list("kind", flat=True))


def test_a_thing_is_sent_and_its_receipt_kept(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    assert send(row.id, job="job:1", post=office.post) == State.CONFIRMED
    assert platform.texts() == {row.text: 1}
    row.refresh_from_db()
    assert (row.attempts, row.external_id, row.permalink) == (1, "1", "https://loopback.example/1")
    assert row.sent_at == row.confirmed_at == row.ended_at == AT
    assert kinds() == ["outbox.put", "outbox.confirmed"]
    assert [args for args, _ in jobs("sent")] == [{"outbox_id": str(row.id)}]


def test_the_question_and_its_answer_lie_in_the_evidence_without_our_secret(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    send(row.id, job="job:1", post=office.post)
    receipt = Receipt.objects.get(outbox=row)
    assert receipt.evidence_id is not None
    keys = load_keys(settings.HOME)
    headers, answer = read_raw(
        home_store(),
        keys,
        receipt.evidence_id,
        offset=receipt.evidence_offset or 0,
        length=receipt.evidence_length or 0,
    )
    assert headers["WARC-Type"] == "response"
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert row.text.encode()[:3] in answer
    kept = EvidenceObject.objects.get(pk=receipt.evidence_id)
    assert len(list(open_records(home_store(), keys, kept))) == 2
    whole = home_store().get(kept.path)
    assert b"hush" not in whole
    assert b"secret=1" not in whole


def test_it_is_sent_once_however_often_the_job_runs(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    for number in (1, 2, 3):
        send(row.id, job=f"job:{number}", post=office.post)
    assert sum(platform.texts().values()) == 1


def test_nothing_leaves_before_its_time_or_after_it_was_taken_back(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    early = put(channel, send_at=AT + timedelta(seconds=10))
    assert send(early.id, job="job:1", post=office.post) is None
    withdraw(early.id, actor="system:test", at=AT)
    office.now = AT + timedelta(seconds=11)
    assert send(early.id, job="job:2", post=office.post) is None
    assert platform.texts() == {}
    assert state(early)[0] == "withdrawn"


@pytest.mark.parametrize("word", ["cut-after", "500-after"])
def test_what_left_before_the_answer_was_lost_is_found_by_its_mark(
    platform: Platform, office: Office, word: str
) -> None:
    row = put(channel_on(platform), f"Svar [{word}]")
    assert send(row.id, job="job:1", post=office.post) == State.UNKNOWN
    assert jobs("sent") == []
    assert look(row.id, post=office.post) == State.CONFIRMED
    assert platform.texts() == {row.text: 1}
    assert [args for args, _ in jobs("sent")] == [{"outbox_id": str(row.id)}]


@pytest.mark.parametrize("word", ["cut-before", "500-before", "empty"])
def test_what_never_left_is_sent_again_only_when_the_channel_has_settled(
    platform: Platform, office: Office, word: str
) -> None:
    row = put(channel_on(platform), f"Svar [{word}]")
    send(row.id, job="job:1", post=office.post)
    before = state(row)[0]
    assert look(row.id, post=office.post) == before
    office.now = AT + timedelta(seconds=3)
    assert look(row.id, post=office.post) == State.SCHEDULED
    assert state(row) == ("scheduled", reasons.LOOKED_NOT_THERE)
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED
    assert platform.texts() == {row.text: 1}


@pytest.mark.parametrize("word", ["cut-before", "500-before", "empty", "429"])
def test_what_was_given_up_on_its_way_is_not_sent_again(platform: Platform, office: Office, word: str) -> None:
    row = put(channel_on(platform), f"Svar [{word}]")
    claimed = Outbox.objects.get(pk=row.pk)
    assert claimed.state == "scheduled"
    send(row.id, job="job:1", post=office.post)
    Outbox.objects.filter(pk=row.pk, state="scheduled").update(
        state="claimed"
    )  # asked to wait: still in the worker's hands
    give_up(row.id, actor="system:test", at=AT)
    office.now = AT + timedelta(minutes=3)
    look(row.id, post=office.post)
    look(row.id, post=office.post)
    assert state(row)[0] in ("withdrawn", "unknown")
    assert send(row.id, job="job:2", post=office.post) is None
    assert platform.texts().get(row.text, 0) == 0


def test_what_is_confirmed_late_is_sent_until_it_is_seen(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform), "Svar [late]")
    assert send(row.id, job="job:1", post=office.post) == State.SENT
    assert look(row.id, post=office.post) == State.SENT
    platform.posts[0]["from"] = 0.0
    assert look(row.id, post=office.post) == State.CONFIRMED
    assert kinds() == ["outbox.put", "outbox.sent", "outbox.confirmed"]


def test_asked_to_wait_we_wait_as_long_as_we_are_asked(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform), "Svar [429]")
    assert send(row.id, job="job:1", post=office.post) == State.SCHEDULED
    assert state(row) == ("scheduled", said.BUSY)
    assert row.send_at == AT + wait_after(1)
    assert jobs("send")[-1][1] == row.send_at
    office.now = row.send_at
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED


def test_a_refusal_fails_with_its_reason_and_can_be_tried_again_by_a_person(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform), "Svar [403]")
    assert send(row.id, job="job:1", post=office.post) == State.FAILED
    assert state(row) == ("failed", said.NO_ACCESS)
    start_again(row.id, actor="system:test", at=AT)
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED


def test_a_channel_that_is_not_there_is_tried_again_later_each_time_until_a_person_is_told(office: Office) -> None:
    from tests import loopback

    loopback.register()
    channel = make_channel(kind="loopback")
    Channel.objects.filter(pk=channel.pk).update(url="http://127.0.0.1:1/")
    row = put(channel)
    waits = []
    for number in range(TRIES):
        send(row.id, job=f"job:{number}", post=office.post)
        row.refresh_from_db()
        waits.append(row.send_at - office.now)
        office.now = max(office.now, row.send_at)
    loopback.unregister()
    assert [wait.total_seconds() for wait in waits[:4]] == [5, 10, 20, 40]
    assert max(waits) <= timedelta(minutes=15)
    assert state(row) == ("failed", reasons.TIRED)


def test_where_nobody_can_look_the_unknown_is_for_a_person(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform, "blind"), "Svar [cut-after]")
    assert send(row.id, job="job:1", post=office.post) == State.UNKNOWN
    assert [args for args, _ in jobs("sent")] == [{"outbox_id": str(row.id)}]
    office.now += timedelta(days=1)
    assert look(row.id, post=office.post) == State.UNKNOWN
    assert sum(platform.texts().values()) == 1
    person = make_person()
    resolve_unknown(row.id, arrived=True, actor=f"person:{person.id}", by=person.id, at=office.now)
    assert state(row) == ("confirmed", reasons.PERSON_SAW)


def test_a_person_who_saw_nothing_lets_it_be_sent_again(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform, "blind"), "Svar [cut-before]")
    send(row.id, job="job:1", post=office.post)
    person = make_person()
    resolve_unknown(row.id, arrived=False, actor=f"person:{person.id}", by=person.id, at=AT)
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED
    assert platform.texts() == {row.text: 1}


def test_what_was_accepted_and_cannot_be_looked_for_becomes_unknown(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform, "blind"), "Svar [empty]")
    assert send(row.id, job="job:1", post=office.post) == State.SENT
    assert look(row.id, post=office.post) == State.SENT
    office.now = AT + timedelta(seconds=3)
    assert look(row.id, post=office.post) == State.UNKNOWN
    assert state(row) == ("unknown", reasons.NOT_SEEN)


def test_a_channel_that_knows_our_mark_again_needs_no_look(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform, "keyed"), "Svar [cut-before]")
    assert send(row.id, job="job:1", post=office.post) == State.UNKNOWN
    assert look(row.id, post=office.post) == State.SCHEDULED
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED


def killed_while_sending(row: Outbox, job: str = "job:1") -> None:
    """What a worker leaves behind when it is killed after its claim."""
    Outbox.objects.filter(pk=row.pk).update(state="claimed", claimed_by=job, claimed_at=AT, attempts=1)


def test_the_job_of_a_killed_worker_finds_its_own_claim_and_sends_nothing(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    killed_while_sending(row)
    office.now = AT + timedelta(seconds=16)
    assert send(row.id, job="job:2", post=office.post) is None
    assert send(row.id, job="job:1", post=office.post) == State.UNKNOWN
    assert state(row) == ("unknown", reasons.LOST)
    assert platform.texts() == {}
    assert look(row.id, post=office.post) == State.UNKNOWN
    office.now = AT + CLAIM_LASTS
    assert look(row.id, post=office.post) == State.SCHEDULED


def test_a_claim_whose_job_is_gone_too_is_given_up_when_it_cannot_be_alive(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform, "blind"))
    killed_while_sending(row)
    office.now = AT + CLAIM_LASTS - timedelta(seconds=1)
    assert look(row.id, post=office.post) is None
    assert watch(at=office.now) == 0
    office.now = AT + timedelta(minutes=3)
    assert watch(at=office.now) == 1
    assert look(row.id, post=office.post) == State.UNKNOWN


def test_the_claim_sets_somebody_to_look_after_it(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    send(row.id, job="job:1", post=office.post)
    assert jobs("look") == [({"outbox_id": str(row.id)}, AT + CLAIM_LASTS)]
    assert look(row.id, post=office.post) == State.CONFIRMED


def test_a_worker_that_was_held_up_sends_nothing(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    office.slow = timedelta(seconds=6)
    office.now = AT
    send(row.id, job="job:1", post=office.post)
    assert platform.texts() == {}
    assert state(row) == ("scheduled", reasons.TOO_SLOW)


def test_a_channel_that_cannot_be_looked_at_is_looked_at_again_and_a_person_is_asked(
    platform: Platform, office: Office
) -> None:
    row = put(channel_on(platform), "Svar [cut-after]")
    send(row.id, job="job:1", post=office.post)
    platform.down = True
    for _ in range(6):
        assert look(row.id, post=office.post) == State.UNKNOWN
    assert len(jobs("sent")) == 1
    platform.down = False
    assert look(row.id, post=office.post) == State.CONFIRMED


def test_a_missed_time_is_told_and_the_thing_still_goes(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    assert watch(at=AT + timedelta(minutes=1)) == 0
    assert watch(at=AT + timedelta(minutes=3)) == 1
    row.refresh_from_db()
    assert row.missed_at == AT + timedelta(minutes=3)
    assert "outbox.missed" in kinds()
    watch(at=AT + timedelta(minutes=4))
    assert kinds().count("outbox.missed") == 1
    office.now = AT + timedelta(minutes=5)
    assert send(row.id, job="job:9", post=office.post) == State.CONFIRMED


def test_a_closed_channel_gets_nothing(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    row = put(channel)
    Channel.objects.filter(pk=channel.pk).update(closed_at=AT)
    assert send(row.id, job="job:1", post=office.post) == State.FAILED
    assert state(row) == ("failed", reasons.CLOSED)


def test_what_is_held_back_stays_until_it_is_started(platform: Platform, office: Office) -> None:
    row = put(channel_on(platform))
    hold_back(row.id, actor="system:test", at=AT)
    assert send(row.id, job="job:1", post=office.post) is None
    start_again(row.id, actor="system:test", at=AT)
    assert send(row.id, job="job:2", post=office.post) == State.CONFIRMED


def test_a_measure_is_sent_about_its_target(platform: Platform, office: Office) -> None:
    row = put_in_outbox(
        kind="hide",
        channel_id=channel_on(platform).id,
        actor="system:test",
        by=None,
        at=AT,
        target_external_id="17",
    )
    assert send(row.id, job="job:1", post=office.post) == State.CONFIRMED
    row.refresh_from_db()
    assert row.external_id == "17"


# ---- our own post comes back through intake


def fetched(channel: Channel, office: Office) -> int:
    """What is new on the channel, taken in; the job `confirm` carried out."""
    keys = load_keys(settings.HOME)
    new = collect(channel, office.reach(channel), clock=office.clock, store=home_store(), keys=keys)
    for args, _ in jobs("confirm"):
        confirm(args["version_ids"], at=office.now)
    return new


ROWS = ("kind", "state", "external_id", "permalink", "attempts", "sent_at", "confirmed_at", "ended_at", "reason")
PAPERS = ("external_id", "permalink", "version_id", "evidence_id")


def rows(row: Outbox) -> tuple[object, ...]:
    """All that the rows say in the end, but for the times of the platform and ids that are random."""
    version = Version.objects.get(utterance__external_id="1")
    receipt = Receipt.objects.values(*PAPERS).get(outbox=row)
    assert receipt.pop("version_id") == version.id
    assert receipt.pop("evidence_id")
    seen = Utterance.objects.values("external_id", "kind", "ours", "versions", "deleted").get()
    return Outbox.objects.values(*ROWS).get(pk=row.pk), receipt, seen, Outbox.objects.count(), Receipt.objects.count()


@pytest.mark.parametrize("kind", ["loopback", "blind"])
def test_our_own_post_joins_its_receipt_in_either_order(platform: Platform, office: Office, kind: str) -> None:
    first = channel_on(platform, kind)
    after = put(first, "Svar")
    send(after.id, job="job:1", post=office.post)
    assert fetched(first, office) == 1
    receipt_first = rows(after)

    Receipt.objects.all().delete()
    Outbox.objects.all().delete()
    Version.objects.all().delete()
    Utterance.objects.all().delete()
    platform.posts.clear()
    second = channel_on(platform, kind)
    before = put(second, "Svar")
    Outbox.objects.filter(pk=before.pk).update(state="claimed", claimed_by="job:1", claimed_at=AT, attempts=1)
    before.refresh_from_db()
    live = office.reach(second)
    sent = live.send(outgoing(before, home_store()))  # the answer is on its way to us ...
    assert fetched(second, office) == 1  # ... and intake is faster
    took(before.id, sent, at=AT, store=home_store(), keys=load_keys(settings.HOME))
    assert rows(before) == receipt_first


def test_a_post_of_ours_that_comes_back_settles_an_unknown_one(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    row = put(channel, "Svar [cut-after]")
    send(row.id, job="job:1", post=office.post)
    fetched(channel, office)
    assert state(row) == ("confirmed", "")
    assert send(row.id, job="job:1", post=office.post) is None
    assert sum(platform.texts().values()) == 1


def test_one_that_waits_to_be_sent_again_is_not_sent_when_it_has_come_back(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    row = put(channel, "Svar [late]")
    send(row.id, job="job:1", post=office.post)
    office.now = AT + timedelta(seconds=4)
    assert look(row.id, post=office.post) == State.SCHEDULED
    platform.posts[0]["from"] = 0.0
    fetched(channel, office)
    assert state(row)[0] == "confirmed"
    assert send(row.id, job="job:2", post=office.post) is None
    assert sum(platform.texts().values()) == 1


def test_someone_elses_words_with_our_mark_confirm_nothing(platform: Platform, office: Office) -> None:
    channel = channel_on(platform)
    row = put(channel)
    theirs = say(channel, "Svar", external_id="99")
    Version.objects.filter(utterance=theirs).update(extra={"mark": str(row.mark)})
    assert confirm([theirs.current_id], at=AT) == []
    assert state(row)[0] == "scheduled"


def test_a_row_that_is_not_there_is_nothing_to_do(office: Office) -> None:
    assert send(uuid4(), job="job:1", post=office.post) is None
    assert look(uuid4(), post=office.post) is None
