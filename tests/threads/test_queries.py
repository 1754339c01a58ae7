"""The list of threads: filters, pages, who sees what, and a fixed number of queries."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from ordskifte.people.models import Role
from ordskifte.people.viewer import NOBODY, Viewer, viewer_of
from ordskifte.plan.models import Channel
from ordskifte.threads import queries
from ordskifte.threads.filters import Filters, filters_of
from ordskifte.threads.queries import Cursor, cursor_of, place_of, thread_list, visible_utterance, visible_version
from tests.factories import NOW, delete, edit, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db


def viewer(*roles: str) -> Viewer:
    return viewer_of(make_person(*roles))


def titles(who: Viewer, filters: Filters | None = None) -> list[str]:
    return [row.title for row in thread_list(who, filters or Filters()).rows]


def test_the_newest_activity_comes_first() -> None:
    channel = make_channel()
    old = say(channel, "gammel", at=NOW - timedelta(days=9))
    say(channel, "ny", at=NOW - timedelta(days=3))
    assert titles(NOBODY) == ["ny", "gammel"]
    say(channel, "svar", parent=old, at=NOW)
    assert titles(NOBODY) == ["gammel", "ny"]


def test_each_filter_keeps_what_it_says() -> None:
    one, other = make_channel(), make_channel()
    ours = say(one, "vi", ours=True, by="Kommunen", at=NOW)
    say(one, "svar", parent=ours, at=NOW + timedelta(minutes=1))
    say(other, "alene", at=NOW - timedelta(days=1), language="nn")
    say(
        other,
        "bilde",
        at=NOW - timedelta(days=2),
        attachments=[{"blob": "", "alt": "", "name": "", "url": "", "media_type": ""}],
    )
    edit(say(other, "rettet", at=NOW - timedelta(days=3)), "retta")
    delete(say(other, "slettet", at=NOW - timedelta(days=4)))
    say(other, "bare vi", ours=True, by="Kommunen", at=NOW - timedelta(days=5))
    found = {
        name: titles(NOBODY, filters)
        for name, filters in {
            "channel": Filters(channels=(one.id,)),
            "two channels": Filters(channels=(one.id, other.id), deleted=True),
            "since": Filters(since=date(2026, 3, 11)),
            "until": Filters(until=date(2026, 3, 8)),
            "day": Filters(since=date(2026, 3, 10), until=date(2026, 3, 10)),
            "ours": Filters(who="ours"),
            "theirs": Filters(who="theirs"),
            "alone": Filters(who="alone", until=date(2026, 3, 10)),
            "language": Filters(language="nn"),
            "media": Filters(media=True),
            "edited": Filters(edited=True),
            "deleted": Filters(deleted=True),
            "nothing": Filters(channels=(uuid4(),)),
        }.items()
    }
    assert found == {
        "channel": ["vi"],
        "two channels": ["slettet"],
        "since": ["vi", "alene"],
        "until": ["slettet", "bare vi"],
        "day": ["bilde"],
        "ours": ["vi", "bare vi"],
        "theirs": ["vi", "alene", "bilde", "rettet", "slettet"],
        "alone": ["bilde", "rettet", "slettet"],
        "language": ["alene"],
        "media": ["bilde"],
        "edited": ["rettet"],
        "deleted": ["slettet"],
        "nothing": [],
    }


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_pages_go_on_and_back_without_losing_or_repeating(chosen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "ROWS", 3)
    channels = [make_channel(), make_channel()]
    for n in range(8):  # pairs at the same moment: the id settles their order
        say(channels[n % 2], f"nr {n}", at=NOW - timedelta(days=n // 2))
    filters = Filters(channels=tuple(channel.id for channel in channels[:chosen]))
    seen, page = [], thread_list(NOBODY, filters)
    pages = [page]
    while page.older:
        page = thread_list(NOBODY, filters, after=page.older)
        pages.append(page)
    seen = [row.id for page in pages for row in page.rows]
    assert len(seen) == len(set(seen)) == (4 if chosen == 1 else 8)
    back = [pages[-1]]
    while back[-1].newer:
        back.append(thread_list(NOBODY, filters, before=back[-1].newer))
    assert [page.rows for page in back] == [page.rows for page in reversed(pages)]


@pytest.mark.parametrize(
    "text", ["", "x", "1_x", f"x_{uuid4().hex}", f"{10**30}_{uuid4().hex}", f"-{10**30}_{uuid4().hex}"]
)
def test_a_place_that_is_none_is_none(text: str) -> None:
    assert cursor_of(text) is None


def test_a_place_survives_its_address() -> None:
    place = Cursor(NOW + timedelta(microseconds=1), uuid4())
    assert cursor_of(str(place)) == place


@pytest.mark.parametrize(
    ("filters", "queries"), [(Filters(), 2), (Filters(who="ours"), 2), (Filters(language="nb"), 3)]
)
def test_the_number_of_queries_is_fixed(filters: Filters, queries: int) -> None:
    channel = make_channel()
    counts = []
    for rows in (1, 3):
        while len(titles(NOBODY)) < rows:
            say(channel, "hei", ours=True)
        with CaptureQueriesContext(
            connection,
        ) as found:
            page = thread_list(NOBODY, filters)
            assert [row.channel.name for row in page.rows] == [channel.name] * rows
        counts.append(len(found))
    assert counts == [queries, queries]


def all_that_is_said() -> dict[str, Channel]:
    unit = make_unit(sensitive=True)
    open_, closed = make_channel("åpen"), make_channel("følsom", unit=unit)
    say(open_, "åpent")
    say(open_, "privat", private=True, kind="message")
    say(closed, "følsomt")
    return {"open": open_, "closed": closed}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("nobody", {"åpent"}),
        ("editor", {"åpent"}),
        ("administrator", {"åpent"}),
        ("archivist", {"åpent", "privat", "følsomt"}),
        ("of the channel", {"åpent", "privat"}),
        ("of the unit", {"åpent", "følsomt"}),
        ("gone", {"åpent"}),
    ],
)
def test_private_and_sensitive_threads_are_for_their_own(who: str, sees: set[str]) -> None:
    channels = all_that_is_said()
    gone = make_person(Role.ARCHIVIST)
    gone.is_active = False
    someone = {
        "nobody": NOBODY,
        "editor": viewer(Role.EDITOR),
        "administrator": viewer(Role.ADMINISTRATOR),
        "archivist": viewer(Role.ARCHIVIST),
        "of the channel": viewer_of(make_person(Role.EDITOR, channel=channels["open"])),
        "of the unit": viewer_of(make_person(Role.CASEWORKER, unit=channels["closed"].unit)),
        "gone": viewer_of(gone),
    }[who]
    assert set(titles(someone)) == sees
    chosen = Filters(channels=tuple(channel.id for channel in channels.values()))
    assert set(titles(someone, chosen)) == sees


def test_an_id_leads_only_to_what_the_viewer_may_see() -> None:
    channel = make_channel()
    secret = say(channel, "privat", private=True, kind="message")
    open_ = say(channel, "åpent")
    archivist = viewer(Role.ARCHIVIST)
    for found in (secret.id, secret.current_id, secret.thread_id):
        assert place_of(NOBODY, found) is None
        assert place_of(archivist, found) is not None
    assert visible_version(NOBODY, secret.current_id) is None
    assert visible_utterance(NOBODY, secret.id) is None
    assert place_of(NOBODY, uuid4()) is None
    place = place_of(NOBODY, open_.current_id)
    assert place is not None
    assert (place.thread, place.utterance, place.version) == (open_.thread_id, open_.id, open_.current_id)


def test_filters_survive_their_address_and_ignore_nonsense() -> None:
    channel = uuid4()
    query = f"channel={channel}&channel=x&since=2026-01-01&until=2026-13-01&who=ours&language=nn&media=1&edited=2"
    filters = filters_of(QueryDict(query))
    assert filters == Filters(channels=(channel,), since=date(2026, 1, 1), who="ours", language="nn", media=True)
    assert filters_of(QueryDict(filters.query())) == filters
    assert filters_of(QueryDict("since=9999-12-31&until=0001-01-01&who=x&language=tlh")) == Filters()
    assert not Filters().any
    assert filters.without("who").who == ""
