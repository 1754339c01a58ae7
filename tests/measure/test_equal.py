"""Equal treatment: stance while the report is made, kept with nobody in it, shown only from 20 up."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from ordskifte.converse.arrived import on_arrived
from ordskifte.converse.models import Answered, Conversation
from ordskifte.measure.equal import Group, Said, group, groups_of, make_report, stance_of
from ordskifte.measure.errors import MeasureError
from ordskifte.measure.models import EqualTreatment
from ordskifte.people.models import Person, Role
from tests.converse.moderation.factories import CRITICISM, HARASSMENT, make_ground, open_weekdays, take
from tests.factories import NOW, make_channel, make_person, say

DAY = date(2026, 3, 12)


def said(stance: Any, count: int, **more: Any) -> list[Said]:
    given = {"minutes": 30, "hidden": False, "removed": False, "reversed": False} | more
    return [Said(stance, **given) for _ in range(count)]


def test_a_small_group_holds_nothing_but_its_name() -> None:
    against, neither, praise = group(said("against", 20, hidden=True) + said("for", 19))
    assert against == Group("against", 20, 20, 30, 20, 0, 0)
    assert (neither.as_json(), praise.as_json()) == ({"stance": "neither"}, {"stance": "for"})


def test_a_median_needs_twenty_answers() -> None:
    found = group(said("against", 19) + said("against", 5, minutes=None))[0]
    assert (found.count, found.answered, found.median_minutes) == (24, 19, None)
    assert found.answered_share.percent == 79


@pytest.mark.parametrize(
    ("kind", "stance"),
    [
        ("criticism", "against"),
        ("complaint", "against"),
        ("praise", "for"),
        ("question", "neither"),
        ("other", "neither"),
        ("threat", None),
        ("harassment", None),
        ("spam", None),
    ],
)
def test_a_kind_tells_a_stance(kind: str, stance: str | None) -> None:
    assert stance_of(kind) == stance


@pytest.fixture
def owner() -> Person:
    return make_person(Role.OWNER)


@pytest.mark.django_db
def test_a_report_is_made_from_what_happened_and_names_nobody(owner: Person) -> None:
    open_weekdays()
    channel, practice = make_channel(kind="arena"), make_channel(kind="arena", practice=True)
    rows = [say(channel, f"{CRITICISM} {n}", by=f"Borger {n}") for n in range(20)]
    rows += [say(channel, f"Takk for flott brøyting {n}", by=f"Venn {n}") for n in range(3)]
    rows += [say(practice, f"{CRITICISM} {n}") for n in range(30)]
    on_arrived([one.current_id for one in rows], at=NOW)
    for number, one in enumerate(rows[:20]):
        conversation = Conversation.objects.get(thread_id=one.thread_id)
        Answered.objects.create(
            conversation=conversation,
            channel=channel,
            utterance_id=one.id,
            holding=False,
            clock_from=NOW,
            at=NOW + timedelta(minutes=10 + number),
        )
    take(say(channel, HARASSMENT), make_ground(), owner)
    report = make_report(DAY, DAY, by=owner, actor="x", at=NOW)
    against, _neither, praise = groups_of(report)
    assert against == Group("against", 20, 20, 20, 0, 0, 0)
    assert praise.count is None
    kept = str(EqualTreatment.objects.values().get())
    assert all(str(one.id) not in kept and str(one.author_id) not in kept for one in rows)
    assert "Borger" not in kept


@pytest.mark.django_db
@pytest.mark.parametrize(("since", "until"), [(DAY, DAY - timedelta(days=1)), (DAY, DAY + timedelta(days=1))])
def test_a_period_is_one_that_has_been(owner: Person, since: date, until: date) -> None:
    with pytest.raises(MeasureError):
        make_report(since, until, by=owner, actor="x", at=NOW)


@pytest.mark.django_db
def test_who_may_look_and_who_may_have_it_made(owner: Person) -> None:
    open_weekdays()
    sent = {"since": "2026-01-01", "until": "2026-03-01"}
    for role, looks, makes in ((Role.OWNER, 200, 302), (Role.AUDITOR, 200, 403), (Role.EDITOR, 403, 403)):
        client = Client()
        client.force_login(make_person(role))
        assert client.get("/desk/measure/").status_code == looks
        assert client.post("/desk/measure/", sent).status_code == makes
    assert Client().get("/desk/measure/").status_code == 302
    client = Client()
    client.force_login(owner)
    for wrong in (
        {"since": "x"},
        {"since": "2026-13-40", "until": "2026-03-01"},
        {"since": "2026-03-02"} | {"until": ""},
    ):
        assert client.post("/desk/measure/", wrong).status_code == 422
    assert EqualTreatment.objects.count() == 1
