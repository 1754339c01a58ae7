"""What goes and what stays: purge, holds, disposal, erasure, imports, and the list of erasures."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

import orjson
import pytest
from django.conf import settings

from ordskifte.archive import deciding, disposal, erasure_list, holds, periods, privacy, purge, worklist
from ordskifte.archive.choices import abroad, choice, choose
from ordskifte.archive.erasing import Place
from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.imported import decide_import
from ordskifte.archive.models import DisposalItem, PrivacyRequest, Purged, Undecided
from ordskifte.archive.papers import storage, warnings
from ordskifte.archive.warning import warn
from ordskifte.base.keys import load_keys
from ordskifte.converse.models import Task
from ordskifte.listen.models import Import, ImportFile
from ordskifte.people.models import Role
from ordskifte.people.viewer import viewer_of
from ordskifte.plan.models import Channel
from ordskifte.records.keeping import standing
from ordskifte.records.models import Entry, KeepDecision, Period
from ordskifte.threads.models import Utterance, Version
from tests.archive.office import BY
from tests.factories import NOW, delete, home_store, make_channel, make_person, number_entries, say

pytestmark = pytest.mark.django_db

THANKS = "Takk for det!"
LATER = NOW + timedelta(days=91)


def place() -> Place:
    return Place(home_store(), load_keys(settings.HOME))


def text_of(one: Utterance) -> str:
    return Version.objects.filter(utterance=one).exclude(kind="deletion").values_list("text", flat=True)[0]


def left_out(channel: Channel, text: str = THANKS, **more: object) -> Utterance:
    one = say(channel, text, **more)  # type: ignore[arg-type]  # what `say` takes
    deciding.confirm([one.pk], by=BY, at=NOW)
    assert standing([one.pk])[one.pk].outcome == "leave_out"
    return one


def test_what_is_left_out_goes_after_the_set_time_and_is_counted_by_reason() -> None:
    channel = make_channel()
    one, two = left_out(channel), left_out(channel, "Tusen takk!")
    stays = say(channel, "Vi brøyter.", ours=True)
    assert purge.purge_due(at=NOW + timedelta(days=89), place=place()) == 0
    assert purge.purge_due(at=LATER, place=place()) == 2
    assert purge.purge_due(at=LATER, place=place()) == 0
    assert (text_of(one), text_of(two), text_of(stays)) == ("", "", "Vi brøyter.")
    assert purge.purged_by_reason() == [(LATER.year, "praise", 2)]
    leaf = orjson.loads(bytes(Entry.objects.get(kind="keep.purged").body))
    assert leaf["details"] == {"count": 2, "reasons": {"praise": 2}}
    assert not [key for key in (b"Takk", b"Tusen") if any(key in bytes(e.body) for e in Entry.objects.all())]


def test_two_of_one_object_are_erased_by_one_replacement() -> None:
    channel = make_channel()
    left_out(channel)
    purge.purge_due(at=LATER, place=place())
    assert Entry.objects.filter(kind="replaced").count() == 1


def test_what_its_author_deleted_and_was_left_out_goes_at_once() -> None:
    one = delete(say(make_channel(), THANKS))
    deciding.confirm([one.pk], by=BY, at=NOW)
    assert purge.purge_deleted([one.pk], at=NOW, place=place()) == 1
    assert text_of(one) == ""
    batch = standing([one.pk])[one.pk].batch
    assert batch is not None
    with pytest.raises(ArchiveError):
        deciding.undo(batch, by=BY, at=NOW)


def test_a_hold_stops_purge_disposal_and_erasure() -> None:
    channel = make_channel()
    one, other = left_out(channel, by="Kari"), left_out(channel, "Tusen takk!", by="Per")
    made = holds.hold("thread", one.thread_id, why="Sak for retten", basis="tvisteloven", by=BY, at=NOW)
    assert purge.purge_due(at=LATER, place=place()) == 1
    assert (text_of(one), text_of(other)) == (THANKS, "")
    holds.end(made.pk, why="Dom falt", by=BY, at=LATER)
    assert purge.purge_due(at=LATER, place=place()) == 1
    assert text_of(one) == ""


@pytest.mark.parametrize("kind", ["utterance", "thread", "author", "channel"])
def test_a_hold_covers_what_it_names(kind: str) -> None:
    one, other = say(make_channel(), THANKS, by="Kari"), say(make_channel(), THANKS, by="Per")
    assert one.author_id is not None
    target = {"utterance": one.pk, "thread": one.thread_id, "author": one.author_id, "channel": one.channel_id}[kind]
    holds.hold(kind, target, why="Klage", basis="lov", by=BY, at=NOW)
    assert holds.held([one.pk, other.pk]) == {one.pk}
    with pytest.raises(ArchiveError):
        holds.hold(kind, target, why="Klage", basis="lov", by=BY, at=NOW)


def due_for_disposal(*, keep: bool = False) -> tuple[UUID, Utterance]:
    """Something archived in a class of five years, in a period that was closed long ago."""
    made = periods.add_class(
        "090", {"nb": "Drift"}, keep=keep, years=5, legal_basis="arkivlova § 13", topic_id=None, standard=True,
        by=BY, at=NOW,
    )  # fmt: skip
    old = NOW.replace(year=2019)
    one = say(make_channel(), "Når åpner badet?", at=old)
    deciding.decide([one.pk], handled=False, documents=True, by=BY, at=NOW, reason="own_words")
    Period.objects.create(
        title="2019", starts=date(2019, 1, 1), ends=date(2019, 12, 31), opened_at=old, opened_by=BY,
        closed_at=NOW.replace(year=2020), closed_by=BY,
    )  # fmt: skip
    return made.pk, one


def test_disposal_needs_two_persons_and_leaves_date_and_person() -> None:
    class_id, one = due_for_disposal()
    first, second = make_person(Role.ARCHIVIST), make_person(Role.ARCHIVIST)
    listed = disposal.propose(class_id, basis="arkivlova § 13", by=first, at=NOW)
    with pytest.raises(ArchiveError):
        disposal.agree(listed.pk, agree=True, by=first, at=NOW)
    assert disposal.carry_out(listed.pk, at=NOW, place=place()) == 0
    disposal.agree(listed.pk, agree=True, by=second, at=NOW)
    assert disposal.carry_out(listed.pk, at=NOW, place=place()) == 1
    item = DisposalItem.objects.get()
    assert (item.record_id, item.disposed_at, item.disposed_by) == (one.pk, NOW, f"person:{second.pk}")
    assert text_of(one) == ""
    assert Utterance.objects.filter(pk=one.pk).exists()
    assert disposal.carry_out(listed.pk, at=NOW, place=place()) == 0


def test_what_is_kept_cannot_be_disposed_of() -> None:
    class_id, _one = due_for_disposal(keep=True)
    with pytest.raises(ArchiveError):
        disposal.propose(class_id, basis="arkivlova § 13", by=make_person(Role.ARCHIVIST), at=NOW)


def test_what_is_not_due_or_held_stays_when_the_list_is_carried_out() -> None:
    class_id, one = due_for_disposal()
    listed = disposal.propose(class_id, basis="arkivlova § 13", by=make_person(Role.ARCHIVIST), at=NOW)
    holds.hold("utterance", one.pk, why="Klage", basis="lov", by=BY, at=NOW)
    disposal.agree(listed.pk, agree=True, by=make_person(Role.ARCHIVIST), at=NOW)
    disposal.carry_out(listed.pk, at=NOW, place=place())
    assert DisposalItem.objects.get().kept_why == "hold"
    assert text_of(one) != ""


def test_nothing_is_due_before_its_time_or_in_an_open_period() -> None:
    class_id, _one = due_for_disposal()
    person = make_person(Role.ARCHIVIST)
    with pytest.raises(ArchiveError):
        disposal.propose(class_id, basis="§ 13", by=person, at=NOW.replace(year=2025))
    Period.objects.update(closed_at=None)
    with pytest.raises(ArchiveError):
        disposal.propose(class_id, basis="§ 13", by=person, at=NOW)


def test_a_request_erases_what_is_not_archive_bound_and_logs_no_word() -> None:
    channel = make_channel()
    goes = say(channel, "Kanarifugl, takk!", by="Kari Nordmann")
    stays = say(channel, "Når åpner badet?", by="Kari Nordmann")
    deciding.decide([stays.pk], handled=False, documents=True, by=BY, at=NOW, reason="own_words")
    deciding.decide([goes.pk], handled=False, documents=False, by=BY, at=NOW, reason="no_value")
    viewer = viewer_of(make_person(Role.ARCHIVIST))
    assert goes.author_id is not None
    made = privacy.open_request([goes.author_id], language="nb", by=BY, at=NOW)
    privacy.answer(made.pk, viewer=viewer, by=BY, at=NOW)
    assert privacy.carry_out(made.pk, at=NOW, place=place()) == 1
    one = PrivacyRequest.objects.get()
    assert (one.state, one.erased, one.kept) == ("answered", 1, {"archive|arkivforskrifta § 1": 1})
    assert (text_of(goes), text_of(stays)) == ("", "Når åpner badet?")
    assert "Kanarifugl" not in one.letter + json.dumps(one.kept)
    assert "Nordmann" not in one.letter
    assert not any(b"Kanarifugl" in bytes(row.body) for row in Entry.objects.all())
    lines = privacy.lines_of(made.authors, viewer, at=NOW)
    assert sorted(line.stands for line in lines) == ["archive", "gone"]


def test_the_list_of_erasures_is_applied_again() -> None:
    channel = make_channel()
    one = left_out(channel)
    purge.purge_due(at=LATER, place=place())
    content = erasure_list.written(None, at=LATER)
    assert [row.utterance for row in erasure_list.read(content)] == [one.pk]
    assert b"Takk" not in content
    assert erasure_list.read(erasure_list.written(LATER + timedelta(days=1), at=LATER)) == []
    assert erasure_list.apply(erasure_list.read(content), at=LATER, store=place().store, keys=place().keys) == 0
    again = say(channel, THANKS)
    rows = [erasure_list.Erased(again.pk, "arkivforskrifta § 1", "2026-03-12T09:00:00Z")]
    assert erasure_list.apply(rows, at=LATER, store=place().store, keys=place().keys) == 1
    assert text_of(again) == ""
    for broken in (b"", b"{}", b'{"format":2,"erased":[]}', b'{"format":1,"erased":[{"utterance":"x"}]}'):
        with pytest.raises(ArchiveError):
            erasure_list.read(broken)


def imported(keep: str) -> tuple[Import, Utterance, Utterance]:
    channel = make_channel()
    run = Import.objects.create(
        actor="system:command", started_at=NOW - timedelta(days=1), state="done", keep=keep, legal_basis="arkivlova",
        first_batch=0, ended_at=NOW,
    )  # fmt: skip
    ImportFile.objects.create(run=run, channel=channel, path="x.zip", kind="mastodon")
    ours = say(channel, "Vi brøyter.", ours=True, at=datetime.fromisoformat("2019-05-02T10:00:00+00:00"))
    theirs = say(channel, THANKS)
    run.last_batch = Entry.objects.order_by("-batch").values_list("batch", flat=True)[0]
    run.save()
    return run, ours, theirs


@pytest.mark.parametrize(("keep", "decided", "waiting"), [("own", 1, 1), ("all", 2, 0), ("later", 0, 2)])
def test_an_import_decides_as_was_chosen(keep: str, decided: int, waiting: int) -> None:
    run, ours, theirs = imported(keep)
    assert decide_import(run.pk, at=NOW) == decided
    assert decide_import(run.pk, at=NOW) == 0
    assert (KeepDecision.objects.count(), Undecided.objects.count()) == (decided, waiting)
    assert Entry.objects.filter(kind="keep.imported").count() == (1 if decided else 0)
    if keep != "later":
        found = standing([ours.pk, theirs.pk])
        assert (found[ours.pk].rule_version, found[ours.pk].basis) == ("2018-1", "arkivforskriften § 14")
        assert (theirs.pk in found) == (keep == "all")


def test_what_another_import_let_wait_is_decided_once() -> None:
    run, ours, _theirs = imported("own")
    worklist.enqueue_missing()
    decide_import(run.pk, at=NOW)
    assert ours.pk not in set(Undecided.objects.values_list("record_id", flat=True))
    assert KeepDecision.objects.filter(record_id=ours.pk).count() == 1


def test_what_waits_too_long_is_one_task() -> None:
    one = say(make_channel(), THANKS)
    worklist.enqueue([one.pk], at=NOW)
    assert not warn(at=NOW + timedelta(days=6))
    assert warn(at=NOW + timedelta(days=8))
    assert warn(at=NOW + timedelta(days=9))
    assert Task.objects.filter(kind="undecided").count() == 1
    deciding.confirm([one.pk], by=BY, at=NOW)
    assert not warn(at=NOW + timedelta(days=9))
    assert Task.objects.get(kind="undecided").done_at is not None


def test_storage_outside_norway_is_warned_of() -> None:
    assert abroad(choice()) == []
    choose(
        purge_days=30, warn_days=3, place="Skyen AS, Frankfurt", country="de", backup_place="Hamar",
        backup_country="NO", responsible="Arkivleder", by=BY, at=NOW,
    )  # fmt: skip
    assert abroad(choice()) == ["DE"]
    assert any("DE" in one for one in warnings())
    assert any("Frankfurt" in value for _, value in storage())
    with pytest.raises(ArchiveError):
        choose(
            purge_days=3, warn_days=3, place="", country="NO", backup_place="", backup_country="NO", responsible="",
            by=BY, at=NOW,
        )  # fmt: skip


def test_purged_rows_never_come_back_into_the_worklist() -> None:
    one = left_out(make_channel())
    purge.purge_due(at=LATER, place=place())
    assert worklist.enqueue_missing() == 0
    assert Purged.objects.get().record_id == one.pk
    number_entries()
