"""One thread as it is read: order, levels, versions, pictures, proofs, pages, and a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordskifte.people.models import Role
from ordskifte.people.viewer import NOBODY, viewer_of
from ordskifte.records.entry import record_act
from ordskifte.threads import reading
from ordskifte.threads.models import Utterance
from ordskifte.threads.reading import ThreadView, thread_page
from ordskifte.threads.versions import versions_page
from tests.factories import NOW, delete, edit, keep_media, make_channel, make_person, number_entries, say

pytestmark = pytest.mark.django_db


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def page_of(utterance: Utterance) -> ThreadView:
    found = thread_page(NOBODY, utterance.thread_id)
    assert found is not None
    return found


def test_replies_stand_under_what_they_answer_two_levels_in() -> None:
    channel = make_channel()
    post = say(channel, "innlegg", at=NOW)
    first = say(channel, "første", parent=post, at=NOW + minutes(1))
    say(channel, "andre", parent=post, at=NOW + minutes(2))
    deep = say(channel, "svar på første", parent=first, at=NOW + minutes(3))
    deeper = say(channel, "dypere", parent=deep, at=NOW + minutes(4))
    say(channel, "også dypere", parent=deep, at=NOW + minutes(5))
    shown = [(one.current.text, one.level, one.answers and one.answers.id) for one in page_of(post).spoken]
    assert shown == [
        ("innlegg", 0, None),
        ("første", 1, None),
        ("svar på første", 2, None),
        ("dypere", 2, None),
        ("også dypere", 2, deep.id),
        ("andre", 1, None),
    ]
    assert deeper.thread_id == post.thread_id


def test_two_that_answer_each_other_are_both_shown() -> None:
    channel = make_channel()
    one = say(channel, "en", external_id="a")
    other = say(channel, "to", parent=one)
    Utterance.objects.filter(pk=one.pk).update(parent_id=other.pk)
    assert {spoken.current.text for spoken in page_of(one).spoken} == {"en", "to"}


def test_versions_are_newest_first_and_know_their_place() -> None:
    channel = make_channel()
    said = say(channel, "én")
    edit(said, "to", after=minutes(1))
    edit(said, "tre", after=minutes(2))
    (spoken,) = page_of(said).spoken
    assert [(version.text, version.place) for version in spoken.versions] == [("tre", 3), ("to", 2), ("én", 1)]
    assert [version.text for version in spoken.earlier] == ["to", "én"]


def test_what_stood_before_a_deletion_is_kept_apart() -> None:
    channel = make_channel()
    said = say(channel, "angret")
    delete(said)
    (spoken,) = page_of(said).spoken
    assert spoken.current.row.kind == "deletion"
    assert spoken.standing is not None
    assert (spoken.standing.text, spoken.earlier) == ("angret", ())


def test_only_the_newest_versions_are_shown_and_the_rest_have_their_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SHOWN_VERSIONS", 2)
    channel = make_channel()
    said = say(channel, "utgave 1")
    for n in range(2, 13):
        edit(said, f"utgave {n}", after=minutes(n))
    (spoken,) = page_of(said).spoken
    assert [version.place for version in spoken.versions] == [12, 11]
    said.refresh_from_db()
    page = versions_page(said)
    assert [(new.place, old and old.place) for new, old in page.pairs] == [(n, n - 1) for n in range(12, 2, -1)]
    assert page.older == 10
    last = versions_page(said, after=10)
    assert [(new.place, old and old.place) for new, old in last.pairs] == [(2, 1), (1, None)]
    assert (last.older, last.newer) == (None, True)


def test_long_texts_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SHOWN_TEXT", 5)
    said = say(make_channel(), "123456")
    (spoken,) = page_of(said).spoken
    assert (spoken.current.text, spoken.current.cut) == ("12345", True)


def test_pictures_are_shown_by_what_their_bytes_are() -> None:
    picture, film = keep_media(b"\x89PNG\r\n\x1a\n...", "image/png"), keep_media(b"....ftypmp42", "video/mp4")
    row = {"alt": "Løypa", "name": "a.png", "url": "", "media_type": "image/jpeg"}
    said = say(make_channel(), "se", attachments=[row | {"blob": picture}, row | {"blob": film}, row | {"blob": ""}])
    (spoken,) = page_of(said).spoken
    found = [(one.digest, one.media_type, one.inline, one.alt) for one in spoken.current.attachments]
    assert found == [
        (picture, "image/png", True, "Løypa"),
        (film, "video/mp4", False, "Løypa"),
        ("", "image/jpeg", False, "Løypa"),
    ]


def test_entries_give_numbers_and_acts_but_an_arrival_is_no_act() -> None:
    channel = make_channel()
    said = say(channel, "hei")
    assert page_of(said).spoken[0].current.number is None
    edit(said, "hei!")
    record_act("evidence.opened", actor="system:test", at=NOW, record=said.current_id)
    number_entries()
    view = page_of(said)
    numbers = [version.number for version in view.spoken[0].versions]
    assert None not in numbers
    assert len(set(numbers)) == 2
    assert [act.kind for act in view.acts] == ["evidence.opened", "version"]


def long_thread(monkeypatch: pytest.MonkeyPatch) -> list[Utterance]:
    monkeypatch.setattr(reading, "SHOWN", 3)
    channel = make_channel()
    post = say(channel, "0", at=NOW)
    return [post, *(say(channel, str(n), parent=post, at=NOW + minutes((n + 1) // 2)) for n in range(1, 8))]


def test_a_long_thread_is_paged_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    post, *_ = long_thread(monkeypatch)
    pages = [page_of(post)]
    while pages[-1].after:
        view = thread_page(NOBODY, post.thread_id, step="after", at=pages[-1].after)
        assert view is not None
        pages.append(view)
    texts = [[one.current.text for one in page.spoken] for page in pages]
    assert sorted(text for page in texts for text in page) == [str(n) for n in range(8)]
    assert [page.before is None for page in pages] == [True, False, False]
    end = thread_page(NOBODY, post.thread_id, step="end")
    back = thread_page(NOBODY, post.thread_id, step="before", at=pages[2].before)
    assert end is not None
    assert back is not None
    assert len(end.spoken) == 3
    assert end.after is None
    assert {one.row.id for one in back.spoken} == {one.row.id for one in pages[1].spoken}


def test_a_page_may_begin_at_an_utterance_and_names_a_parent_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    post, *replies = long_thread(monkeypatch)
    view = thread_page(NOBODY, post.thread_id, step="from", at=replies[3].id)
    assert view is not None
    assert replies[3].id in {one.row.id for one in view.spoken}
    assert {(one.level, one.answers and one.answers.id) for one in view.spoken} == {(1, post.id)}
    assert view.before is not None


def test_private_words_in_an_open_thread_are_left_out() -> None:
    channel = make_channel()
    post = say(channel, "åpent")
    say(channel, "privat", private=True, parent=post)
    archivist = viewer_of(make_person(Role.ARCHIVIST))
    assert thread_page(NOBODY, post.thread_id) is None  # the thread holds a private message
    view = thread_page(archivist, post.thread_id)
    assert view is not None
    assert len(view.spoken) == 2


def test_the_number_of_queries_is_fixed() -> None:
    channel = make_channel()
    counts = []
    for rows in (1, 3):
        post = say(channel, "innlegg", attachments=[{"blob": keep_media(b"GIF89a", "image/gif"), "alt": ""}])
        for _ in range(rows - 1):
            edit(say(channel, "svar", parent=post), "nytt svar")
        with CaptureQueriesContext(connection) as found:
            assert len(page_of(post).spoken) == rows
        counts.append(len(found))
    assert counts == [6, 6]
