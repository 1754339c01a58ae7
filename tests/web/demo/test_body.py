"""Filling a home with Eksempel kommune."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Sum

from ordskifte.base.errors import HomeError
from ordskifte.base.home import Home
from ordskifte.base.keys import Keys
from ordskifte.base.store import FolderStore
from ordskifte.language.personal_data import MASK
from ordskifte.listen.imports import import_paths
from ordskifte.listen.models import Import, ImportFile
from ordskifte.people.models import Body, Grant, Person, Unit
from ordskifte.people.viewer import viewer_of
from ordskifte.plan.models import Channel
from ordskifte.records.models import Entry, Pending
from ordskifte.threads.filters import Filters
from ordskifte.threads.models import Thread, Utterance, Version
from ordskifte.threads.queries import thread_list
from ordskifte.threads.rules import reach_of
from ordskifte.web.demo import BODY_NAME, SIGN_INS
from ordskifte.web.demo import body as filling
from ordskifte.web.demo.conversations import conversations
from ordskifte.web.demo.exports import CHANNELS
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def fill(store: FolderStore, keys: Keys, tmp_path: Path) -> Callable[[], None]:
    return lambda: filling.fill_body(home=Home(tmp_path), store=store, keys=keys)


def state() -> dict[str, Any]:
    """What a filled home holds: equal when it is filled alike."""
    return {
        "body": list(Body.objects.values_list("name", "demo")),
        "people": list(Person.objects.order_by("email").values_list("email", "is_active")),
        "grants": sorted(Grant.objects.values_list("person__email", "role", "unit__name"), key=str),
        "units": list(Unit.objects.order_by("name").values_list("name", "sensitive")),
        "channels": list(Channel.objects.order_by("name").values_list("name", "kind", "unit__name")),
        "imports": sorted(Import.objects.values_list("names", "state"), key=str),
        "versions": Version.objects.count(),
        "utterances": Utterance.objects.count(),
        "threads": Thread.objects.count(),
        "entries": Entry.objects.filter(kind="version").count(),
    }


def test_the_whole_body_comes_in_and_nothing_is_left_out(fill: Callable[[], None]) -> None:
    fill()
    expected = sum(len(conversations(name)) for name in ("mastodon", "facebook", "wordpress", "x", "barnevern"))
    assert Utterance.objects.count() >= expected
    assert ImportFile.objects.aggregate(found=Sum("problems"))["found"] == 0
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}
    assert list(Body.objects.values_list("name", "demo")) == [(BODY_NAME, True)]
    assert set(Channel.objects.values_list("name", "unit__name")) == {
        ("Mastodon", "Kommunikasjon"),
        ("Nettsiden", "Kommunikasjon"),
        ("Facebook", "Kommunikasjon"),
        ("X", "Kommunikasjon"),
        ("Barneverntjenesten", "Barnevern"),
        ("Øvingskanalen", "Kommunikasjon"),
    }
    assert set(Person.objects.filter(is_active=True).values_list("name", "email")) == {
        (name, email) for name, email, _, _ in SIGN_INS
    }
    assert not Pending.objects.exists()
    assert Thread.objects.filter(edited=True).count() >= 5
    assert Thread.objects.filter(deleted=True).count() >= 4
    assert Thread.objects.filter(has_media=True).count() >= 20


def test_personal_numbers_are_masked_in_what_people_read(fill: Callable[[], None]) -> None:
    fill()
    masked = Version.objects.filter(masked__gt=0).select_related("evidence")
    assert len(masked) >= 5
    assert all(MASK in version.text for version in masked)
    assert all(version.evidence and version.evidence.encrypted for version in masked)


def test_filled_twice_is_filled_once(fill: Callable[[], None]) -> None:
    fill()
    before = state()
    entries = Entry.objects.count()
    fill()
    assert state() == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("stop", [1, 3, 6])
def test_stopped_anywhere_and_called_again_it_ends_the_same(
    fill: Callable[[], None], stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two imports, and in the middle of one that had been asked for and not carried out."""
    whole = import_paths
    calls = 0

    def killed(*args: Any, **kwargs: Any) -> Import:
        nonlocal calls
        calls += 1
        run = whole(*args, **kwargs)
        if calls == stop:
            Import.objects.filter(pk=run.pk).update(state="running", ended_at=None)
            raise KeyboardInterrupt
        return run

    monkeypatch.setattr(filling, "import_paths", killed)
    with pytest.raises(KeyboardInterrupt):
        fill()
    monkeypatch.undo()
    fill()
    assert len(state()["imports"]) == sum(len(channel.files) for channel in CHANNELS)
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}
    expected = sum(len(conversations(name)) for name in ("mastodon", "facebook", "wordpress", "x", "barnevern"))
    assert Utterance.objects.count() >= expected
    assert Version.objects.count() == Entry.objects.filter(kind="version").count()


def test_another_bodys_home_is_refused_and_left_alone(fill: Callable[[], None]) -> None:
    Body.objects.create(name="Ekte kommune", created_at=NOW)
    with pytest.raises(HomeError, match="belongs to Ekte kommune"):
        fill()
    assert (Channel.objects.count(), Person.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_a_demo_home_without_a_name_gets_one(fill: Callable[[], None]) -> None:
    Body.objects.create(name="Uten navn", demo=True, created_at=NOW)
    fill()
    assert Body.objects.get().name == BODY_NAME


def sees(email: str) -> set[str]:
    """The channels whose threads a person of the demo sees, `+` where private messages too."""
    viewer = viewer_of(Person.objects.get(email__startswith=email))
    reach = reach_of(viewer)
    names = dict(Channel.objects.values_list("id", "name"))
    return {f"{names[one]}{'+' if one in reach.full else ''}" for one in reach.open}


def test_restriction_can_be_shown(fill: Callable[[], None]) -> None:
    fill()
    public = {"Mastodon", "Nettsiden", "Facebook", "X", "Øvingskanalen"}
    assert sees("kaare") == sees("aisha") == sees("tarjei") == public
    assert sees("ingrid") == {f"{name}+" for name in public}
    assert sees("randi") == public | {"Barneverntjenesten+"}
    assert sees("marit") == {f"{name}+" for name in public | {"Barneverntjenesten"}}
    auditor = viewer_of(Person.objects.get(email__startswith="kaare"))
    listed = thread_list(auditor, Filters()).rows
    assert listed
    assert not any(thread.private or thread.channel.name == "Barneverntjenesten" for thread in listed)


def test_the_home_of_the_tests_is_not_touched(fill: Callable[[], None]) -> None:
    fill()
    assert not (settings.HOME.path / "evidence").exists()
