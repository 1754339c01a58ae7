"""Public figures: all that was done, by ground; practice never; no share below 20."""

from datetime import date, timedelta

import pytest
from django.test import Client

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.complaint import complain
from ordskifte.converse.moderation.undoing import put_back
from ordskifte.measure.figures import Figures, GroundFigures, figures
from ordskifte.measure.small import Share
from ordskifte.people.models import Role
from ordskifte.plan.models import Ground
from tests.converse.moderation.factories import CRITICISM, HARASSMENT, make_ground, open_weekdays, take
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


def test_they_count_what_was_carried_out_and_what_became_of_it() -> None:
    open_weekdays()
    moderator, ground, channel = make_person(Role.MODERATOR), make_ground(), make_channel(kind="arena")
    practice = make_channel(kind="arena", practice=True)
    first = take(say(channel, HARASSMENT), ground, moderator)
    second = take(say(channel, HARASSMENT), ground, moderator, kind="remove", why_not_less="Skjult ses den.")
    take(say(channel, HARASSMENT), ground, moderator, kind="block", days=3, why_not_less="Kommer igjen.")
    take(say(practice, HARASSMENT), ground, moderator)
    take(say(channel, CRITICISM), ground, moderator, despite="Et bilde.")  # only proposed
    for text in ("Nei", "Nei igjen"):
        complaint = complain(second.code, text, at=NOW)
        complaint.answered_at = NOW
        complaint.save()
    put_back(first.id, by=moderator, actor="x", at=NOW)
    newer = Ground.objects.create(
        code="harassment", names={"nb": "Ny", "nn": "Ny", "en": "New"}, examples={}, published_at=NOW, withdrawn_at=NOW
    )
    Measure.objects.filter(kind="block").update(ground=newer)
    found = figures(SINCE, UNTIL)
    (one,) = found.grounds
    assert (one.code, one.names["en"]) == ("harassment", "New")
    assert (one.hidden, one.removed, one.blocked, one.automated) == (1, 1, 1, 0)
    assert (found.measures, found.complained.part, found.reversed.part) == (3, 1, 1)
    assert found.reversed.percent is None
    assert figures(date(2025, 1, 1), date(2025, 12, 31)).grounds == ()


def test_a_period_is_whole_local_days() -> None:
    moderator, ground = make_person(Role.MODERATOR), make_ground()
    take(say(make_channel(kind="arena"), HARASSMENT), ground, moderator)
    Measure.objects.update(done_at=NOW.replace(hour=22, minute=30) - timedelta(days=1))  # 23.30 on the 11th in Oslo
    assert figures(date(2026, 3, 11), date(2026, 3, 11)).measures == 1
    assert figures(date(2026, 3, 12), date(2026, 3, 12)).measures == 0


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, None), (19, 19, None), (0, 20, 0), (7, 20, 35)])
def test_no_share_below_twenty(part: int, whole: int, percent: int | None) -> None:
    assert Share(part, whole).percent == percent


def test_open_figures_hold_counts_and_shares_from_twenty_up() -> None:
    ground = GroundFigures("spam", {"nb": "Søppel"}, 20, 3, 1, 0, 6, 3)
    assert Figures(SINCE, UNTIL, (ground,)).as_json() == {
        "since": "2026-01-01",
        "until": "2026-12-31",
        "measures": 24,
        "hidden": 20,
        "removed": 3,
        "blocked": 1,
        "automated": 0,
        "complained": 6,
        "reversed": 3,
        "complained_percent": 25,
        "reversed_percent": 12,
        "grounds": [
            {
                "code": "spam",
                "names": {"nb": "Søppel"},
                "measures": 24,
                "hidden": 20,
                "removed": 3,
                "blocked": 1,
                "automated": 0,
                "complained": 6,
                "reversed": 3,
            }
        ],
    }


@pytest.mark.parametrize("address", ["/moderering/", "/moderering/figures.json"])
def test_anyone_may_read_them_without_a_cookie(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.cookies) == (200, {})
