"""No measure without ground, snapshot, reasons and an honest answer; least intrusive first; a second person."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ordskifte.converse.models import Measure, Task
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import decide, take_measure, withdraw_proposal
from ordskifte.converse.moderation.undoing import put_back
from ordskifte.people.models import Person, Role
from ordskifte.plan.models import Channel, Ground
from ordskifte.publish.errors import OutboxError
from ordskifte.publish.models import Outbox
from ordskifte.publish.outbox import resolve_unknown, start_again
from ordskifte.publish.sending import CLAIM_LASTS
from ordskifte.threads.entries import entries_about
from ordskifte.threads.models import Utterance, Version
from tests.converse.moderation.factories import (
    CRITICISM,
    HARASSMENT,
    THREAT,
    evidence,
    make_ground,
    take,
    wish,
)
from tests.factories import NOW, delete, edit, latest_version, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Person:
    return make_person(Role.MODERATOR, name="Ingrid Solli")


@pytest.fixture
def other() -> Person:
    return make_person(Role.OWNER, name="Aisha Rahman")


@pytest.fixture
def channel() -> Channel:
    return make_channel("Facebook-siden", kind="arena")


@pytest.fixture
def ground() -> Ground:
    return make_ground()


@pytest.fixture
def harassment(channel: Channel) -> Utterance:
    return say(channel, HARASSMENT)


def kinds(utterance: Utterance) -> list[str]:
    return [entry.kind for entry in entries_about([utterance.id])]


def left() -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in Outbox.objects.exclude(kind="email").order_by("made_at", "id")]


def test_harassment_is_hidden_with_reasons_in_one_act(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    measure = take(harassment, ground, moderator)
    assert (measure.state, measure.by, measure.neutral) == ("done", moderator, True)
    assert sorted(left()) == [("hide", "scheduled"), ("reply", "scheduled")]
    assert measure.outbox is not None
    assert measure.outbox.target_external_id == harassment.external_id
    assert measure.told is not None
    assert measure.told.text.startswith("Vi har skjult en kommentar.")
    assert measure.code in measure.told.text
    assert "svin" not in measure.told.text
    assert kinds(harassment)[0] == "measure.done"
    assert sorted(measure.statement) == sorted(f"S{number}" for number in range(1, 14))
    assert measure.told.send_at == NOW + timedelta(seconds=10)


def test_the_entry_holds_ids_and_no_words(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    measure = take(harassment, ground, moderator)
    entry = next(one for one in entries_about([harassment.id]) if one.kind == "measure.done")
    assert entry.details == {
        "measure": str(measure.id),
        "kind": "hide",
        "ground": "harassment",
        "version": str(harassment.current_id),
    }


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"facts": ""}, "facts"),
        ({"facts": "  \n "}, "facts"),
        ({"neutral": False}, "neutral"),
        ({"facts": "Kritikk av kommunen"}, "criticism"),
        ({"facts": "Irrelevant"}, "irrelevant"),
        ({"facts": "Politisk budskap"}, "political"),
        ({"kind": "remove"}, "lesser"),
        ({"kind": "block", "days": 3}, "lesser"),
    ],
)
def test_a_measure_is_refused_and_leaves_nothing_behind(
    harassment: Utterance, ground: Ground, moderator: Person, more: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ModerationError) as refused:
        take(harassment, ground, moderator, **more)
    assert refused.value.reason == reason
    assert (Measure.objects.count(), Outbox.objects.count(), kinds(harassment)) == (0, 0, [])


@pytest.mark.parametrize("days", [None, 0, -1, 181, 10_000])
def test_a_block_has_an_end(harassment: Utterance, ground: Ground, moderator: Person, days: int | None) -> None:
    with pytest.raises(ModerationError, match="180"):
        take(harassment, ground, moderator, kind="block", days=days, why_not_less="Kommer igjen.")


def test_only_published_grounds_count(harassment: Utterance, moderator: Person) -> None:
    for ground in (make_ground("hate", published=False), make_ground("illegal"), make_ground("threat")):
        if ground.code == "illegal":
            Ground.objects.filter(pk=ground.pk).update(withdrawn_at=NOW - timedelta(days=1))
        if ground.code == "threat":
            Ground.objects.filter(pk=ground.pk).update(published_at=NOW + timedelta(days=1))
        with pytest.raises(ModerationError) as refused:
            take(harassment, ground, moderator)
        assert refused.value.reason == "unpublished"


def test_a_published_ground_that_is_an_opinion_is_refused_with_an_explanation(
    harassment: Utterance, moderator: Person
) -> None:
    with pytest.raises(ModerationError, match=r"politisk|political") as refused:
        take(harassment, make_ground("other", nb="Politiske budskap"), moderator)
    assert refused.value.reason == "political"


def test_criticism_is_not_hidden_under_another_name(channel: Channel, ground: Ground, moderator: Person) -> None:
    said = say(channel, CRITICISM)
    with pytest.raises(ModerationError) as refused:
        take(said, ground, moderator)
    assert refused.value.reason == "uncarried"
    waits = take(said, ground, moderator, despite="Teksten viser til et bilde av en ansatt som gris.")
    assert waits.state == "proposed"
    assert left() == []


def test_the_snapshot_must_lie_whole_in_evidence(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    version = latest_version(harassment)
    assert version.evidence is not None
    path = evidence().store.root / version.evidence.path
    kept = path.read_bytes()
    for damaged in (kept[:-1] + b"x", b""):
        path.chmod(0o600)
        path.write_bytes(damaged)
        with pytest.raises(ModerationError) as refused:
            take(harassment, ground, moderator)
        assert refused.value.reason == "snapshot"
    path.unlink()
    with pytest.raises(ModerationError) as refused:
        take(harassment, ground, moderator)
    assert refused.value.reason == "snapshot"
    path.write_bytes(kept)
    assert take(harassment, ground, moderator).state == "done"


def test_a_row_without_bytes_cannot_be_hidden(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    Version.objects.filter(pk=harassment.current_id).update(evidence=None)
    with pytest.raises(ModerationError) as refused:
        take(harassment, ground, moderator)
    assert refused.value.reason == "snapshot"


def test_what_changed_or_went_away_meanwhile_is_not_touched(
    channel: Channel, harassment: Utterance, ground: Ground, moderator: Person
) -> None:
    asked = wish(harassment, ground)
    edit(harassment, "Du er et svin. Eller kanskje ikke.")
    gone = say(channel, HARASSMENT)
    delete(gone)
    ours = say(channel, HARASSMENT, ours=True)
    given: dict[str, Any] = {"by": moderator, "actor": "x", "at": NOW, "evidence": evidence()}
    with pytest.raises(ModerationError) as refused:
        take_measure(asked, **given)
    assert refused.value.reason == "changed"
    for one in (gone, ours):
        one.refresh_from_db()
        with pytest.raises(ModerationError):
            take_measure(wish(one, ground), **given)


def test_the_same_measure_is_taken_once(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    take(harassment, ground, moderator)
    with pytest.raises(ModerationError) as refused:
        take(harassment, ground, moderator)
    assert refused.value.reason == "done"


def test_harassment_is_removed_by_one_who_says_why_hiding_is_not_enough(
    harassment: Utterance, ground: Ground, moderator: Person
) -> None:
    measure = take(harassment, ground, moderator, kind="remove", why_not_less="Skjult ses den av vennene.")
    assert measure.state == "done"
    assert sorted(left()) == [("delete", "scheduled"), ("reply", "scheduled")]


@pytest.mark.parametrize("text", [CRITICISM, "Når kommer bussen?", "Bygget er gult"])
def test_an_opinion_is_removed_only_by_two(
    channel: Channel, ground: Ground, moderator: Person, other: Person, text: str
) -> None:
    said = say(channel, text)
    asked = {"kind": "remove", "why_not_less": "Skjult ses den.", "despite": "Bildet er sjikane."}
    measure = take(said, ground, moderator, **asked)
    assert (measure.state, left()) == ("proposed", [])
    given: dict[str, Any] = {"at": NOW + timedelta(hours=1), "evidence": evidence()}
    with pytest.raises(ModerationError) as refused:
        decide(measure.id, agree=True, by=moderator, actor="x", **given)
    assert refused.value.reason == "own"
    done = decide(measure.id, agree=True, by=other, actor=f"person:{other.id}", **given)
    assert (done.state, done.second, done.done_at) == ("done", other, NOW + timedelta(hours=1))
    assert sorted(left()) == [("delete", "scheduled"), ("reply", "scheduled")]
    assert kinds(said)[0] == "measure.done"
    assert "measure.proposed" in kinds(said)
    with pytest.raises(ModerationError):
        decide(measure.id, agree=False, why="Nei", by=other, actor="x", **given)


def test_those_who_may_decide_on_a_proposal_are_told_without_a_word_of_it(
    channel: Channel, ground: Ground, moderator: Person, other: Person
) -> None:
    make_person(Role.APPROVER)
    make_person(Role.MODERATOR, unit=make_unit())
    said = say(channel, CRITICISM)
    take(said, ground, moderator, kind="remove", why_not_less="Skjuling holder ikke.", despite="Navngitt ansatt.")
    mail = Outbox.objects.get(kind="email")
    assert (mail.to, mail.by) == (other.email, None)
    assert "/desk/measures/second/" in mail.text
    assert not [word for word in (*CRITICISM.split(), "Skjuling", "Navngitt") if len(word) > 6 and word in mail.text]


def test_the_second_person_says_why_not(channel: Channel, ground: Ground, moderator: Person, other: Person) -> None:
    said = say(channel, CRITICISM)
    measure = take(said, ground, moderator, despite="Bildet er sjikane.")
    given: dict[str, Any] = {"agree": False, "by": other, "actor": "x", "at": NOW, "evidence": evidence()}
    with pytest.raises(ModerationError):
        decide(measure.id, **given)
    refused = decide(measure.id, why="Dette er kritikk.", **given)
    assert (refused.state, refused.decided_why, left()) == ("refused", "Dette er kritikk.", [])
    assert kinds(said)[0] == "measure.refused"


def test_a_proposal_is_taken_back_only_by_its_maker(
    channel: Channel, ground: Ground, moderator: Person, other: Person
) -> None:
    measure = take(say(channel, CRITICISM), ground, moderator, despite="Bildet er sjikane.")
    with pytest.raises(ModerationError):
        withdraw_proposal(measure.id, by=other, actor="x", at=NOW)
    assert withdraw_proposal(measure.id, by=moderator, actor="x", at=NOW).state == "refused"


def test_a_proposal_on_words_that_changed_is_not_carried_out(
    channel: Channel, ground: Ground, moderator: Person, other: Person
) -> None:
    said = say(channel, CRITICISM)
    measure = take(said, ground, moderator, despite="Bildet er sjikane.")
    edit(said, "Takk for brøytinga!")
    with pytest.raises(ModerationError) as refused:
        decide(measure.id, agree=True, by=other, actor="x", at=NOW, evidence=evidence())
    assert refused.value.reason == "changed"


@pytest.mark.parametrize(("days", "state"), [(1, "done"), (7, "done"), (8, "proposed"), (180, "proposed")])
def test_a_longer_block_needs_a_second_person(
    harassment: Utterance, ground: Ground, moderator: Person, days: int, state: str
) -> None:
    measure = take(harassment, ground, moderator, kind="block", days=days, why_not_less="Kommer igjen.")
    assert (measure.state, measure.until) == (state, NOW + timedelta(days=days))


def test_a_block_names_the_account_and_runs_from_the_second_yes(
    harassment: Utterance, ground: Ground, moderator: Person, other: Person
) -> None:
    measure = take(harassment, ground, moderator, kind="block", days=30, why_not_less="Kommer igjen.")
    later = NOW + timedelta(days=2)
    done = decide(measure.id, agree=True, by=other, actor="x", at=later, evidence=evidence())
    row = Outbox.objects.get(kind="block")
    assert done.until == later + timedelta(days=30)
    assert (row.target_external_id, row.details["until"]) == ("Nabo i Strandgata", "2026-04-13T09:00:00Z")


def test_one_undoes_ones_own_act_and_nothing_is_told(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    measure = take(harassment, ground, moderator)
    back = put_back(measure.id, by=moderator, actor="x", at=NOW + timedelta(seconds=5))
    assert back.state == "reversed"
    assert sorted(left()) == [("hide", "withdrawn"), ("reply", "withdrawn")]
    assert "measure.reversed" in kinds(harassment)


def test_what_has_left_is_shown_again_and_told(
    harassment: Utterance, ground: Ground, moderator: Person, other: Person
) -> None:
    measure = take(harassment, ground, moderator)
    Outbox.objects.update(state="confirmed")
    with pytest.raises(ModerationError):
        put_back(measure.id, by=other, actor="x", at=NOW)
    put_back(measure.id, why="Det var et dikt.", by=other, actor="x", at=NOW + timedelta(hours=1))
    new = Outbox.objects.exclude(state="confirmed")
    assert sorted(new.values_list("kind", flat=True)) == ["reply", "unhide"]
    assert "kan leses igjen" in new.get(kind="reply").text


@pytest.mark.parametrize("state", ["failed", "stopped", "scheduled", "unknown", "sent"])
def test_what_was_put_back_is_never_hidden_again_from_the_outbox(
    harassment: Utterance, ground: Ground, moderator: Person, state: str
) -> None:
    measure = take(harassment, ground, moderator)
    hide = Outbox.objects.get(kind="hide")
    Outbox.objects.filter(pk=hide.pk).update(state=state, claimed_by="job:1", claimed_at=NOW, attempts=1)
    put_back(measure.id, by=moderator, actor="x", at=NOW + timedelta(seconds=5))
    with pytest.raises(OutboxError):
        start_again(hide.pk, actor="x", at=NOW + timedelta(minutes=1))
    if state == "unknown":
        resolve_unknown(hide.pk, arrived=False, actor="x", by=moderator.pk, at=NOW + timedelta(minutes=1))
    hide.refresh_from_db()
    assert hide.state in ("withdrawn", "sent")
    assert (hide.state == "withdrawn") or hide.given_up_at is not None
    shown_again = Outbox.objects.filter(kind="unhide").count()
    assert shown_again == (0 if state == "failed" else 1)


def test_it_is_shown_again_after_a_worker_that_hides_it_has_ended(
    harassment: Utterance, ground: Ground, moderator: Person
) -> None:
    measure = take(harassment, ground, moderator)
    Outbox.objects.filter(kind="hide").update(state="claimed", claimed_by="job:1", claimed_at=NOW, attempts=1)
    put_back(measure.id, by=moderator, actor="x", at=NOW + timedelta(seconds=5))
    assert Outbox.objects.get(kind="unhide").send_at >= NOW + CLAIM_LASTS


def test_a_channel_does_only_what_it_can(ground: Ground, moderator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from ordskifte.channels.arena import ArenaChannel

    monkeypatch.setattr(ArenaChannel, "can_hide", False)
    said = say(make_channel(kind="arena"), HARASSMENT)
    with pytest.raises(ModerationError) as refused:
        take(said, ground, moderator)
    assert refused.value.reason == "channel"


def test_a_private_writer_gets_the_whole_letter_with_their_own_words(
    channel: Channel, ground: Ground, moderator: Person
) -> None:
    measure = take(say(channel, HARASSMENT, private=True), ground, moderator)
    assert measure.told is not None
    assert HARASSMENT in measure.told.text
    assert "Et menneske kalles et dyr" in measure.told.text
    assert "Sivilombudet" in measure.told.text


def test_the_writer_is_answered_in_their_own_written_form(channel: Channel, ground: Ground, moderator: Person) -> None:
    told = {}
    for language, text in (
        ("nn", "Du er eit svin, kvifor svarar du ikkje"),
        ("en", "You are a pig, you people are vermin"),
    ):
        told[language] = take(say(channel, text, language=language), ground, moderator)
    assert told["nn"].language == "nn"
    assert told["nn"].told is not None
    assert told["nn"].told.text.startswith("Vi har skjult ein kommentar.")


def test_a_threat_makes_the_report_and_the_care(channel: Channel, moderator: Person) -> None:
    leader = make_person(Role.LEADER, name="Leder Lund")
    take(say(channel, THREAT), make_ground("threat"), moderator, facts="Truer ansatte med juling.")
    tasks = {task.kind: task.assignee for task in Task.objects.all()}
    assert tasks == {"care": leader, "police": moderator}


def test_numbers_in_what_a_person_writes_are_masked(harassment: Utterance, ground: Ground, moderator: Person) -> None:
    measure = take(harassment, ground, moderator, facts="Sjikane av 02013299997")
    assert "02013299997" not in str(measure.statement) + measure.facts


def test_a_wish_is_a_value(harassment: Utterance, ground: Ground) -> None:
    asked = wish(harassment, ground)
    assert replace(asked, neutral=False) != asked
